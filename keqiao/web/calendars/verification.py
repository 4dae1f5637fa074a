"""What must always hold of calendars: no day has two overrides in force, and loaded years are what was loaded."""

import hashlib
from collections.abc import Iterator
from itertools import groupby, pairwise

from keqiao.readers.calendars import UnsoundCalendar, announced_year
from keqiao.web.audit.verification import Check, Fault, Outcome
from keqiao.web.calendars.models import CountedDays, LoadedYear, Override
from keqiao.web.calendars.queries import IN_FORCE, file_name


def check_overrides() -> Outcome:
    """Check that no two overrides in force of one association touch the same day."""
    rows = list(Override.objects.filter(IN_FORCE).order_by("association_id", "first"))
    faults = [
        Fault("override.overlaps", f"{later.pk} {later}")
        for _association, owned in groupby(rows, key=lambda row: row.association_id)
        for earlier, later in pairwise(owned)
        if later.first <= earlier.last
    ]
    return Outcome(len(rows), tuple(faults))


def check_counted_days() -> Outcome:
    """Check that the days everybody counts by are those of the overrides in force, no more and no fewer."""
    columns = ("pk", "association_id", "first", "last", "works")
    wanted = set(Override.objects.filter(IN_FORCE).values_list(*columns))
    counted = set(CountedDays.objects.values_list(*columns))
    faults = sorted({str(pk) for pk, *_rest in wanted ^ counted})
    return Outcome(len(wanted), tuple(Fault("override.counted_otherwise", pk) for pk in faults))


def check_years() -> Outcome:
    """Check that each loaded year is what its digest says, and sound."""
    rows = list(LoadedYear.objects.all())
    return Outcome(len(rows), tuple(fault for row in rows for fault in _year_faults(row)))


def _year_faults(row: LoadedYear) -> Iterator[Fault]:
    content = row.content.encode()
    if hashlib.sha256(content).hexdigest() != row.digest:
        yield Fault("year.altered", str(row))
    try:
        announced_year(file_name(row.year), content)
    except UnsoundCalendar as unsound:
        yield Fault("year.unsound", str(unsound))


CHECKS: list[tuple[str, Check]] = [
    ("overrides of days", check_overrides),
    ("days that count", check_counted_days),
    ("loaded years", check_years),
]
