"""Put accepted changes into a programme."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from keqiao.core.programme.amending.asked import Moment, Money, Number, Said, Words
from keqiao.core.programme.amending.comparing import is_equal
from keqiao.core.programme.amending.spots import Address, nodes_of, spots_of, texts_of
from keqiao.core.programme.papers import Document
from keqiao.core.programme.types import Programme

Values = dict[str, Any]


class Gone(LookupError):
    """The programme has no such part (any more)."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A change that an officer took over: the value ``after`` at ``address``.

    With ``entry``, that entry is added to the list there; with ``removes``, the part is taken away.
    """

    address: Address
    after: Said | None = None
    entry: Mapping[str, Any] | None = None
    removes: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that the changes come from: its document, and the clause that statements name as their source."""

    document: Document
    clause: str


def amended(programme: Programme, accepted: Iterable[Accepted], notice: Notice | None = None) -> Programme:
    """Return ``programme`` with every accepted change made; what is not named stays as it is.

    With a ``notice``, its document becomes one of the programme's, and what it changed names it as its source.

    Raises:
        Gone: a change is about a part that the programme does not have.
        pydantic.ValidationError: the outcome is no programme.
    """
    values = programme.model_dump(mode="json", exclude_defaults=True)
    for change in _last_first(list(accepted)):
        if change.removes:
            _remove(values, change.address)
            continue
        if change.entry is not None:
            stated = _add(values, change.address, change.entry)
        elif change.after is not None:
            stated = _set(_node(values, change.address.node), change.address, change.after)
        else:
            continue
        if notice is not None and change.address.slot not in _WITHOUT_SOURCE:
            stated["source"] = {"clause": notice.clause, "document": notice.document.id}
    if notice is not None:
        values.setdefault("documents", []).append(notice.document.model_dump(exclude_none=True))
    return Programme.model_validate(values)


def stands(programme: Programme, change: Accepted) -> bool:
    """Does ``programme`` say what ``change`` asked for?"""
    nodes = {node.identifier: node for node in nodes_of(programme)}
    node = nodes.get(change.address.node)
    if change.entry is not None:
        entries = getattr(node.terms, change.address.slot, ()) if node else ()
        return any(getattr(entry, "name", None) == change.entry["name"] for entry in entries)
    if change.removes and not change.address.slot:
        return node is None
    values = (*spots_of(programme), *texts_of(programme))
    said = next((spot.said for spot in values if spot.address == change.address), None)
    return said is not None and change.after is not None and is_equal(change.after, said)


_WITHOUT_SOURCE = frozenset({"head", "attachments"})


def _last_first(ordered: list[Accepted]) -> list[Accepted]:
    """What goes, goes last, so that positions hold; of several entries of one list the last one first."""
    kept = [change for change in ordered if not change.removes]
    gone = [change for change in ordered if change.removes]
    return kept + sorted(gone, key=lambda change: _number(change.address.entry), reverse=True)


def _number(entry: str) -> int:
    return int(entry[1:]) if re.fullmatch(r"@\d{1,6}", entry) else -1


def _node(values: Values, identifier: str) -> Values:
    if not identifier:
        return values
    tracks: list[Values] = values.get("tracks", [])
    for track in tracks:
        if track["id"] == identifier:
            return track
    found = _category(values, identifier)
    if found is None:
        raise Gone(identifier)
    return found[0][found[1]]


def _category(values: Values, identifier: str) -> tuple[list[Values], int] | None:
    siblings = values.get("categories", [])
    for position, category in enumerate(siblings):
        if category["id"] == identifier:
            return siblings, position
        if found := _category(category, identifier):
            return found
    return None


def _remove(values: Values, address: Address) -> None:
    if address.slot:
        node = _node(values, address.node)
        entries = node.get(address.slot, [])
        del entries[_position(entries, address.entry)]
        return
    found = _category(values, address.node)
    if found is None:
        raise Gone(address.node)
    del found[0][found[1]]


def _add(values: Values, address: Address, entry: Mapping[str, Any]) -> Values:
    node = _node(values, address.node)
    entries = node.setdefault(address.slot, [])
    made = dict(entry)
    if address.slot == "categories" and "id" not in made:
        made["id"] = _free_id(values, f"{address.node}.c" if address.node else "c", len(entries))
    entries.append(made)
    return made


def _free_id(values: Values, prefix: str, start: int) -> str:
    number = start + 1
    while _category(values, f"{prefix}{number}"):
        number += 1
    return f"{prefix}{number}"


def _position(entries: list[Any], entry: str) -> int:
    if re.fullmatch(r"@\d{1,6}", entry):
        if _number(entry) < len(entries):
            return _number(entry)
    else:
        for position, found in enumerate(entries):
            if isinstance(found, dict) and found.get("id") == entry:
                return position
    raise Gone(entry)


def _set(node: Values, address: Address, after: Said) -> Values:
    """Write one value and return the statement it is in; remarks on how the old words were read go with them."""
    slot = address.slot
    if slot == "head":
        node[address.field] = _text_of(after)
        return node
    if slot in ("deadline", "completion", "opens") and isinstance(after, Moment):
        node[slot] = _day(node.get(slot, {}), after)
    elif slot == "funding" and isinstance(after, Money):
        node[slot] = _funding(node.get(slot, {}), address.field, after)
    elif slot == "places" and isinstance(after, Number):
        node[slot] = _places(node.get(slot, {}), after)
    else:
        entry = _entry(node, address)
        _set_field(entry, address, after)
        return entry
    stated: Values = node[slot]
    return stated


def _entry(node: Values, address: Address) -> Values:
    if not address.entry:
        statement: Values = node.setdefault(address.slot, {})
        return statement
    entries: list[Values] = node.get(address.slot, [])
    return entries[_position(entries, address.entry)]


def _without_remarks(stated: Values) -> Values:
    return {k: v for k, v in stated.items() if k not in ("reading", "source", "needs_answer", "invented")}


def _day(stated: Values, after: Moment) -> Values:
    day = {**_without_remarks(stated), "on": after.on.isoformat()}
    day.pop("at", None)
    if after.at is not None:
        day["at"] = after.at.strftime("%H:%M")
    return day


def _funding(stated: Values, field: str, after: Money) -> Values:
    kept = _without_remarks(stated)
    if field == "total":
        return {**kept, "total_fen": after.high_fen}
    kept = {key: value for key, value in kept.items() if key in ("per", "total_fen")}
    if after.ceiling:
        return {**kept, "kind": "ceiling", "max_fen": after.high_fen}
    if after.low_fen == after.high_fen:
        return {**kept, "kind": "fixed", "amount_fen": after.low_fen}
    return {**kept, "kind": "range", "min_fen": after.low_fen, "max_fen": after.high_fen}


def _places(stated: Values, after: Number) -> Values:
    kept = {k: v for k, v in _without_remarks(stated).items() if k not in ("count", "min", "max")}
    if after.high is not None:
        return {**kept, "min": int(after.value), "max": int(after.high)}
    if "count" not in stated and ("max" in stated) != ("min" in stated):
        return {**kept, ("max" if "max" in stated else "min"): int(after.value)}
    return {**kept, "count": int(after.value)}


def _set_field(entry: Values, address: Address, after: Said) -> None:
    target: Any = entry
    *steps, last = address.field.split(".")
    for step in steps:
        target = target[int(step)] if isinstance(target, list) else target[step]
    value = _plain(after)
    if isinstance(target, list):
        target[int(last)] = value
        return
    if last in ("date", "finish_by") and isinstance(after, Moment):
        _reword(entry, target.get(last), after)
        if after.at is not None and last == "date":
            target["hour"] = after.at.strftime("%H:%M")
        else:
            target.pop("hour", None)
    target[last] = value
    entry.pop("reading", None)


def _reword(rule: Values, standing: object, after: Moment) -> None:
    """The summary of a rule about a day names the day: it names the new one."""
    if not isinstance(standing, str) or "summary" not in rule:
        return
    old, new = date.fromisoformat(standing), after.on
    whole = f"{old.year}年{old.month}月{old.day}日"
    summary = rule["summary"].replace(whole, f"{new.year}年{new.month}月{new.day}日")
    rule["summary"] = summary.replace(f"{old.month}月{old.day}日", f"{new.month}月{new.day}日")


def _text_of(after: Said) -> str:
    if isinstance(after, Words):
        return after.text
    raise Gone("text")


def _plain(after: Said) -> Any:
    if isinstance(after, Moment):
        return after.on.isoformat()
    if isinstance(after, Number):
        return int(after.value) if after.value == after.value.to_integral_value() else str(after.value)
    if isinstance(after, Words):
        return after.text
    raise Gone("value")
