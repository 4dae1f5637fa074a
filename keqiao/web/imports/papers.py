"""Uploaded tables as room files keeps them: who may send and read them, which kinds are taken."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.files.permissions import Purpose, register
from keqiao.web.imports.permissions import may_import_for

PURPOSE = "table"
MAX_BYTES = 10 << 20
KINDS = frozenset({"xlsx", "xls", "txt"})


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """Those who may import something for the association."""
    return may_import_for(viewer, association_id, at)


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """The same."""
    return may_import_for(viewer, file.association_id, at)


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, KINDS, MAX_BYTES, may_send, may_read))
