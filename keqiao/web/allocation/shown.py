"""What pages show of a decision: lists with their line, sums, reasons in sentences; templates decide nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.allocation import Line, Status, Verdict
from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.money import exact_amount
from keqiao.readers.lifecycle_words import case_words
from keqiao.web.allocation.described import decided_words
from keqiao.web.allocation.frozen import Frozen
from keqiao.web.allocation.models import Selection
from keqiao.web.allocation.naming import Names
from keqiao.web.allocation.targets import MOVABLE, target_of
from keqiao.web.review.shown import language

S = SelectionState
STATE_KINDS = {
    S.RANKED: "active",
    S.PROPOSED: "done",
    S.RESERVE: "warn",
    S.NOT_CHOSEN: "",
    S.ABSORBED: "done",
    S.MERGED: "",
    S.APPROVED: "done",
    S.IN_NOTICE: "active",
    S.HELD: "warn",
    S.CONFIRMED: "done",
    S.DROPPED: "refuse",
    S.SUBSTITUTED: "refuse",
    S.WITHDRAWN: "",
}
STATUS_KINDS = {Status.IN: "done", Status.OUT: "", Status.ABSORBED: "done", Status.OPEN: "warn"}


@dataclass(frozen=True, slots=True)
class Row:
    """One application on the page: what it came to, what is proposed and why, what is decided."""

    selection: Selection
    place: int | None
    score: float
    proposed: str
    proposed_kind: str
    why: Finding | None
    decided: str
    state: str
    state_kind: str
    departs: bool
    may_change: bool
    line: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The list of one category. ``highest`` is the longest bar of a score."""

    title: str
    rows: Sequence[Row]
    highest: float


def state_words(state: str) -> str:
    """Return what a state is called, in the language that is spoken now."""
    return case_words("selection", language()).states[state]


def sections_of(rows: Iterable[Selection], frozen: Frozen | None, names: Names) -> list[Section]:
    """Return the lists of a decision, each in its order, with the line where places or money end."""
    by_node: dict[str, list[Selection]] = {}
    for row in rows:
        application: Any = row.application
        by_node.setdefault(application.node, []).append(row)
    lines = {line.ranking: line for line in frozen.proposal.lines} if frozen else {}
    return [_section(node, there, frozen, names, lines.get(node)) for node, there in by_node.items()]


def _section(
    node: str, rows: list[Selection], frozen: Frozen | None, names: Names, line: Line | None
) -> Section:
    shown = [shown_row(row, frozen, names) for row in sorted(rows, key=_place)]
    if line is not None and line.next_in:
        first = next((n for n, each in enumerate(shown) if _key(each) in line.next_in), None)
        if first is not None:
            shown[first] = replace(shown[first], line=line_words(line, names))
    highest = max((each.score for each in shown), default=0.0)
    return Section(names.nodes.get(node, node), shown, highest or 1.0)


def _key(row: Row) -> str:
    return str(row.selection.application_id)


def _place(row: Selection) -> tuple[bool, int, float]:
    return row.rank is None, row.rank or 0, -float(row.shown or 0)


def shown_row(row: Selection, frozen: Frozen | None, names: Names) -> Row:
    """Return one application as pages show it."""
    verdict = frozen.proposal.verdicts.get(str(row.application_id)) if frozen else None
    target = target_of(frozen, row) if frozen else None
    state = SelectionState(row.state)
    return Row(
        selection=row,
        place=row.rank,
        score=float(row.shown or 0),
        proposed=_proposed_words(verdict),
        proposed_kind=STATUS_KINDS[verdict.status] if verdict else "",
        why=why_of(verdict, names) if verdict else None,
        decided=decided_words(row, names) if state in (S.PROPOSED, S.APPROVED, S.CONFIRMED) else "",
        state=state_words(row.state),
        state_kind=STATE_KINDS[state],
        departs=bool(row.reason) and target is not None and row.state in MOVABLE,
        may_change=row.state in MOVABLE,
    )


def _proposed_words(verdict: Verdict | None) -> str:
    if verdict is None:
        return "—"
    words = {
        Status.IN: _("立项"),
        Status.OUT: _("不立项"),
        Status.ABSORBED: _("并入试点"),
        Status.OPEN: _("待定"),
    }
    if verdict.amount_fen:
        return f"{words[verdict.status]} {exact_amount(verdict.amount_fen)}"
    return words[verdict.status]


def why_of(verdict: Verdict, names: Names) -> Finding:
    """Return the reason of a verdict as a sentence with its clause."""
    weight = Weight.ASK if verdict.status is Status.OPEN else Weight.WARN
    return Finding(f"allocation.{verdict.reason}", weight, names.values(verdict.values), verdict.source)


def line_words(line: Line, names: Names) -> str:
    """Say what ends the list: places, a sum, a limit."""
    ends = [_("名额已满（%(node)s）") % {"node": names.nodes.get(node, node)} for node in line.full]
    if line.missing_fen:
        ends.append(_("经费尚缺%(sum)s") % {"sum": exact_amount(line.missing_fen)})
    if line.caps:
        ends.append(_("承担项目数已达上限"))
    return "；".join(ends) or _("入选线")


def sums_of(frozen: Frozen | None, names: Names) -> Iterator[tuple[str, int, int, str]]:
    """Yield each sum that is given out: its name, what is given, all of it, in words."""
    taken = frozen.proposal.taken if frozen else ()
    totals = {node.id: node.total_fen for node in frozen.case.nodes} if frozen else {}
    for each in taken:
        total = totals.get(each.node)
        if total is not None:
            given = each.amount_fen or 0
            words = f"{exact_amount(given)} / {exact_amount(total)}"
            yield names.nodes.get(each.node, each.node), given, total, words


Drawn = tuple[str, int, int, str]
"""A number against its most: its name, how many, of how many, in words."""


def places_of(rows: Iterable[Any], frozen: Frozen | None, names: Names) -> tuple[list[Drawn], list[Drawn]]:
    """Return the places of the categories in which somebody applied, and those of the others."""
    used = {node for row in rows for node in (*row.application.path, row.application.node)}
    applied, idle = [], []
    for each in frozen.proposal.taken if frozen else ():
        if each.places_left is not None:
            most = each.places + each.places_left
            drawn = names.nodes.get(each.node, each.node), each.places, most, f"{each.places} / {most}"
            (applied if each.node in used else idle).append(drawn)
    return applied, idle


def findings_of(frozen: Frozen | None, names: Names) -> list[Finding]:
    """Return what a person has to see, each sentence once, what refuses first."""
    if frozen is None:
        return []
    told = [names.told(each) for each in (*frozen.asked, *frozen.proposal.findings)]
    order = {Weight.REFUSE: 0, Weight.ASK: 1, Weight.WARN: 2}
    unique = {(each.code, repr(sorted(each.values.items(), key=repr))): each for each in told}
    return sorted(unique.values(), key=lambda each: order[each.weight])
