"""Finish or clear what kills and broken lines leave behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from keqiao.web.files import actions, store
from keqiao.web.files.models import FileState, StoredFile
from keqiao.web.files.permissions import purposes
from keqiao.web.files.queries import unused_since

ABANDONED_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Collected:
    """What one round did."""

    finished: int
    given_up: int
    let_go: int
    arrivals_removed: int
    objects_removed: int


def collect(now: datetime) -> Collected:
    """Finish uploads that arrived whole, give up those untouched for a day, let go files that nothing refers to,
    remove bytes without a row.

    Only bytes older than a day are removed, so that nothing under way is touched.
    """
    finished = given_up = 0
    for file in StoredFile.objects.filter(state=FileState.RECEIVING, touched_at__lt=now - ABANDONED_AFTER):
        if file.received == file.size and store.arrival(file.pk).exists():
            actions.finish(file, actor=None, at=now)
            finished += 1
        else:
            actions.refuse(file, "file.abandoned", at=now)
            given_up += 1
    before = (now - ABANDONED_AFTER).timestamp()
    let_go = _let_go_unused(now)
    return Collected(finished, given_up, let_go, _remove_arrivals(before), _remove_objects(before))


def _let_go_unused(now: datetime) -> int:
    """Of purposes that say how long a file is kept which nothing refers to."""
    count = 0
    for purpose in purposes():
        if purpose.unused_for is not None:
            before = now - purpose.unused_for
            unused = list(unused_since(before, purpose.code).values_list("pk", flat=True))
            count += sum(actions.let_go(pk, before, at=now) for pk in unused)
    return count


def objects() -> Iterator[Path]:
    """Return all objects of the store."""
    for folder in sorted(store.root().iterdir()):
        if folder.is_dir() and len(folder.name) == 2:
            yield from sorted(folder.iterdir())


def _remove_arrivals(before: float) -> int:
    under_way = set(StoredFile.objects.filter(state=FileState.RECEIVING).values_list("pk", flat=True))
    wanted = {pk.hex for pk in under_way}
    return sum(
        _remove(path, before) for path in (store.root() / store.ARRIVALS).iterdir() if path.name not in wanted
    )


def _remove_objects(before: float) -> int:
    named = set(StoredFile.objects.exclude(state=FileState.REFUSED).values_list("sha256", flat=True))
    removed = 0
    for path in objects():
        if path.name not in named:
            with store.changing_objects():
                removed += _remove(path, before)
    return removed


def _remove(path: Path, before: float) -> bool:
    if path.stat().st_ctime >= before:
        return False
    path.unlink()
    return True
