"""What a flat reading states, as lines that can be counted and compared."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from keqiao.readers.reading.values import bare_name, months

Flat = dict[str, Any]

NUMBERS = (
    "max", "min", "extra", "years", "rounds", "value", "born_after", "level", "years_min", "months_min",
    "experience_years", "days", "months", "start", "finish_by", "date", "month", "day", "registered_years_min",
    "before", "min_units", "copies",
)  # fmt: skip
AMOUNTS = ("amount_yuan", "min_yuan", "max_yuan", "total_yuan")


def stated(flat: Flat, *, placed: bool = False) -> Counter[str]:
    """One line for each statement that has a name or a number; wording of rules and targets is left out.

    ``placed``: rules say for which category they are; those of the whole call and of a part of it that has
    categories of its own are told together, since both may state them.
    """
    categories = flat.get("categories") or ()
    parts = {category["path"][0] for category in categories if len(category["path"]) > 1}
    lines = [*_of_document(flat.get("document") or {}), *sorted(_contacts(flat))]
    for category in categories:
        of_a_part = len(category["path"]) == 1 and category["path"][0] in parts
        lines += [
            _rule(rule, "" if of_a_part or not placed else _path(category)) for rule in _rules(category)
        ]
        lines += _of_category(category)
    return Counter(unicodedata.normalize("NFKC", line) for line in lines)


def _rules(category: Flat) -> list[Flat]:
    return [condition["formal"] for condition in category.get("conditions") or ()]


def _path(category: Flat) -> str:
    return " / ".join(bare_name(name) for name in category["path"])


def _of_document(document: Flat) -> Iterator[str]:
    for name in ("document_number", "issue_date", "region", "year", "deadline"):
        if document.get(name):
            yield f"{name}: {document[name]}"
    for issuer in document.get("issuers") or ():
        yield f"issuer: {issuer}"
    for track, day in (document.get("deadlines_by_track") or {}).items():
        yield f"deadline of {bare_name(track)}: {day}"
    if (document.get("copies") or {}).get("paper") is not None:
        yield f"copies: {document['copies'].get('paper')}"
    for rule in document.get("general_rules") or ():
        yield _rule(rule["formal"], "")


def _contacts(flat: Flat) -> set[str]:
    """The telephones and mailboxes of the call and of its categories, each once."""
    lines = set()
    for node in (flat.get("document") or {}, *(flat.get("categories") or ())):
        for contact in node.get("contacts") or ():
            lines |= {f"phone: {phone}" for phone in contact.get("phones") or ()}
            mails = [contact.get("email"), *(contact.get("emails") or ())]
            lines |= {f"mailbox: {mail}" for mail in mails if mail}
    return lines


def _of_category(category: Flat) -> Iterator[str]:
    path = _path(category)
    yield f"category: {path}"
    yield from (
        f"applicants of {path}: {kind.lstrip('各')}" for kind in category.get("applicant_kinds") or ()
    )
    if category.get("per_unit_limit"):
        yield f"limit of {path}: {category['per_unit_limit']} per unit"
    yield from _of_money(category, path)
    if category.get("completion_date"):
        yield f"completion of {path}: {category['completion_date']}"
    if category.get("term"):
        yield f"term of {path}: {months(category['term'])} months"
    yield from (f"target of {path}: {_target(target)}" for target in category.get("kpis") or ())
    for name in (category.get("bundle") or {}).get("must_also_apply", ()):
        yield f"bundle of {path}: {bare_name(name)}"


def _of_money(category: Flat, path: str) -> Iterator[str]:
    funding = category.get("funding")
    if funding:
        amounts = " ".join(f"{key}={funding[key]:g}" for key in AMOUNTS if funding.get(key) is not None)
        yield f"money of {path}: {funding['kind']} {amounts}"
    places = category.get("slots")
    if places:
        yield f"places of {path}: {' '.join(f'{k}={v}' for k, v in sorted(places.items()) if v is not None)}"


def _target(target: Flat) -> str:
    comparator = {"==": ">="}.get(target["comparator"], target["comparator"])
    words = [comparator, f"{target['value']:g}", target.get("unit") or "", target.get("per") or ""]
    return " ".join(word for word in words if word)


def _rule(formal: Flat, place: str) -> str:
    formal = {**formal, "years": formal.get("years", formal.get("years_back"))}
    numbers = " ".join(f"{key}={formal[key]}" for key in NUMBERS if formal.get(key) is not None)
    return f"rule{' of ' if place else ''}{place}: {formal['type']} {numbers}".rstrip()
