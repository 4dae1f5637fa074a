"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.allocation.models.selections import Decision, Selection

__all__ = ["Decision", "Selection"]
