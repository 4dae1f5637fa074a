"""Pages of the room."""

from keqiao.web.filing.views.file import case_file
from keqiao.web.filing.views.mailboxes import close_mailbox, mailbox, mailboxes, new_mailbox
from keqiao.web.filing.views.mails import mail, mails
from keqiao.web.filing.views.papers import papers, papers_of, take_back
from keqiao.web.filing.views.scans import (
    attach_scan,
    scan,
    scan_original,
    scan_picture,
    set_scan_aside,
)
from keqiao.web.filing.views.stamped import bring, print_page, stamped

__all__ = [
    "attach_scan",
    "bring",
    "case_file",
    "close_mailbox",
    "mail",
    "mailbox",
    "mailboxes",
    "mails",
    "new_mailbox",
    "papers",
    "papers_of",
    "print_page",
    "scan",
    "scan_original",
    "scan_picture",
    "set_scan_aside",
    "stamped",
    "take_back",
]
