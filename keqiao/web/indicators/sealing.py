"""The digest of a snapshot: of everything that it and its lines say."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from keqiao.web.indicators.models import Snapshot, SnapshotLine

OF_SNAPSHOT = ("project_kind", "project_id", "number", "on", "progress", "setting", "definition_digest")
OF_LINE = (
    "position", "target", "metric", "unit", "comparator", "threshold", "value", "shortfall", "progress", "due",
    "facts", "nearly", "groups",
)  # fmt: skip


def digest_of(snapshot: Snapshot, lines: Iterable[SnapshotLine]) -> str:
    """Return the SHA-256 of a snapshot with its lines, in their order."""
    said: dict[str, Any] = {name: _plain(getattr(snapshot, name)) for name in OF_SNAPSHOT}
    ordered = sorted(lines, key=lambda line: line.position)
    said["lines"] = [{name: _plain(getattr(line, name)) for name in OF_LINE} for line in ordered]
    spelled = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | dict | list | None) else str(value)
