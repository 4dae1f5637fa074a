"""The acts of the room; each is one transaction and one event."""

from keqiao.web.review.actions.checking import Answered, answer, begin, pass_check, refuse, reopen
from keqiao.web.review.actions.following import follow_application

__all__ = ["Answered", "answer", "begin", "follow_application", "pass_check", "refuse", "reopen"]
