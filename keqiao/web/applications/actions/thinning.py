"""Old autosaves are thinned: all of the last day stay, then the last one of each hour, after a month one of each day.

Whatever somebody did on purpose stays for ever (saved, merged, brought back, read from Word, moved to a new form,
returned), and so do the version that stands, what is made ready, what was
submitted and what a unit that joins has answered. Decision 0078.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from keqiao.core.lifecycle.application import CLOCK
from keqiao.web.applications.actions.drafting import AUTOSAVED
from keqiao.web.applications.models import Joining, Prepared, Submission, Version
from keqiao.web.audit import log
from keqiao.web.audit.queries import timeline
from keqiao.web.parties.queries import local_day
from keqiao.web.scope import crossing

ALL_KEPT, HOURLY = timedelta(days=1), timedelta(days=31)
"""How long every autosave stays, and one of each hour; later, one of each day (Asia/Shanghai)."""
EVERY = timedelta(days=1)
AT_ONCE = 1000  # versions: one transaction and one event
ROUNDS = log.Chain("applications.thinning", "rounds")
WHY = "old autosaves are thinned, whoever keeps them"


@dataclass(frozen=True, slots=True)
class Autosave:
    """One that may go, if a later one stands for the same stretch of time."""

    pk: UUID
    application_id: UUID
    saved_at: datetime


def spare(autosaves: Iterable[Autosave], now: datetime) -> Iterator[Autosave]:
    """Yield those for which a later one of the same application stands; ``autosaves`` come newest first."""
    taken: set[tuple[Any, ...]] = set()
    for each in autosaves:
        if now - each.saved_at <= ALL_KEPT:
            continue
        stretch = (each.application_id, *_stretch(each.saved_at, now))
        if stretch in taken:
            yield each
        taken.add(stretch)


def _stretch(saved_at: datetime, now: datetime) -> tuple[Any, ...]:
    if now - saved_at <= HOURLY:
        return ("hour", saved_at.replace(minute=0, second=0, microsecond=0))
    return ("day", local_day(saved_at))


def thin_due(now: datetime) -> None:
    """Do the daily round, or go on with it; the worker calls it every beat. Each run leaves one event."""
    last = timeline(ROUNDS).last()
    goes_on = last is not None and last.data["versions"] == AT_ONCE
    if last is None or goes_on or now - last.at >= EVERY:
        thin(now)


@transaction.atomic
def thin(now: datetime) -> int:
    """Remove at most ``AT_ONCE`` spare autosaves and return how many."""
    with crossing(WHY):
        gone = [each for each, _ in zip(spare(_autosaves(now), now), range(AT_ONCE), strict=False)]
        removed, _by_table = Version.objects.filter(pk__in=[each.pk for each in gone]).delete()
        data = {"versions": removed, "applications": len({each.application_id for each in gone})}
        log.record("thinned", ROUNDS, actor=None, role=CLOCK, at=now, data=data)
    return removed


def _autosaves(now: datetime) -> Iterator[Autosave]:
    """What may go at all, the newest of each application first."""
    old = Version.objects.filter(act=AUTOSAVED, saved_at__lt=now - ALL_KEPT)
    free = old.exclude(number=F("application__version"))
    for holder in (Submission, Prepared):
        free = free.exclude(pk__in=holder._default_manager.order_by().values("saved_id"))
    answered = Joining.objects.filter(application=OuterRef("application"), version=OuterRef("number"))
    free = free.exclude(Exists(answered))
    rows = free.order_by("application_id", "-number").values_list("pk", "application_id", "saved_at")
    return (Autosave(*row) for row in rows.iterator())
