"""Rules and targets of a call as its public pages show them: in words, with clause and quotation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.core.programme.papers import Regulation
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.targets import Target
from keqiao.web.programmes.wording.labels import language_now
from keqiao.web.programmes.wording.rules import rule_kind, rule_sentence, target_condition
from keqiao.web.regulations.queries import place_of

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RegulationNamed:
    """The regulation that a rule asks for, as the call took it over; ``address`` of its page in the library of the
    association, "" where it does not come from there.
    """

    said: Regulation
    address: str


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule in words: what it is about, our short wording, and how Keqiao takes it."""

    kind: str
    words: str
    taken: str
    reading: str
    clause: str
    quote: str
    invented: bool
    is_soft: bool
    regulation: RegulationNamed | None = None


@dataclass(frozen=True, slots=True)
class TargetShown:
    """A target as a line of the table. ``choice`` numbers alternatives; ``is_part``: 其中."""

    metric: str
    condition: str
    per: str
    notes: list[str]
    clause: str
    quote: str
    invented: bool
    choice: int = 0
    is_part: bool = False


def rules_shown(
    rules: Iterable[AnyRule], words: Words, regulations: Iterable[Regulation] = ()
) -> list[RuleShown]:
    """Return rules in words; ``words`` are the tied words of the revision, by key, ``regulations`` those of the
    call, which rules may name.
    """
    language = language_now()
    known = {regulation.id: regulation for regulation in regulations}
    return [
        RuleShown(
            kind=rule_kind(rule, language),
            words=rule.summary,
            taken=rule_sentence(rule, language),
            reading=rule.reading or "",
            clause=clause_of(rule, rule.id, words),
            quote=quote_of(rule.id, words),
            invented=rule.invented,
            is_soft=bool(rule.hedge),
            regulation=_named(known.get(getattr(rule, "regulation", None) or "")),
        )
        for rule in rules
    ]


def targets_shown(targets: Sequence[Target], words: Words) -> list[TargetShown]:
    """Return targets as lines; groups of alternatives are numbered in their order."""
    groups = list(dict.fromkeys(t.alternative_group for t in targets if t.alternative_group))
    return [
        TargetShown(
            metric=target.metric,
            condition=target_condition(target),
            per=target.per or "",
            notes=list(_notes(target)),
            clause=clause_of(target, target.id, words),
            quote=quote_of(target.id, words),
            invented=target.invented,
            choice=groups.index(target.alternative_group) + 1 if target.alternative_group else 0,
            is_part=target.part_of is not None,
        )
        for target in targets
    ]


def clause_of(fact: Any, key: str, words: Words) -> str:
    """Return the clause of a statement: its own, or else that of its tied words."""
    if fact.source is not None:
        return fact.source.clause or ""
    return str(words.get(key, {}).get("where", ""))


def quote_of(key: str, words: Words) -> str:
    """Return the words of the notice behind a statement, "" where none are tied."""
    return str(words.get(key, {}).get("words", ""))


def _named(regulation: Regulation | None) -> RegulationNamed | None:
    if regulation is None:
        return None
    place = place_of(regulation.library)
    return RegulationNamed(regulation, reverse("regulations:public", args=place) if place else "")


def _notes(target: Target) -> Iterator[str]:
    if target.scope:
        yield target.scope
    if target.optional:
        yield _("可选")
    if target.soft:
        yield target.hedge or _("原则上")
    if target.by:
        yield _("不晚于 %(day)s") % {"day": target.by.isoformat()}
    if target.reading:
        yield target.reading
