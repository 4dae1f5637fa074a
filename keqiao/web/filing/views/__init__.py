"""Pages of the room."""

from keqiao.web.filing.views.file import case_file
from keqiao.web.filing.views.mailboxes import close_mailbox, mailbox, mailboxes, new_mailbox
from keqiao.web.filing.views.mails import mail, mails
from keqiao.web.filing.views.papers import papers, papers_of, take_back

__all__ = [
    "case_file",
    "close_mailbox",
    "mail",
    "mailbox",
    "mailboxes",
    "mails",
    "new_mailbox",
    "papers",
    "papers_of",
    "take_back",
]
