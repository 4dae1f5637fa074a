"""What a file is by its content; its name is a hint only where the content leaves two answers."""

import zipfile
from pathlib import Path
from typing import Final

from keqiao.readers.recordings import recording_kind

HEAD = 4096
CONTAINERS: Final = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
)
PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
WEBP: Final = (b"RIFF", b"WEBP")
ZIP_SIGNS: Final = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
    ("content.xml", "odf"),
)
# Stream names inside the OLE container, as they stand in its directory (UTF-16).
OLE_SIGNS: Final = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("WpsDocument", "wps"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("EtWorkbook", "et"),
)
HTML_SIGNS: Final = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<meta",
    b"<div",
    b"<table",
    b"<p>",
    b"<p ",
)


def kind_of(path: Path) -> str:
    """Return the kind of the file at ``path``.

    One of ``docx xlsx xlsb pptx ofd odf zip pdf doc wps xls et ppt encrypted rtf picture html txt empty``, or of the
    kinds of ``recording_kind``.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        return "empty"
    for sign, kind in CONTAINERS:
        if head.startswith(sign):
            return _inside(path, kind)
    if recording := recording_kind(path):
        return recording
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(PICTURES) or (head[:4], head[8:12]) == WEBP:
        return "picture"
    return "html" if _is_html(head) else "txt"


def _inside(path: Path, container: str) -> str:
    if container == "zip":
        return _zip_kind(path)
    return _ole_kind(path) if container == "ole" else container


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"
    return next((kind for name, kind in ZIP_SIGNS if name in names), "zip")


def _ole_kind(path: Path) -> str:
    """Find the main stream by its name; the directory may stand anywhere, so the file is read in pieces."""
    found: set[str] = set()
    longest = max(2 * len(name) for name, _ in OLE_SIGNS)
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            window = tail + piece
            found.update(kind for name, kind in OLE_SIGNS if _stream_name(name) in window)
            tail = window[-longest - 4 :]
    kind = next((kind for _, kind in OLE_SIGNS if kind in found), "ole")
    suffix = path.suffix.lower().lstrip(".")
    return (
        suffix if (kind, suffix) in {("doc", "wps"), ("xls", "et"), ("ole", "wps"), ("ole", "et")} else kind
    )


def _stream_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\x00\x00"


def _is_html(head: bytes) -> bool:
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((*HTML_SIGNS, b"<?xml", b"<!--")) and any(sign in start for sign in HTML_SIGNS)
