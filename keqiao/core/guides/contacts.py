"""Whom to ask: contacts of the call, of a track, of a category."""

import re
from collections.abc import Sequence
from typing import Any

from keqiao.core.guides.facts import Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.quantities.addresses import read_address, read_mails, read_names, read_phones

_LABEL = r"(?:联系部门|责任部室|责任部门|咨询部门|受理部门)?"
_OFFICE = r"(?:部|室|处|科|中心|办|股|站|司)"
_DEPARTMENT = re.compile(rf"^{_LABEL}:?(?P<name>[\u4e00-\u9fff]{{2,14}}{_OFFICE})(?=[,;:( ]|$)")


def read_contacts(pieces: Sequence[Piece], path: tuple[str, ...]) -> list[Fact]:
    """Return the contacts in the pieces of one contact slot; a new name or department starts a new contact."""
    groups: list[dict[str, Any]] = []
    words: list[Piece] = []
    for piece in pieces:
        found = _details(piece)
        if not found:
            continue
        if not groups or _starts(found, groups[-1]):
            groups.append({})
            words.append(piece)
        for key, value in found.items():
            known = groups[-1].get(key)
            groups[-1][key] = (
                [*known, *(v for v in value if v not in known)] if isinstance(known, list) else value
            )
    contacts = [Fact("contact", path, group, piece) for group, piece in zip(groups, words, strict=True)]
    known = {fact.value.get("email") for fact in contacts}
    more = [(mail, piece) for piece in pieces for mail in read_mails(piece.text) if mail not in known]
    return [*contacts, *(Fact("contact", path, {"email": mail}, piece) for mail, piece in more)]


def _starts(found: dict[str, Any], group: dict[str, Any]) -> bool:
    return any(key in found and key in group and found[key] != group[key] for key in ("name", "department"))


def _details(piece: Piece) -> dict[str, Any]:
    line = piece.line.text
    label = line[max(0, piece.start - 10) : piece.start]
    text = f"{label}{piece.text}"
    found: dict[str, Any] = {}
    if match := _DEPARTMENT.match(piece.text):
        found["department"] = match["name"]
    if names := read_names(text):
        found["name"] = "、".join(names)
    if phones := read_phones(text):
        found["phones"] = phones
    if mails := read_mails(text):
        found["email"] = mails[0]
    if address := read_address(text):
        found["address"] = address
    return found
