"""How much of a sensitive value is shown to those who may not see it: enough to recognise, too little to use."""

import re
from collections.abc import Callable

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

STAR = "*"
IDENTITY = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
ACCOUNT = re.compile(r"(?<![0-9A-Za-z])[0-9]{12,19}(?![0-9A-Za-z])")
PHONE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86)?(1[3-9][0-9]{9})(?![0-9A-Za-z])")

Mask = Callable[[str], str]


def mask_all(text: str) -> str:
    """Show nothing but that there is a value; its length is not told either."""
    return STAR * 6 if text else ""


def mask_identity_number(text: str) -> str:
    """Show region code and the last four of an 18-digit ID number (``110105********002X``)."""
    return f"{text[:6]}{STAR * 8}{text[-4:]}" if len(text) == 18 else mask_all(text)


def mask_account(text: str) -> str:
    """Show the last four of an account number (``************0019``), of a short one nothing."""
    return f"{STAR * (len(text) - 4)}{text[-4:]}" if len(text) >= 8 else mask_all(text)


def mask_phone(text: str) -> str:
    """Show the first three and last four of a mobile number (``138****1234``), of another one the last two."""
    if PHONE.fullmatch(text):
        return f"{text[-11:-8]}{STAR * 4}{text[-4:]}"
    return f"{STAR * (len(text) - 2)}{text[-2:]}" if len(text) >= 6 else mask_all(text)


def mask_numbers(text: str) -> str:
    """Return ``text`` with every number masked that is an ID number, a bank card or a mobile number.

    ID numbers must pass their check digit (ISO 7064 MOD 11-2) and cards theirs (Luhn): other long numbers, such as
    document numbers and moments, stay readable.
    """
    text = IDENTITY.sub(lambda found: _masked_identity(found[0]), text)
    text = ACCOUNT.sub(lambda found: mask_account(found[0]) if luhn.is_valid(found[0]) else found[0], text)
    return PHONE.sub(lambda found: mask_phone(found[1]), text)


def _masked_identity(number: str) -> str:
    return mask_identity_number(number) if mod_11_2.is_valid(number.upper()) else number
