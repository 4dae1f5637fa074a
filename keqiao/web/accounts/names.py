"""What people type in to log in, in the one spelling that is stored."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.core.identifiers import Malformed, clean_mobile


def clean_phone(text: str) -> str:
    """Return a mainland mobile number as eleven digits; spaces, dashes and +86 are taken off.

    Raises:
        ValidationError: it is no such number.
    """
    try:
        return clean_mobile(text)
    except Malformed as wrong:
        raise ValidationError(_("请填写 11 位手机号码。"), code="phone.malformed") from wrong


def clean_email(text: str) -> str:
    """Return a mail address in small letters: two spellings are one mailbox."""
    return text.strip().lower()
