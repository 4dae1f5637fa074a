"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.grants.models.changes import ChangeRequest
from keqiao.web.grants.models.grants import CONDITION_WORDS, Condition, Grant, Instalment
from keqiao.web.grants.models.money import LedgerEntry, Receipt, Settlement

__all__ = [
    "CONDITION_WORDS",
    "ChangeRequest",
    "Condition",
    "Grant",
    "Instalment",
    "LedgerEntry",
    "Receipt",
    "Settlement",
]
