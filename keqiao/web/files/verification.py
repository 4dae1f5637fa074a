"""What must always hold of files: every byte is what it was, and the space counted is the space used."""

from collections.abc import Iterator

from django.db.models import Sum

from keqiao.web.audit.verification import Check, Fault, Outcome
from keqiao.web.files import store
from keqiao.web.files.models import FileState, Space, StoredFile
from keqiao.web.files.queries import KEPT


def check_files() -> Outcome:
    """Check each kept file against its digest; the same object is read once."""
    rows = (
        StoredFile.objects.filter(state__in=KEPT).order_by("sha256").values_list("sha256", "size").distinct()
    )
    faults = tuple(fault for sha256, size in rows.iterator() for fault in _object_faults(sha256, size))
    return Outcome(StoredFile.objects.filter(state__in=KEPT).count(), faults)


def _object_faults(sha256: str, size: int) -> Iterator[Fault]:
    path = store.object_path(sha256)
    if not path.is_file():
        yield Fault("file.missing", sha256)
    elif path.stat().st_size != size or store.digest_of(path) != sha256:
        yield Fault("file.altered", sha256)


def check_spaces() -> Outcome:
    """Check that the space counted for each owner is the sum of its files."""
    used: dict[object, int] = {}
    rows = StoredFile.objects.exclude(state=FileState.REFUSED)
    for association, sender, size in rows.values_list("association_id", "uploaded_by_id").annotate(
        Sum("size")
    ):
        used[association or sender] = used.get(association or sender, 0) + size
    spaces = list(Space.objects.all())
    wrong = [space.pk for space in spaces if used.pop(space.pk, 0) != space.used_bytes]
    return Outcome(len(spaces), tuple(Fault("space.differs", str(pk)) for pk in (*wrong, *used)))


CHECKS: list[tuple[str, Check]] = [("files", check_files), ("spaces", check_spaces)]
