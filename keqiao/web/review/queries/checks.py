"""Formal checks as the office sees them: by call, as a list, one with its points and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.formal_check import DECIDED, FormalCheckState
from keqiao.core.rules.formal_check import Point
from keqiao.web.applications.permissions import Viewer, associations_in_charge
from keqiao.web.applications.queries import office_applications, standing_submission
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import calls_for
from keqiao.web.review.models import CheckAnswer, FormalCheck
from keqiao.web.review.permissions import checks_seen
from keqiao.web.review.points import answers_about, point_in, points_of
from keqiao.web.review.queries.arrived import arrived

COUNTED = ("open", "passed", "returned", "refused")
OPEN = FormalCheckState.OPEN.value


@dataclass(frozen=True, slots=True)
class CallToCheck:
    """One call with how many of its applications stand where; ``waiting``: arrived, and nobody has begun."""

    call: Any
    waiting: int
    open: int
    passed: int
    returned: int
    refused: int

    @property
    def in_all(self) -> int:
        """All that have arrived."""
        return self.waiting + self.open + self.passed + self.returned + self.refused


@dataclass(frozen=True, slots=True)
class PointSeen:
    """A point with what was said of it: ``said`` and ``reason`` are empty where nothing was."""

    point: Point
    said: str = ""
    reason: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """One check with everything its page shows; of a decided one the points as they were then."""

    check: FormalCheck
    submission: Any
    points: tuple[PointSeen, ...]

    @property
    def answered(self) -> int:
        """How many points have an answer."""
        return sum(1 for each in self.points if each.said)


def calls_to_check(viewer: Viewer, at: datetime) -> list[CallToCheck]:
    """Return the calls in the viewer's charge to which something has arrived, the newest first."""
    counted = _counts(arrived(office_applications(viewer, at)))
    calls = calls_for(viewer, at).filter(pk__in=counted).order_by("-created_at")  # type: ignore[arg-type]
    return [_counted(call, counted[call.pk]) for call in calls]


def _counts(rows: QuerySet[Any]) -> dict[UUID, dict[str, Any]]:
    """How many applications of each call stand where."""
    counts = {"waiting": Count("pk", filter=Q(formal_check__isnull=True) | _withdrawn())}
    for name in COUNTED:
        counts[name] = Count("pk", filter=Q(formal_check__state=name))
    return {row["call_id"]: row for row in rows.order_by().values("call_id").annotate(**counts)}


def call_to_check(viewer: Viewer, pk: UUID, at: datetime) -> CallToCheck:
    """Return one of them; otherwise 404."""
    call = get_object_or_404(
        calls_for(viewer, at), pk=pk, association_id__in=associations_in_charge(viewer, at)
    )  # type: ignore[arg-type]
    counted = _counts(arrived(office_applications(viewer, at).filter(call_id=pk)))
    return _counted(call, counted[pk]) if pk in counted else CallToCheck(call, 0, 0, 0, 0, 0)


def checks_of_call(viewer: Viewer, call_id: UUID, at: datetime) -> QuerySet[Any]:
    """Return the applications that have arrived for a call, each with its check and how many points are answered."""
    rows = arrived(office_applications(viewer, at).filter(call_id=call_id))
    about_this = Q(formal_check__answers__digest=F("formal_check__digest"))
    answered = Count("formal_check__answers", filter=about_this, distinct=True)
    return rows.select_related("unit", "formal_check", "call").annotate(answered=answered)


def check_for(viewer: Viewer, pk: UUID, at: datetime) -> FormalCheck:
    """Return a formal check in the viewer's charge; otherwise 404."""
    rows = FormalCheck.objects.select_related("application__unit", "call", "decided_by")
    return get_object_or_404(rows.filter(checks_seen(viewer, at)), pk=pk)


def check_of(application_id: UUID) -> FormalCheck | None:
    """Return the formal check of an application, or nothing. Who may see it was asked before."""
    return FormalCheck.objects.filter(application_id=application_id).select_related("decided_by").first()


def looked_at(check: FormalCheck, at: datetime) -> Looked:
    """Return a check with its points and what was said of each."""
    submission = standing_submission(check.application_id)
    if FormalCheckState(check.state) in DECIDED:
        return Looked(check, submission, tuple(_as_decided(check)))
    rows = check.answers.select_related("given_by")
    answers = answers_about(rows, submission.digest)
    points = points_of(submission, local_day(at))
    return Looked(check, submission, tuple(_seen(point, answers.get(point.key)) for point in points))


def next_open(check: FormalCheck) -> FormalCheck | None:
    """Return the next check of the same call that waits for an officer, or nothing."""
    rows = FormalCheck.objects.filter(call_id=check.call_id, state=OPEN).exclude(pk=check.pk)
    later = rows.filter(begun_at__gte=check.begun_at).order_by("begun_at", "pk").first()
    return later or rows.order_by("begun_at", "pk").first()


def _as_decided(check: FormalCheck) -> Sequence[PointSeen]:
    who = str(check.decided_by) if check.decided_by else ""
    return [
        PointSeen(point_in(row), row["said"], row["reason"], who, check.decided_at) for row in check.found
    ]


def _seen(point: Point, said: CheckAnswer | None) -> PointSeen:
    if said is None:
        return PointSeen(point)
    return PointSeen(point, said.said, said.reason, str(said.given_by), said.given_at)


def _withdrawn() -> Q:
    return Q(formal_check__state=FormalCheckState.WITHDRAWN.value)


def _counted(call: Any, row: dict[str, Any]) -> CallToCheck:
    return CallToCheck(call, row["waiting"], *(row[name] for name in COUNTED))
