"""Tables of the room: signature pages and the pictures of them, mailboxes and filed mails, the register of paper."""

from keqiao.web.filing.models.mailbox import (
    MAIL_STATE_WORDS,
    Enclosure,
    Mail,
    Mailbox,
    Security,
)
from keqiao.web.filing.models.papers import Delivery, PaperReceipt
from keqiao.web.filing.models.stamped import STATE_WORDS, Scan, Seal, SignaturePage, Way

__all__ = [
    "MAIL_STATE_WORDS",
    "STATE_WORDS",
    "Delivery",
    "Enclosure",
    "Mail",
    "Mailbox",
    "PaperReceipt",
    "Scan",
    "Seal",
    "Security",
    "SignaturePage",
    "Way",
]
