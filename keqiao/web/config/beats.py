"""Writes and reads the workers' signs of life. All times are the database's, so machines need not agree."""

from datetime import datetime, timedelta

from django.db.models.functions import Now

from keqiao.web.config.models import WorkerBeat


def beat(worker_id: str) -> datetime:
    """Record that ``worker_id`` lives and return the database's time."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"beat_at": Now()})
    return WorkerBeat.objects.values_list("beat_at", flat=True).get(worker_id=worker_id)


def sign_off(worker_id: str) -> None:
    """Take away the row of a worker that ends in good order."""
    WorkerBeat.objects.filter(worker_id=worker_id).delete()


def forget_beats() -> None:
    """Take away the rows of all workers: none of them runs on a database that was just restored."""
    WorkerBeat.objects.all().delete()


def since_last_beat() -> timedelta | None:
    """Return how long ago the liveliest worker gave a sign; None if there is no worker."""
    newest = WorkerBeat.objects.annotate(now=Now()).order_by("-beat_at").values_list("now", "beat_at").first()
    return newest[0] - newest[1] if newest else None


def living_workers(now: datetime, silent_for: timedelta) -> set[str]:
    """Return the ids of the workers that gave a sign within ``silent_for`` before ``now``."""
    fresh = WorkerBeat.objects.filter(beat_at__gt=now - silent_for)
    return set(fresh.values_list("worker_id", flat=True))
