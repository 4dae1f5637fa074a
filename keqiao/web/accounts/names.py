"""What people type in to log in, in the one spelling that is stored."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOBILE = re.compile(r"1[3-9][0-9]{9}")
PUNCTUATION = re.compile(r"[\s\-()（）]")


def clean_phone(text: str) -> str:
    """Return a mainland mobile number as eleven digits; spaces, dashes and +86 are taken off.

    Raises:
        ValidationError: it is no such number.
    """
    digits = PUNCTUATION.sub("", text)
    for prefix in ("+86", "0086", "86"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 11:
            digits = digits.removeprefix(prefix)
    if not MOBILE.fullmatch(digits):
        raise ValidationError(_("请填写 11 位手机号码。"), code="phone.malformed")
    return digits


def clean_email(text: str) -> str:
    """Return a mail address in small letters: two spellings are one mailbox."""
    return text.strip().lower()
