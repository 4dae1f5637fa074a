"""What statements of a definition and their fields say, in words, for lists of differences and summaries.

Words of the document stay as they were written; labels and choices come from ``labels``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel

from keqiao.core.programme import Category, Programme, Track, walk
from keqiao.core.programme.endorsement import EndorsementChain, EndorsementStep
from keqiao.core.programme.funding import (
    CeilingFunding,
    EnvelopeFunding,
    FixedFunding,
    NoFunding,
    Places,
    RangeFunding,
    UnitLimit,
)
from keqiao.core.programme.parties import Applicants, Beneficiary, Office
from keqiao.core.programme.rules.base import Rule
from keqiao.core.programme.schedule import Day, Deadline, Term
from keqiao.core.programme.targets import Measure, Target
from keqiao.readers.search_words import themes
from keqiao.web.programmes.wording.facts import (
    chain_text,
    day_text,
    funding_text,
    limit_text,
    office_text,
    own_rows,
    places_text,
    target_text,
    term_text,
)
from keqiao.web.programmes.wording.labels import choice_label, field_label, language_now
from keqiao.web.programmes.wording.rules import rule_sentence
from keqiao.web.programmes.wording.targets import measure_sentence
from keqiao.web.ui.templatetags.shell import cn_date, money

MARKS = frozenset({"source", "reading", "needs_answer", "invented"})
"""What says nothing about the call itself: where it stands, how it was read, what is still to be settled."""
UNSAID = MARKS | {"id", "place"}
Node = Programme | Track | Category

NAMES = ("summary", "metric", "name", "title", "department", "question", "label", "words", "who", "of")
"""What people recognise a part by, the first that it states."""
REFERENCES = frozenset(
    {
        *("offices", "office", "form", "track", "regulation", "chain", "across", "category", "categories"),
        *("part_of", "relative_to", "rule", "only_in"),
    }
)
"""Fields that name other parts by their ids."""


@dataclass(frozen=True, slots=True)
class Saying:
    """How a kind of statement is said as a whole, and which of its fields that says."""

    text: Callable[[Any], str]
    fields: frozenset[str]


def _kinds(stated: Applicants | Beneficiary) -> str:
    return "、".join(stated.kinds)


def _summary(rule: Rule) -> str:
    return rule.summary


def _step(step: EndorsementStep) -> str:
    return step.words


def _counting(measure: Measure) -> str:
    return measure_sentence(measure, language_now())


_AMOUNTS = frozenset({"kind", "amount_fen", "min_fen", "max_fen", "total_fen", "per"})
SAYINGS: dict[type[BaseModel], Saying] = {
    **dict.fromkeys(
        (FixedFunding, RangeFunding, CeilingFunding, EnvelopeFunding, NoFunding),
        Saying(funding_text, _AMOUNTS),
    ),
    Places: Saying(places_text, frozenset({"count", "min", "max"})),
    UnitLimit: Saying(limit_text, frozenset({"max"})),
    Deadline: Saying(day_text, frozenset({"on", "at"})),
    Day: Saying(day_text, frozenset({"on"})),
    Term: Saying(term_text, frozenset({"months", "words"})),
    Applicants: Saying(_kinds, frozenset({"kinds"})),
    Beneficiary: Saying(_kinds, frozenset({"kinds"})),
    Target: Saying(
        target_text, frozenset({"metric", "comparator", "value", "unit", "per", "optional", "soft"})
    ),
    Measure: Saying(_counting, frozenset(Measure.model_fields)),
    Office: Saying(office_text, frozenset({"department", "name", "phones", "emails", "address"})),
    EndorsementChain: Saying(chain_text, frozenset()),
    EndorsementStep: Saying(_step, frozenset({"words"})),
    Rule: Saying(_summary, frozenset({"summary", "type"})),
}


def saying_of(part: Any) -> Saying | None:
    """Return how a part is said as a whole, if it has words of its own."""
    return next((SAYINGS[each] for each in type(part).__mro__ if each in SAYINGS), None)


class Texts:
    """Says parts and fields of one definition; ids of other parts are said by the names they have there."""

    def __init__(self, programme: Programme) -> None:
        self._names = dict(_names(programme))

    def of(self, part: Any) -> str:
        """Return all that a part says: its words as a whole, then each stated field that those leave out."""
        saying = saying_of(part)
        said = saying.text(part) if saying else ""
        also = "；".join(self._stated(part, saying.fields if saying else frozenset()))
        if isinstance(part, Rule):
            also = rule_sentence(part, language_now())
        return _("%(said)s（%(also)s）") % {"said": said, "also": also} if said and also else said or also

    def field(self, model: type[BaseModel], name: str, value: Any) -> str:
        """Return what a field of ``model`` says; "" where it says nothing."""
        if isinstance(value, tuple):
            return "、".join(self.field(model, name, each) for each in value)
        if isinstance(value, BaseModel):
            return self.of(value)
        if isinstance(value, Mapping):
            return "；".join(f"{key}：{self.field(model, key, each)}" for key, each in value.items())
        if name in REFERENCES and value in self._names:
            return self._names[value]
        return _plain(model, name, value)

    def _stated(self, part: BaseModel, said: frozenset[str]) -> Iterator[str]:
        for name, value in part:
            is_default = value == type(part).model_fields[name].get_default(call_default_factory=True)
            if name not in said and name not in UNSAID and not is_default:
                yield f"{field_label(type(part), name)}：{self.field(type(part), name, value)}"


def name_of(part: Any) -> str:
    """Return what people recognise a part by; its words as a whole where it has no name."""
    named = (getattr(part, name, None) for name in NAMES)
    return next((words for words in named if isinstance(words, str)), "")


def _names(programme: Programme) -> Iterator[tuple[str, str]]:
    """The id and name of every part that others refer to."""
    for part in (*programme.office_list, *programme.forms, *programme.regulations, *programme.tracks):
        yield part.id, name_of(part)
    nodes = (programme, *programme.tracks, *(category for _path, category in walk(programme)))
    for node in nodes:
        if isinstance(node, Category):
            yield node.id, node.name
        for entry in (*node.targets, *node.rules, *node.endorsement):
            yield entry.id, chain_text(entry) if isinstance(entry, EndorsementChain) else name_of(entry)


def _plain(model: type[BaseModel], name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date | time):
        return cn_date(value) if isinstance(value, date) else f"{value:%H:%M}"
    if name.endswith("_fen"):
        return money(value)
    return _coded(model, name, value)


def _coded(model: type[BaseModel], name: str, value: Any) -> str:
    """The label of a code; what is none stands as it is."""
    if name == "themes" and value in themes():
        return themes()[value].label(language_now())
    try:
        return choice_label(model, name, value)
    except (KeyError, StopIteration):  # no field with a fixed list of values
        return str(value)


def node_name(node: Node) -> str:
    """Return how a node is called; the programme is the whole call."""
    return _("整个通知") if isinstance(node, Programme) else node.name


def node_text(node: Node | None) -> str:
    """Return what a category offers, in one line: money, places, days, how many targets, what stands below it."""
    if node is None:
        return ""
    rows = [f"{row.label}：{row.value}" for row in own_rows(node, "", {}, {})]
    if node.targets:
        rows.append(
            ngettext("绩效指标 %(n)s 项", "绩效指标 %(n)s 项", len(node.targets)) % {"n": len(node.targets)}
        )
    if node.rules:
        rows.append(
            ngettext("条件与规则 %(n)s 条", "条件与规则 %(n)s 条", len(node.rules)) % {"n": len(node.rules)}
        )
    below = "、".join(category.name for category in getattr(node, "categories", ()))
    return "；".join([node_name(node), *rows, *([below] if below else [])])
