"""Imports as the worker and the officers make them, without a browser."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.imports import actions, reading, running
from keqiao.web.imports.models import Import
from keqiao.web.imports.papers import PURPOSE
from keqiao.web.imports.queries import content_of, counts_of
from keqiao.web.imports.sheet_kinds import sheet_kind
from keqiao.web.parties.models import Association
from tests.readers.tables.tables import workbook_bytes

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
UNITS = ("单位全称", "单位类别", "统一社会信用代码", "所在区域", "登记日期")
CODE, CODE_2 = "51410000MJ00000171", "51410000MJ0000025U"


def sent(
    content: bytes, association: Association, actor: Any, kind: str = "parties.units", **details: Any
) -> Import:
    """An import whose table has come and waits for the worker."""
    upload = SimpleUploadedFile(details.pop("name", "名册.xlsx"), content)
    wanted = Announced(PURPOSE, upload.name or "", upload.size or 0, association.pk)
    file = store_upload(upload, wanted, actor=actor, at=NOW)
    new = actions.NewImport(sheet_kind(kind), association.pk, file.pk, **details)
    return actions.begin(new, actor=actor, at=NOW)


def checked(rows: Sequence[Sequence[Any]], association: Association, actor: Any, **details: Any) -> Import:
    """An import that the worker has checked."""
    made = sent(workbook_bytes(rows), association, actor, **details)
    return worked(made)


def worked(made: Import) -> Import:
    """The import after the worker has done what waits: reading, or importing."""
    reading.read(made.pk, NOW)
    running.run(made.pk, NOW)
    made.refresh_from_db()
    return made


def started(made: Import, actor: Any) -> Import:
    """The import after somebody pressed the button and the worker did its part."""
    actions.start(made, made.edition, actor=actor, at=NOW)
    return worked(made)


def some(made: Import) -> dict[str, int]:
    """The counts that are not nought."""
    return {name: count for name, count in counts_of(made).items() if count}


def faults(made: Import) -> dict[int, list[tuple[str, str]]]:
    """Code and column of each fault and doubt, by line."""
    rows = {row.number: content_of(row) for row in made.rows.order_by("number")}
    return {
        number: [(fault.code, fault.column) for fault in content.faults]
        for number, content in rows.items()
        if content.faults
    }
