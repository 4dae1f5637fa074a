"""Pages of the room."""

from keqiao.web.applications.views.submitting import receipt, submit

__all__ = ["receipt", "submit"]
