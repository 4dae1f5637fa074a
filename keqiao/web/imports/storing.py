"""Keep what was found of the rows of an import."""

from collections.abc import Iterable

from django.db import transaction

from keqiao.core.findings import Weight
from keqiao.web.imports.checking import CheckedRow
from keqiao.web.imports.contents import to_json
from keqiao.web.imports.models import Import, ImportRow, Verdict

BATCH = 500


@transaction.atomic
def replace_open_rows(made: Import, rows: Iterable[CheckedRow], left_out: frozenset[int]) -> None:
    """Put ``rows`` in the place of all rows that are not imported yet; those in ``left_out`` stay out."""
    ImportRow.objects.filter(of=made, done_at__isnull=True).delete()
    ImportRow.objects.bulk_create((_row(made, row, row.number in left_out) for row in rows), batch_size=BATCH)


def _row(made: Import, row: CheckedRow, is_left_out: bool) -> ImportRow:  # noqa: FBT001  a fact of the row
    return ImportRow(
        association_id=made.association_id,
        of=made,
        number=row.number,
        verdict=(Verdict.LEFT_OUT if is_left_out else row.verdict).value,
        has_doubts=any(fault.weight is not Weight.REFUSE for fault in row.faults),
        content=to_json(row.content),
        record_id=row.standing.id if row.standing else "",
    )
