"""Views of the room: the library, its forms, and what the public reads."""

from keqiao.web.regulations.views.editing import end, heading, new, new_version, version
from keqiao.web.regulations.views.reading import library, public, public_file, regulation

__all__ = [
    "end",
    "heading",
    "library",
    "new",
    "new_version",
    "public",
    "public_file",
    "regulation",
    "version",
]
