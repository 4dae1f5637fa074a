"""What an officer finds out that the facts left open: bars, preferences, votes, ranks that people stated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.web.allocation.actions.beginning import ask_core
from keqiao.web.allocation.actions.moving import refusal, tidy_reason
from keqiao.web.allocation.actions.writing import changed, taken_in_hand
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.permissions import OFFICER, Viewer
from keqiao.web.audit.log import By


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out about one application. ``bars`` by kind: does it hold? ``met`` by number of the preference.

    None: nobody knows. ``votes`` it was given among equals, ``scope`` the parts that it applies for.
    """

    bars: Mapping[str, bool | None] = field(default_factory=dict)
    met: Mapping[str, bool | None] = field(default_factory=dict)
    votes: int | None = None
    scope: Mapping[str, int] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Return what is known, as it lies in ``Selection.known``."""
        said: dict[str, Any] = {
            "bars": {name: holds for name, holds in self.bars.items() if holds is not None},
            "met": {number: met for number, met in self.met.items() if met is not None},
            "scope": dict(self.scope),
        }
        known = {name: value for name, value in said.items() if value}
        return known if self.votes is None else {**known, "votes": self.votes}


@transaction.atomic
def find_out(
    seen: tuple[UUID, int], found: Mapping[UUID, Found], *, actor: Viewer, at: datetime, reason: str
) -> Decision:
    """Write down what was found out about applications (by the id of the selection), and propose anew.

    ``seen`` is the decision and the version that the officer had before them.

    Raises:
        Decision.DoesNotExist, Refused: as ``taken_in_hand`` says; the reason is missing, or a row is not there.
    """
    decision = taken_in_hand(*seen, actor, at)
    if not (reason := tidy_reason(reason)):
        raise refusal("decision.reason_missing")
    rows = _rows(decision, found)
    for row in rows:
        row.known = found[row.pk].values()
    Selection.objects.bulk_update(rows, ["known"])
    ask_core(decision, By(actor, OFFICER, at))
    changed(decision, "found_out", actor, at, rows=[str(row.pk) for row in rows], reason=reason)
    return decision


@transaction.atomic
def state_ranks(
    seen: tuple[UUID, int], ranks: Mapping[UUID, int | None], *, actor: Viewer, at: datetime, reason: str
) -> Decision:
    """Write down the order that people stated (by the id of the selection; equal places allowed), and propose anew.

    Raises:
        Decision.DoesNotExist, Refused: as :func:`find_out` says.
    """
    decision = taken_in_hand(*seen, actor, at)
    if not (reason := tidy_reason(reason)):
        raise refusal("decision.reason_missing")
    rows = _rows(decision, ranks)
    for row in rows:
        row.stated_rank = ranks[row.pk]
    Selection.objects.bulk_update(rows, ["stated_rank"])
    ask_core(decision, By(actor, OFFICER, at))
    changed(decision, "ranks_stated", actor, at, rows=[str(row.pk) for row in rows], reason=reason)
    return decision


def _rows(decision: Decision, wanted: Mapping[UUID, Any]) -> list[Selection]:
    rows = list(decision.selections.select_for_update(of=("self",)).filter(pk__in=wanted))
    if len(rows) != len(wanted):
        raise refusal("decision.no_such_row")
    return rows
