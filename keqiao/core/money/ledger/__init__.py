"""The ledger of a grant in fen: entries that are only added, what they add up to, and what must always hold."""

from keqiao.core.money.ledger.account import Account, Instalment, Receipt
from keqiao.core.money.ledger.booking import NotBooked, book, booked
from keqiao.core.money.ledger.entries import (
    Admit,
    Approve,
    AskChange,
    Bounce,
    Claim,
    Close,
    DecideChange,
    Drop,
    Entry,
    Lines,
    Meet,
    Pay,
    Plan,
    Return,
    Waive,
)
from keqiao.core.money.ledger.identities import broken_identities

__all__ = [
    "Account",
    "Admit",
    "Approve",
    "AskChange",
    "Bounce",
    "Claim",
    "Close",
    "DecideChange",
    "Drop",
    "Entry",
    "Instalment",
    "Lines",
    "Meet",
    "NotBooked",
    "Pay",
    "Plan",
    "Receipt",
    "Return",
    "Waive",
    "book",
    "booked",
    "broken_identities",
]
