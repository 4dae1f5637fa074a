"""Pages of the room."""

from keqiao.web.review.views.calls import begin, call, calls
from keqiao.web.review.views.checks import check, refuse, reopen

__all__ = ["begin", "call", "calls", "check", "refuse", "reopen"]
