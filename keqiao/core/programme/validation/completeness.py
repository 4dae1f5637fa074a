"""What a call has to say before it can be run: who, money, days, papers, whom to ask."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.inheritance import Effective, effective
from keqiao.core.programme.rules.decide import Publicity
from keqiao.core.programme.rules.limits import DeadlineRule, Period
from keqiao.core.programme.rules.persons import Person
from keqiao.core.programme.rules.who import ApplicantKind, LegalStatus, Recognition
from keqiao.core.programme.terms import Slot
from keqiao.core.programme.types import Category, Programme
from keqiao.core.programme.validation.nodes import Node, nodes


@dataclass(frozen=True, slots=True)
class Needed:
    """A statement that every leaf open to applicants needs; ``weight``: of its lack, for publication."""

    slot: Slot
    code: str
    weight: Weight
    is_stated: Callable[[Effective], bool]


def _has_rule(facts: Effective, kind: type | tuple[type, ...]) -> bool:
    return any(isinstance(stated.fact, kind) for stated in facts.rules)


_ABOUT_WHO = (ApplicantKind, LegalStatus, Recognition, Person)


def _says_who(facts: Effective) -> bool:
    """Kinds of unit, or another condition that tells who may apply (a recognised base, a chief expert)."""
    return facts.applicants is not None or _has_rule(facts, _ABOUT_WHO)


def _says_the_last_day(facts: Effective) -> bool:
    return facts.deadline is not None or _has_rule(facts, DeadlineRule)


_WITHOUT_MONEY = {"topic", "honour", "recognition", "match"}


def _is_without_money(facts: Effective) -> bool:
    return facts.outcome is not None and facts.outcome.fact.kind in _WITHOUT_MONEY


def _says_money(facts: Effective) -> bool:
    return facts.funding is not None or _is_without_money(facts)


def _says_when_done(facts: Effective) -> bool:
    stated = facts.completion is not None or facts.term is not None or _has_rule(facts, Period)
    return stated or _is_without_money(facts)


NEEDED = (
    Needed("applicants", "programme.applicants_missing", Weight.REFUSE, _says_who),
    Needed("deadline", "programme.deadline_missing", Weight.REFUSE, _says_the_last_day),
    Needed("funding", "programme.money_missing", Weight.WARN, _says_money),
    Needed("completion", "programme.completion_missing", Weight.WARN, _says_when_done),
    Needed("filing", "programme.filing_missing", Weight.WARN, lambda facts: facts.filing is not None),
    Needed(
        "publicity", "programme.publicity_missing", Weight.WARN, lambda facts: _has_rule(facts, Publicity)
    ),
    Needed(
        "scorecard", "programme.scorecard_missing", Weight.WARN, lambda facts: facts.scorecard is not None
    ),
)
_NOT_FOR_TOPICS = {"funding", "completion"}


def missing_statements(programme: Programme, *, for_publication: bool) -> Iterator[Finding]:
    """What is not stated, named once at the highest node below which nothing states it.

    While the definition is worked on, each lack is a question; one that the definition itself lists as open
    is not asked again. For publication the lacks weigh as the table says.
    """
    yield from _of_the_programme(programme, for_publication=for_publication)
    every = list(nodes(programme))
    open_leaves = {node.path: effective(programme, node.path) for node in every if _is_leaf(node)}
    open_leaves = {path: facts for path, facts in open_leaves.items() if facts.open_to_applicants}
    for needed in NEEDED:
        if programme.kind == "solicitation" and needed.slot in _NOT_FOR_TOPICS:
            continue
        lacking = {
            path
            for path, facts in open_leaves.items()
            if not needed.is_stated(facts) and (for_publication or not _is_listed(facts, needed.slot))
        }
        weight = needed.weight if for_publication else Weight.ASK
        for node in _highest(every, lacking, set(open_leaves)):
            yield node.finding(needed.code, weight)


def _is_leaf(node: Node) -> bool:
    return isinstance(node.terms, Category) and not node.terms.categories


def _is_listed(facts: Effective, slot: Slot) -> bool:
    return any(question.fact.about == slot for question in facts.open_questions)


def _highest(
    every: list[Node], lacking: set[tuple[str, ...]], leaves: set[tuple[str, ...]]
) -> Iterator[Node]:
    """The nodes all of whose open leaves lack the statement, without those below another such node."""
    named: list[tuple[str, ...]] = []
    for node in every:
        if node.at[:1] == ("tracks",) or any(node.path[: len(above)] == above for above in named):
            continue
        below = {leaf for leaf in leaves if leaf[: len(node.path)] == node.path}
        if below and below <= lacking:
            named.append(node.path)
            yield node


def _of_the_programme(programme: Programme, *, for_publication: bool) -> Iterator[Finding]:
    top = next(nodes(programme))
    if not programme.categories:
        yield top.finding("programme.no_categories", Weight.REFUSE if for_publication else Weight.ASK)
    if for_publication and programme.kind not in {"call", "solicitation"}:
        yield top.finding("programme.not_a_call", Weight.REFUSE, ("kind",), kind=f"word.{programme.kind}")
    weight = Weight.WARN if for_publication else Weight.ASK
    for name in ("year", "region", "issuers"):
        if not getattr(programme, name):
            yield top.finding(f"programme.{name}_missing", weight)
    if not programme.office_list:
        yield top.finding("programme.contacts_missing", weight)
    for number, office in enumerate(programme.office_list):
        if not office.phones and not office.emails:
            name = office.department or office.name or office.id
            yield top.finding("programme.office_unreachable", weight, ("office_list", number), office=name)
