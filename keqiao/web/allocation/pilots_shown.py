"""Pilots on their page: what each brings with it, and what becomes of it either way."""

from collections.abc import Sequence
from dataclasses import dataclass

from keqiao.core.allocation import Pilot
from keqiao.core.findings import Finding, Weight
from keqiao.core.rules.bundles import Fate, resolve_bundle
from keqiao.web.allocation.frozen import Frozen
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.naming import Names
from keqiao.web.allocation.shown import Row, shown_row
from keqiao.web.ui.templatetags.shell import say

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class ChildShown:
    """One application that was filed with a pilot: its category, what becomes of it if the pilot wins or loses."""

    row: Row
    node: str
    if_won: str
    if_lost: str


@dataclass(frozen=True, slots=True)
class PilotShown:
    """A pilot with its children. ``said``: what the office decided (yes, no), empty: it goes by its rank."""

    row: Row
    said: str
    children: tuple[ChildShown, ...]


def pilots_of(
    decision: Decision, rows: Sequence[Selection], frozen: Frozen | None, names: Names
) -> list[PilotShown]:
    """Return the pilots of a decision, in the order of their list."""
    by_id = {str(row.application_id): row for row in rows}
    found = []
    for pilot in frozen.case.pilots if frozen else ():
        if (row := by_id.get(pilot.candidate)) is None:
            continue
        said = decision.pilots.get(pilot.candidate)
        shown = shown_row(row, frozen, names)
        found.append(PilotShown(shown, _said(said), tuple(_children(pilot, by_id, frozen, names))))
    return sorted(found, key=lambda each: (each.row.place is None, each.row.place or 0))


def _children(
    pilot: Pilot, by_id: dict[str, Selection], frozen: Frozen | None, names: Names
) -> list[ChildShown]:
    won, lost = (
        resolve_bundle(pilot.bundle, pilot.holding, pilot.filed, selected=s).fates for s in (True, False)
    )
    return [
        ChildShown(
            shown_row(by_id[project], frozen, names),
            names.nodes.get(by_id[project].application.node, ""),  # type: ignore[attr-defined]
            _fate(won[project]),
            _fate(lost[project]),
        )
        for project in won
        if project in by_id
    ]


def _fate(fate: Fate) -> str:
    return say(Finding(f"word.fate_{fate.value}", Weight.ASK))


def _said(known: bool | None) -> str:  # noqa: FBT001
    return "" if known is None else YES if known else NO
