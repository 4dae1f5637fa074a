"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.acceptance.models.acceptances import Acceptance, OwedPaper, RowWords
from keqiao.web.acceptance.models.credit import CreditEntry

__all__ = ["Acceptance", "CreditEntry", "OwedPaper", "RowWords"]
