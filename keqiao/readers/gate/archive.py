"""The gate for Office files: the zip container and each part, streamed."""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, Final, cast

from keqiao.readers.gate.markup import MarkupCheck
from keqiao.readers.unreadable import Unreadable

MIB: Final = 1 << 20
PARTS_MAX: Final = 2_000
DIRECTORY_MAX: Final = 1 * MIB  # of 2,000 entries; a longer one is not loaded at all
XML_MAX: Final = 40 * MIB
TOTAL_MAX: Final = 200 * MIB
RATIO_MAX: Final = 200
RATIO_FROM: Final = 1 * MIB  # small parts may compress as well as they like
PIECE: Final = 1 * MIB
END_RECORD: Final = b"PK\x05\x06"
END_RECORD_64: Final = b"PK\x06\x07"
MACRO_PARTS: Final = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
EMBEDDED: Final = (
    ".docx", ".xlsx", ".pptx", ".doc", ".xls", ".ppt", ".png", ".jpg", ".jpeg", ".emf", ".wmf", ".xml", ".rels", "/",
)  # fmt: skip
"""What may stand among the embedded parts: the data of charts, and pictures of it."""
PROGRAMS: Final = (
    ".exe", ".dll", ".com", ".bat", ".cmd", ".scr", ".lnk", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".ps1",
    ".jar", ".msi",
)  # fmt: skip
MARKUP_ENDINGS: Final = (".xml", ".rels", ".vml")


def check_archive(path: Path) -> None:
    """Check the container and each part of the Office file at ``path``; raises Unreadable."""
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            _check_names([info.filename for info in infos])
            total = 0
            for info in infos:
                _check_entry(info)
                total += _check_part(archive, info, total)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        struct.error,
    ) as error:
        raise Unreadable("unreadable.damaged", detail=str(error)[:200]) from error


def _check_directory(path: Path) -> None:
    """Read the end record by hand: the library would load a million entries before one could count them."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 65_600))
        tail = file.read()
    at = tail.rfind(END_RECORD)
    if at < 0 or len(tail) < at + 22:
        raise Unreadable("unreadable.damaged", detail="the end of the container is missing")
    entries, directory = struct.unpack("<HL", tail[at + 10 : at + 16])
    if (
        entries > PARTS_MAX
        or directory > DIRECTORY_MAX
        or tail[max(0, at - 20) : at].startswith(END_RECORD_64)
    ):
        raise Unreadable("unreadable.too_many_parts", limit=PARTS_MAX)


def _check_names(names: list[str]) -> None:
    if len(names) > PARTS_MAX:
        raise Unreadable("unreadable.too_many_parts", limit=PARTS_MAX)
    if len({name.lower() for name in names}) != len(names):
        raise Unreadable("unreadable.duplicate_part")
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or any(c in name for c in "\\:\0"):
            raise Unreadable("unreadable.bad_part_name", part=ascii(name)[:80])
        _check_forbidden(name.lower())


def _check_forbidden(name: str) -> None:
    base = name.rsplit("/", 1)[-1]
    if base in MACRO_PARTS or "/activex/" in name:
        raise Unreadable("unreadable.macro")
    is_foreign = "/embeddings/" in name and not base.endswith(EMBEDDED)
    if "oleobject" in base or is_foreign or base.endswith(PROGRAMS):
        raise Unreadable("unreadable.ole_object")


def _check_entry(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 1:
        raise Unreadable("unreadable.encrypted")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Unreadable("unreadable.damaged", detail=f"compression method {info.compress_type}")


def _check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, before: int) -> int:
    """Stream one part through the checks and return its true size in bytes."""
    size = 0
    check: MarkupCheck | None = None
    with archive.open(info) as opened:
        part = cast("BinaryIO", opened)
        while piece := part.read(PIECE):
            if not size and _is_markup(info.filename, piece):
                check = MarkupCheck(info.filename)
            size += len(piece)
            _check_size(info, size, before + size, is_markup=check is not None)
            if check is not None:
                check.feed(piece)
    if check is not None:
        check.close()
    return size


def _is_markup(name: str, piece: bytes) -> bool:
    start = piece[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return name.lower().endswith(MARKUP_ENDINGS) or start.startswith(b"<")


def _check_size(info: zipfile.ZipInfo, size: int, total: int, *, is_markup: bool) -> None:
    is_dense = size > RATIO_FROM and size > RATIO_MAX * max(info.compress_size, 1)
    if total > TOTAL_MAX or is_dense or (is_markup and size > XML_MAX):
        raise Unreadable("unreadable.zip_bomb", part=info.filename[:80])
