"""One node of a call as the public page shows it: its statements, targets, rules, and what is left open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.core.programme import Programme, walk
from keqiao.core.programme.selection import Criterion
from keqiao.core.programme.targets import Target
from keqiao.core.programme.terms import OpenQuestion, Terms
from keqiao.core.programme.types import Category
from keqiao.readers.messages import Language
from keqiao.web.programmes.facts import Row, filing_text, outcome_text
from keqiao.web.programmes.overview import NodeShown, nodes_shown
from keqiao.web.programmes.wording import rule_kind, rule_sentence, target_condition

Words = Mapping[str, Any]


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


@dataclass(frozen=True, slots=True)
class NodeOfPage:
    """The whole call or one category with everything that the public page says about it."""

    shown: NodeShown
    content: str
    is_leaf: bool
    rows: list[Row]
    rules: list[RuleShown]
    targets: list[TargetShown]
    criteria: tuple[Criterion, ...]
    criteria_invented: bool
    questions: tuple[OpenQuestion, ...] = field(default=())

    @property
    def says_anything(self) -> bool:
        """Is there something to show beside the name?"""
        return bool(
            self.content or self.rows or self.rules or self.targets or self.criteria or self.questions
        )


def nodes_of_page(programme: Programme, words: Words) -> list[NodeOfPage]:
    """Return the whole call first, then its categories in order."""
    nodes: list[Terms] = [programme, *(category for _path, category in walk(programme))]
    return [
        _node(shown, node, words) for shown, node in zip(nodes_shown(programme, words), nodes, strict=True)
    ]


def tracks_of_page(programme: Programme, words: Words) -> list[tuple[str, list[RuleShown]]]:
    """Return the parts that are filed on their own, with the rules that hold for all of each."""
    return [(track.name, _rules(track, words)) for track in programme.tracks if track.rules]


def language_now() -> Language:
    """Return the language in which the page is shown."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def _node(shown: NodeShown, node: Terms, words: Words) -> NodeOfPage:
    category = node if isinstance(node, Category) else None
    return NodeOfPage(
        shown=shown,
        content=(category.content or "") if category else "",
        is_leaf=category is not None and not category.categories,
        rows=[*shown.rows, *_more_rows(node)],
        rules=_rules(node, words),
        targets=_targets(node, words),
        criteria=node.scorecard.criteria if node.scorecard else (),
        criteria_invented=bool(node.scorecard and node.scorecard.invented),
        questions=node.open_questions,
    )


def _rules(node: Terms, words: Words) -> list[RuleShown]:
    language = language_now()
    return [
        RuleShown(
            kind=rule_kind(rule, language),
            words=rule.summary,
            taken=rule_sentence(rule, language),
            reading=rule.reading or "",
            clause=_clause(rule, words),
            quote=str(words.get(rule.id, {}).get("words", "")),
            invented=rule.invented,
            is_soft=bool(rule.hedge),
        )
        for rule in node.rules
    ]


def _targets(node: Terms, words: Words) -> list[TargetShown]:
    groups = list(dict.fromkeys(t.alternative_group for t in node.targets if t.alternative_group))
    return [
        TargetShown(
            metric=target.metric,
            condition=target_condition(target),
            per=target.per or "",
            notes=list(_notes(target)),
            clause=_clause(target, words),
            quote=str(words.get(target.id, {}).get("words", "")),
            invented=target.invented,
            choice=groups.index(target.alternative_group) + 1 if target.alternative_group else 0,
            is_part=target.part_of is not None,
        )
        for target in node.targets
    ]


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


def _clause(fact: Any, words: Words) -> str:
    if fact.source is not None:
        return fact.source.clause or ""
    return str(words.get(fact.id, {}).get("where", ""))


def _more_rows(node: Terms) -> Iterator[Row]:
    if node.filing is not None:
        clause = node.filing.source.clause if node.filing.source else ""
        yield Row(_("报送方式"), filing_text(node.filing), clause=clause, invented=node.filing.invented)
    if node.outcome is not None:
        yield Row(_("入选后获得"), outcome_text(node.outcome), invented=node.outcome.invented)
