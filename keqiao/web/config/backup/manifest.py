"""The list of what a backup holds, by which it is checked before anything is restored from it."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from keqiao.core.findings import Value
from keqiao.web.config.console import in_both

NAME = "manifest.json"
FORMAT = 1
CHUNK_BYTES = 1024 * 1024


class BackupUnfit(Exception):
    """A backup that is not whole, or a place that is not fit; the text says which and what to do, in both languages."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(in_both(code, **values))


@dataclass(frozen=True)
class StoredFile:
    """One file of the backup: its path within it, its length in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: engine, time (ISO 8601), rows per table, and every file.

    ``keys`` are the fingerprints of the keys that its locked values need, by their ids: never the keys.
    """

    engine: str
    made_at: str
    rows: dict[str, int]
    files: tuple[StoredFile, ...]
    keys: dict[str, str] = field(default_factory=dict)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe(root: Path) -> Iterator[StoredFile]:
    """Yield every file under ``root`` except the manifest, in the order of their paths."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and path != root / NAME:
            yield StoredFile(path.relative_to(root).as_posix(), path.stat().st_size, digest(path))


def write(root: Path, manifest: Manifest) -> None:
    """Write the manifest, durably and last: a backup without one is not finished."""
    text = json.dumps({"format": FORMAT} | asdict(manifest), ensure_ascii=False, indent=1)
    unfinished = root / f"{NAME}.new"
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(root / NAME)


def read(root: Path) -> Manifest:
    """Return the manifest of the backup in ``root``.

    Raises:
        BackupUnfit: there is none, or it is of another format.
    """
    path = root / NAME
    if not path.is_file():
        raise BackupUnfit("backup.unfinished", path=str(path), folder=str(root))
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if values.pop("format", None) != FORMAT:
        raise BackupUnfit("backup.other_format", path=str(path), format=FORMAT)
    values["files"] = tuple(StoredFile(**file) for file in values["files"])
    return Manifest(**values)


def verify(root: Path, manifest: Manifest) -> None:
    """Compare every file with the manifest.

    Raises:
        BackupUnfit: a file is missing, changed, or unknown; the text names the first and their number.
    """
    listed, found = {f.path: f for f in manifest.files}, {f.path: f for f in describe(root)}
    wrong = sorted(path for path in listed.keys() | found.keys() if listed.get(path) != found.get(path))
    if wrong:
        raise BackupUnfit("backup.files_differ", count=len(wrong), folder=str(root), first=wrong[0])
