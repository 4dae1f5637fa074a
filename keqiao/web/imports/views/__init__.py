"""Views of the room: what can be imported, and one import from its upload to its result."""

from keqiao.web.imports.views.beginning import copy, export, home, new, template
from keqiao.web.imports.views.working import annotated, correct, detail, drop, progress, resume, start

__all__ = [
    "annotated",
    "copy",
    "correct",
    "detail",
    "drop",
    "export",
    "home",
    "new",
    "progress",
    "resume",
    "start",
    "template",
]
