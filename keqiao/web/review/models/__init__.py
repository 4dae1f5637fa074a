"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.review.models.checks import SAID_WORDS, CheckAnswer, FormalCheck

__all__ = ["SAID_WORDS", "CheckAnswer", "FormalCheck"]
