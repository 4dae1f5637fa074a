"""Numbers of identity papers: 公民身份号码 (GB 11643-1999), residence permits, foreigners' cards, passports.

The number tells the birth date and more than anybody needs; only the birth date is read from it.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.iso7064 import mod_11_2

from keqiao.core.identifiers.malformed import Malformed

PROVINCES = frozenset(
    map(
        str,
        (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71),
    )
)
"""The first two digits of the codes of provinces (GB/T 2260), Taiwan included; 41 is Henan."""
PERMITS = frozenset({"81", "82", "83"})
"""Hong Kong, Macao, Taiwan: 港澳台居民居住证 begin with these instead of a province."""
SHAPE = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,12}")
SEPARATORS = re.compile(r"[\s\-]")
HIDDEN = "*" * 8


class IdentityKind(StrEnum):
    """Which paper a number belongs to."""

    CITIZEN = "citizen"
    PERMIT = "permit"
    FOREIGNER = "foreigner"


@dataclass(frozen=True, slots=True)
class Identity:
    """A number of 18 characters that checks. ``repr`` shows it masked: it must not stand in a log."""

    number: str
    kind: IdentityKind
    birth_date: date

    def __repr__(self) -> str:
        return f"<Identity {masked(self.number)}>"


def read_identity_number(text: str) -> Identity:
    """Return the number in its form of 18 characters, with the birth date.

    A number of the old form (15 digits, issued until 1999) is told in the new one, so that both find the same person;
    it has no check digit, and its holders were born in the 1900s. Foreigners' permanent residence cards (since 2023)
    begin with 9 and check alike.

    Raises:
        Malformed: length or characters, the first two digits, the birth date or the check digit are wrong.
    """
    number = _compact(text)
    if not SHAPE.fullmatch(number):
        raise Malformed("identifier.identity_shape", length=len(number))
    kind = _kind(number)
    if len(number) == 15:
        number = f"{number[:6]}19{number[6:]}"
        number += mod_11_2.calc_check_digit(number)
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as impossible:
        raise Malformed("identifier.identity_birth_date") from impossible
    if not mod_11_2.is_valid(number):
        raise Malformed("identifier.identity_check")
    return Identity(number, kind, born)


def normal_identity_number(text: str) -> str:
    """Return the one spelling by which a number is searched and compared.

    What cannot be read keeps its characters, narrow and in capitals: a search for it finds nothing.
    """
    try:
        return read_identity_number(text).number
    except Malformed:
        return _compact(text)


def clean_passport(text: str) -> str:
    """Return a passport number in narrow capitals: 6 to 12 letters and digits, at least one digit. None checks.

    Raises:
        Malformed: it has another shape.
    """
    number = _compact(text)
    if not PASSPORT.fullmatch(number):
        raise Malformed("identifier.passport_shape")
    return number


def masked(number: str) -> str:
    """Return as much as may be shown: region and the last four (``110105********002X``)."""
    return f"{number[:6]}{HIDDEN}{number[-4:]}" if len(number) == 18 else HIDDEN


def _kind(number: str) -> IdentityKind:
    begins = number[:2]
    if begins in PROVINCES:
        return IdentityKind.CITIZEN
    if len(number) == 18 and begins in PERMITS:
        return IdentityKind.PERMIT
    if len(number) == 18 and number[0] == "9":
        return IdentityKind.FOREIGNER
    raise Malformed("identifier.identity_region", region=begins)


def _compact(text: str) -> str:
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
