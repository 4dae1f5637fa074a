"""Faults of blocks about people and units, and of cells that hold such numbers: part by part, look-alikes told."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from keqiao.core.findings import Finding
from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.parts import parts_of
from keqiao.core.forms.simple import refused, simple_faults, warned
from keqiao.core.identifiers import (
    Malformed,
    clean_credit_code,
    clean_mobile,
    clean_passport,
    clean_postcode,
    read_identity_number,
)
from keqiao.core.programme.forms.fields import PersonField, UnitField

_EMAIL = re.compile(r"[^@\s,;，；、]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LANDLINE = re.compile(
    r"(\(?\+?86\)?-?)?(\(?0[0-9]{2,3}\)?-?)?[1-9][0-9]{6,7}(-[0-9]{1,6}|转[0-9]{1,6})?|[48]00-?[0-9]{3}-?[0-9]{4}"
)
_SEVERAL = re.compile(r"[、，,;；/\n]|\s{2,}|(?<=[0-9]{7}) ")
_ACCOUNT = re.compile(r"[0-9][0-9 -]{6,36}[0-9]")
_LETTERED = re.compile(r"[A-Za-z]")

OPTIONAL = frozenset({"member_number", "postcode", "part"})
"""Parts that not everybody has: they may stay empty in a block that has to be filled."""


def block_faults(field: PersonField | UnitField, value: Any) -> Iterator[Finding]:
    """What is wrong with the block of a person or a unit; ``at`` is the part."""
    if not isinstance(value, Mapping):
        yield refused("form.shape", label=field.label)
        return
    for part, each in parts_of(field).items():
        said = value.get(part)
        if is_empty(said):
            if field.required and part not in OPTIONAL:
                yield replace(refused("form.part_missing", label=field.label, part=each.label), at=(part,))
            continue
        label = f"{field.label}·{each.label}"
        found = [*simple_faults(each, said, label)] or [*lookalikes(part, said, field.label, each.label)]
        yield from (replace(fault, at=(part,)) for fault in found)
    yield from _agreeing(field, value)


def lookalikes(part: str, said: Any, label: str, part_label: str) -> Iterator[Finding]:
    """Is a number what its part says it is? Shapes and check digits of codes, telephones, mailboxes, accounts.

    Nothing for parts that are free words. ``label`` is that of the block or table.
    """
    check = _CHECKS.get(part)
    if check is None or not isinstance(said, str):
        return
    code = check(said)
    if isinstance(code, Finding):
        yield code
    elif code:
        yield refused(code, label=label, part=part_label)


def _agreeing(field: PersonField | UnitField, value: Mapping[str, Any]) -> Iterator[Finding]:
    """The identity number tells the birth date as well."""
    born, number = value.get("birth_date"), value.get("id_number")
    if not isinstance(born, str) or not isinstance(number, str) or "id_number" not in parts_of(field):
        return
    try:
        identity = read_identity_number(number)
    except Malformed:
        return
    if identity.birth_date.isoformat()[: len(born)] != born:
        yield replace(warned("form.birth_date_differs", label=field.label), at=("birth_date",))


def _credit_code(said: str) -> Finding | str:
    return _cleaned(clean_credit_code, said)


def _identity(said: str) -> Finding | str:
    """A passport begins with a letter; everything else is read as an identity number."""
    return _cleaned(clean_passport if _LETTERED.match(said.strip()) else read_identity_number, said)


def _postcode(said: str) -> Finding | str:
    return _cleaned(clean_postcode, said)


def _cleaned(clean: Callable[[str], Any], said: str) -> Finding | str:
    try:
        clean(said)
    except Malformed as malformed:
        return malformed.finding
    return ""


def _phone(said: str) -> str:
    """Several numbers may stand there; every one has to be a mobile or a telephone number."""
    numbers = [
        re.sub(r"[\s—–]", lambda gap: "" if gap[0].isspace() else "-", each) for each in _SEVERAL.split(said)
    ]
    return "" if all(map(_is_phone, filter(None, numbers))) else "form.phone_shape"


def _is_phone(number: str) -> bool:
    if _LANDLINE.fullmatch(number):
        return True
    try:
        clean_mobile(number)
    except Malformed:
        return False
    return True


def _email(said: str) -> str:
    addresses = [each.strip() for each in re.split(r"[、，,;；\s]+", said) if each.strip()]
    return "" if all(map(_EMAIL.fullmatch, addresses)) else "form.email_shape"


def _account(said: str) -> str:
    return (
        ""
        if _ACCOUNT.fullmatch(said.strip()) and 8 <= sum(map(str.isdigit, said)) <= 30
        else "form.account_shape"
    )


_CHECKS: Mapping[str, Callable[[str], Finding | str]] = {
    "credit_code": _credit_code,
    "id_number": _identity,
    "postcode": _postcode,
    "phone": _phone,
    "email": _email,
    "account_number": _account,
}
