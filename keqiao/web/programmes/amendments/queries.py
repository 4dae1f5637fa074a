"""Read correction and extension notices: what the office may see of them, and which of them the public may."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, override

from keqiao.core.programme.amending.calls import Reason
from keqiao.web.programmes import permissions
from keqiao.web.programmes.amendments.reading import matches_for
from keqiao.web.programmes.amendments.values import about_from
from keqiao.web.programmes.models import UNPUBLISHED, Amendment, Call, ReadingState
from keqiao.web.programmes.permissions import Viewer

CALLS_OFFERED = 20


def amendments_for(viewer: Viewer, at: datetime) -> QuerySet[Amendment]:
    """Return the notices of the associations that ``viewer`` works for, newest first."""
    visible = Amendment.objects.filter(permissions.visible_in_the_office(viewer, at))
    return visible.select_related("association", "file", "call", "revision").defer("document")


def amendment_for(viewer: Viewer, pk: UUID, at: datetime) -> Amendment:
    """Return one notice of the office with its document if ``viewer`` may see it; otherwise 404."""
    return get_object_or_404(amendments_for(viewer, at).defer(None), pk=pk)


def amendment_kept_by(viewer: Viewer, pk: UUID, at: datetime) -> Amendment:
    """Return one notice that ``viewer`` may settle; otherwise 404."""
    kept = Amendment.objects.filter(permissions.kept(viewer, at)).select_related(
        "association", "file", "call"
    )
    return get_object_or_404(kept, pk=pk)


def notices_of(call: Call) -> QuerySet[Amendment]:
    """Return all notices about a call, for the office, newest first."""
    return call.amendments.select_related("file", "revision").defer("document", "proposals")


def merged_into_the_draft(call: Call) -> QuerySet[Amendment]:
    """Return the notices that were merged into the draft of a call and are not published yet, oldest first."""
    waiting = Q(applied_at__isnull=False, revision__isnull=True)
    return call.amendments.filter(waiting).select_related("file").defer("document").order_by("applied_at")


def note_on_notices(call: Call) -> str:
    """Return the note that a revision begins with which publishes merged notices; texts in the tables are Chinese."""
    titles = [amendment.title or amendment.file.name for amendment in merged_into_the_draft(call)]
    with override("zh-hans"):
        return (
            gettext("依据：%(titles)s") % {"titles": "".join(f"《{title}》" for title in titles)}
            if titles
            else ""
        )


def amendments_of(call: Call) -> QuerySet[Amendment]:
    """Return the notices that published revisions of a call took up, newest first: everybody may read them."""
    taken_up = Amendment.objects.filter(call=call, revision__isnull=False)
    return (
        taken_up.select_related("file", "revision")
        .defer("document", "proposals")
        .order_by("-revision__number")
    )


def public_amendment(call: Call, pk: UUID) -> Amendment:
    """Return a notice that a published revision of ``call`` took up, or 404."""
    return get_object_or_404(amendments_of(call), pk=pk)


def named(word: str) -> Q:
    """Return what finds a notice by one word: in its title, file or call."""
    return Q(title__icontains=word) | Q(file__name__icontains=word) | Q(call__title__icontains=word)


def in_state(value: str) -> Q:
    """Return what picks notices by how far they have come."""
    return {
        "failed": Q(state=ReadingState.FAILED.value),
        "waiting": Q(revision__isnull=True, applied_at__isnull=True) & ~Q(state=ReadingState.FAILED.value),
        "merged": Q(revision__isnull=True, applied_at__isnull=False),
        "published": Q(revision__isnull=False),
    }[value]


@dataclass(frozen=True, slots=True)
class CallOffered:
    """A call that a notice may mean, with the reasons that speak for it."""

    call: Call
    reasons: tuple[Reason, ...] = ()


def calls_offered(amendment: Amendment) -> list[CallOffered]:
    """Return the published calls that a notice may be tied to: those it may mean, then the newest others."""
    calls = Call.objects.filter(association_id=amendment.association_id).exclude(state__in=UNPUBLISHED)
    matches = matches_for(amendment, about_from(amendment.about)) if amendment.about else []
    known = calls.in_bulk([UUID(match.key) for match in matches])
    likely = [CallOffered(known[UUID(match.key)], match.reasons) for match in matches]
    others = calls.exclude(pk__in=list(known)).order_by("-published_at")
    return (likely + [CallOffered(call) for call in others[:CALLS_OFFERED]])[:CALLS_OFFERED]
