"""Kinds of file, in one place: the media type under which each goes out, and the word of forms and pages for it.

A kind is what ``readers.kind`` tells by content. Forms, and the purposes of rooms, name families: a form that takes
``word`` takes every kind of this family. What a browser could run, or is of no use outside, goes out as plain bytes.
"""

from dataclasses import dataclass

BYTES = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Kind:
    """``family``: as forms say it (``FileField.accepts``), empty where none takes it. ``ending``: shown to people."""

    family: str = ""
    media_type: str = BYTES
    ending: str = ""


KINDS = {
    "pdf": Kind("pdf", "application/pdf", "PDF"),
    "ofd": Kind("pdf", ending="OFD"),  # the State's own format of fixed pages (GB/T 33190)
    "docx": Kind("word", f"{OFFICE}.wordprocessingml.document", "DOCX"),
    "doc": Kind("word", "application/msword", "DOC"),
    "wps": Kind("word", ending="WPS"),
    "xlsx": Kind("sheet", f"{OFFICE}.spreadsheetml.sheet", "XLSX"),
    "xls": Kind("sheet", "application/vnd.ms-excel", "XLS"),
    "et": Kind("sheet", ending="ET"),
    "picture": Kind("image", ending="JPG PNG"),
    "zip": Kind("archive", ending="ZIP"),
    "mp4": Kind("video", "video/mp4", "MP4"),
    "mov": Kind("video", "video/quicktime", "MOV"),
    "webm": Kind("video", "video/webm", "WEBM"),
    "mkv": Kind("video", "video/matroska", "MKV"),
    "avi": Kind("video", "video/vnd.avi", "AVI"),
    "wmv": Kind("video", "video/x-ms-wmv", "WMV"),
    "mpg": Kind("video", "video/mpeg", "MPG"),
    "flv": Kind("video", "video/x-flv"),
    "3gp": Kind("video", "video/3gpp"),
    "ogv": Kind("video", "video/ogg"),
    "mp3": Kind("audio", "audio/mpeg", "MP3"),
    "m4a": Kind("audio", "audio/mp4", "M4A"),
    "wav": Kind("audio", "audio/vnd.wave", "WAV"),
    "flac": Kind("audio", "audio/flac", "FLAC"),
    "aac": Kind("audio", "audio/aac", "AAC"),
    "wma": Kind("audio", "audio/x-ms-wma", "WMA"),
    "oga": Kind("audio", "audio/ogg"),
    "weba": Kind("audio", "audio/webm"),
    "mka": Kind("audio", "audio/matroska"),
    "amr": Kind("audio", "audio/amr"),
    "pptx": Kind(media_type=f"{OFFICE}.presentationml.presentation"),
    "txt": Kind(media_type="text/plain"),
}


def media_type(kind: str) -> str:
    """Return the media type under which a file of ``kind`` is sent."""
    return KINDS[kind].media_type if kind in KINDS else BYTES


def family_of(kind: str) -> str:
    """Return the family of ``kind`` as forms say it, or nothing."""
    return KINDS[kind].family if kind in KINDS else ""


def of_families(*families: str) -> frozenset[str]:
    """Return the kinds of these families."""
    return frozenset(name for name, kind in KINDS.items() if kind.family in families)


def in_words(*families: str) -> str:
    """Return the endings under which people know the kinds of these families, in the order of the families."""
    endings = (kind.ending for family in families for kind in KINDS.values() if kind.family == family)
    return "、".join(each for ending in endings for each in ending.split())


FORM_FAMILIES = ("pdf", "word", "sheet", "image", "archive", "video", "audio")
"""What forms can ask for (``core.programme.forms.fields.FileField.accepts``; a test compares)."""

PAPERS = of_families("pdf", "word", "image")
"""A paper of an office: written, printed to be sent, or photographed."""

PAPERS_IN_WORDS = in_words("pdf", "word", "image")
