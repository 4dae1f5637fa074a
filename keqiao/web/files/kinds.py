"""Kinds of file: under which media type each goes out. What a browser could run goes out as plain bytes."""

BYTES = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument"

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "txt": "text/plain",
}


def media_type(kind: str) -> str:
    """Return the media type under which a file of ``kind`` is sent."""
    return MEDIA_TYPES.get(kind, BYTES)
