"""Notices as the office sees them: what can be noticed, the list of all, one with its items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.objection import OPEN as OPEN_OBJECTIONS
from keqiao.core.lifecycle.public_notice import OPEN as OPEN_NOTICES
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.workdays import Period, shanghai_day
from keqiao.web.allocation.queries import reserves_of, selections_of
from keqiao.web.allocation.queries.in_charge import selections_of_associations
from keqiao.web.applications.permissions import associations_in_charge
from keqiao.web.programmes.queries import calls_for
from keqiao.web.public_notice.counting import period_from
from keqiao.web.public_notice.listing import contents
from keqiao.web.public_notice.models import Award, AwardItem, Notice, NoticeItem
from keqiao.web.public_notice.permissions import Viewer, in_charge
from keqiao.web.public_notice.stated import programme_in_force

LIVE = [state.value for state in OPEN_NOTICES]
UNDECIDED = [state.value for state in OPEN_OBJECTIONS]
SHOWABLE = [SelectionState.APPROVED.value, SelectionState.IN_NOTICE.value]
CONFIRMED = SelectionState.CONFIRMED.value
COUNTED = ("ready", "vacant", "confirmed")
OUT = [SelectionState.DROPPED.value, SelectionState.WITHDRAWN.value]


@dataclass(frozen=True, slots=True)
class CallToNotice:
    """A call with what waits in it: selections to be shown, places to be filled, confirmed ones to be awarded."""

    call: Any
    ready: int
    vacant: int
    confirmed: int


def notices_for(viewer: Viewer, at: datetime) -> QuerySet[Notice]:
    """Return the notices in the viewer's charge, the newest first, with how many lines and open objections."""
    rows = Notice.objects.filter(in_charge(viewer, at)).select_related("call", "association__organisation")
    return rows.annotate(
        lines=Count("items", distinct=True),
        undecided=Count("objections", filter=Q(objections__state__in=UNDECIDED), distinct=True),
    ).order_by("-made_at")


def notice_for(viewer: Viewer, pk: UUID, at: datetime) -> Notice:
    """Return a notice in the viewer's charge; otherwise 404."""
    return get_object_or_404(notices_for(viewer, at).select_related("signed_by", "made_by"), pk=pk)


def items_of(notice: Notice) -> QuerySet[NoticeItem]:
    """Return the lines of a notice with their selections, in order."""
    rows = notice.items.select_related("selection__application__unit", "selection__decision")
    return rows.prefetch_related("selection__application__partners__unit").order_by("position")


def lines_of(notice: Notice, items: Sequence[NoticeItem]) -> list[dict[str, Any]]:
    """Return what the lines say: as they were signed or, before, as they would be signed now."""
    if notice.digest:
        return [item.listed for item in items]
    programme = programme_in_force(notice.call)
    selections = [item.selection for item in items]
    return contents(selections, programme, notice.fields) if programme else []


def period_shown(notice: Notice, at: datetime) -> Period:
    """Return the days of a notice; before it is posted those it would have if it were posted then.

    Raises:
        YearNotPublished: the count enters a year whose holidays are not announced.
    """
    if notice.first_day and notice.last_day:
        return Period(notice.first_day, notice.last_day)
    return period_from(notice, shanghai_day(notice.post_at or at), notice.until)


def ready_of(call_id: UUID, *, beside: UUID | None = None) -> QuerySet[Any]:
    """Return the selections of a call that can be shown: approved, or left over from a notice that was withdrawn.

    Those of the notice ``beside`` count as such.
    """
    listed = NoticeItem.objects.filter(selection=OuterRef("pk"), notice__state__in=LIVE).exclude(
        notice=beside
    )
    rows = selections_of(call_id).filter(~Exists(listed), state__in=SHOWABLE)
    return rows.prefetch_related("application__partners__unit")


def confirmed_of(call_id: UUID) -> QuerySet[Any]:
    """Return the confirmed selections of a call that no award names yet."""
    rows = selections_of(call_id).filter(state=CONFIRMED, award_item__isnull=True)
    return rows.prefetch_related("application__partners__unit", "merged__application")


def calls_to_notice(viewer: Viewer, at: datetime) -> list[CallToNotice]:
    """Return the calls in the viewer's charge in which something waits to be shown, filled or awarded."""
    counted = {
        row["call_id"]: row for row in _counts(selections_of_associations(associations_in_charge(viewer, at)))
    }
    calls = calls_for(viewer, at).filter(pk__in=counted).order_by("-created_at")  # type: ignore[arg-type]
    return [CallToNotice(call, *(counted[call.pk][name] for name in COUNTED)) for call in calls]


def _counts(selections: QuerySet[Any]) -> QuerySet[Any]:
    """How much waits in each call; calls in which nothing does are left out."""
    live = NoticeItem.objects.filter(selection=OuterRef("pk"), notice__state__in=LIVE)
    once = NoticeItem.objects.filter(selection=OuterRef("pk"))
    marked = selections.annotate(is_live=Exists(live), was_listed=Exists(once))
    counts = {
        "ready": Count("pk", filter=Q(state__in=SHOWABLE, is_live=False)),
        "vacant": Count("pk", filter=Q(state__in=OUT, was_listed=True, substitute__isnull=True)),
        "confirmed": Count("pk", filter=Q(state=CONFIRMED, award_item__isnull=True)),
    }
    some = Q(ready__gt=0) | Q(vacant__gt=0) | Q(confirmed__gt=0)
    return marked.order_by().values("call_id").annotate(**counts).filter(some)


def call_to_notice(viewer: Viewer, pk: UUID, at: datetime) -> Any:
    """Return a call in the viewer's charge; otherwise 404."""
    rows = calls_for(viewer, at).filter(association_id__in=associations_in_charge(viewer, at))  # type: ignore[arg-type]
    return get_object_or_404(rows.select_related("association__organisation"), pk=pk)


def awards_for(viewer: Viewer, at: datetime) -> QuerySet[Award]:
    """Return the awards in the viewer's charge, the newest first."""
    rows = Award.objects.filter(in_charge(viewer, at)).select_related(
        "call", "association__organisation", "scheme"
    )
    return rows.annotate(lines=Count("items", distinct=True)).order_by("-made_at")


def award_for(viewer: Viewer, pk: UUID, at: datetime) -> Award:
    """Return an award in the viewer's charge; otherwise 404."""
    return get_object_or_404(
        awards_for(viewer, at).select_related("issued_by").prefetch_related("titles__scheme"), pk=pk
    )


def lines_of_award(award: Award) -> list[AwardItem]:
    """Return the lines of an award in order, with their selections."""
    return list(
        award.items.select_related("selection__application__unit", "recognition").order_by("position")
    )


def place_for(viewer: Viewer, pk: UUID, at: datetime) -> tuple[Any, list[Any]]:
    """Return a selection that is out and in the viewer's charge, and who is in reserve for it; otherwise 404."""
    rows = selections_of_associations(associations_in_charge(viewer, at)).select_related(
        "application__unit", "call"
    )
    out = get_object_or_404(rows, pk=pk, state__in=[*OUT, SelectionState.SUBSTITUTED.value])
    return out, list(reserves_of(out))
