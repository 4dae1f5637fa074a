"""Reads mails as they came from outside: nothing in them is believed."""

from keqiao.readers.mail.parsed import Attached, ParsedMail
from keqiao.readers.mail.uploaded import read_mail

__all__ = ["Attached", "ParsedMail", "read_mail"]
