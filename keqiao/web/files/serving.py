"""How a file leaves the site: to be saved, never shown by the browser in the site's name."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import FileResponse

from keqiao.web.files.kinds import BYTES, media_type
from keqiao.web.files.models import FileState, StoredFile
from keqiao.web.files.queries import path_of

NEVER_SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
"""The headers of everything that came from outside or is made to be saved."""


def to_be_saved(file: StoredFile) -> FileResponse:
    """Return a stored file as an answer. Who may have it was asked before."""
    kind = media_type(file.kind) if file.state == FileState.STORED else BYTES
    content = path_of(file).open("rb")
    headers = {**NEVER_SHOWN, "Accept-Ranges": "none"}
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=kind, headers=headers)
