"""Invented values that a demonstration adds to a definition, kept apart from what the document states.

A file of additions names its programme and lists, node by node, what it adds::

    programme: henan-2023
    additions:
      - at: tuoju                # id of a category or track; left out: the whole programme
        reason: 演示用：……        # becomes the reading of every added statement
        answers: [completion]    # the open questions that it settles
        state: {completion: {on: 2024-12-31}}

Only gaps are filled. Lists grow; an entry with a known id adds what that entry leaves open, and the fields of a form
grow in their turn. A form that names a ready-made one (``ready_made``) becomes a copy of it, changed by the fields that
the addition states (``readers.ready_forms.adapted``).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from keqiao.core.programme.facts import is_placeholder
from keqiao.core.programme.types import Programme
from keqiao.readers.ready_forms import adapted
from keqiao.readers.yaml_lines import read_yaml

Data = dict[str, Any]

_KEYS = {"at", "reason", "answers", "state"}


class UnsoundAdditions(ValueError):
    """A file of additions is broken, names what the definition does not have, or would change what it states."""


def with_additions(programme: Programme, text: str) -> Programme:
    """``programme`` with the additions of ``text``, each marked ``invented``.

    Raises:
        UnsoundAdditions: the text is no file of additions for this programme.
    """
    data = programme.model_dump(mode="python", exclude_defaults=True)
    nodes = dict(_nodes(data))
    for addition in _additions(text, programme.id):
        at = addition.get("at")
        if at not in nodes:
            raise UnsoundAdditions(f"{programme.id}: no category or track has the id {at}")
        _settle(nodes[at], addition)
        _fill(nodes[at], addition.get("state") or {}, str(addition.get("reason") or ""), at or programme.id)
    try:
        return Programme.model_validate(data)
    except ValidationError as error:
        raise UnsoundAdditions(f"{programme.id}: {error}") from error


def _additions(text: str, identifier: str) -> list[Data]:
    yaml = read_yaml(text)
    if yaml.faults or not isinstance(yaml.value, dict):
        raise UnsoundAdditions(f"{identifier}: {[fault.finding.code for fault in yaml.faults]}")
    if yaml.value.get("programme") != identifier:
        raise UnsoundAdditions(f"{identifier}: the additions are for {yaml.value.get('programme')}")
    additions: list[Data] = yaml.value.get("additions") or []
    for addition in additions:
        if unknown := set(addition) - _KEYS:
            raise UnsoundAdditions(f"{identifier}: unknown names {sorted(unknown)}")
    return additions


def _nodes(data: Data) -> Iterator[tuple[str | None, Data]]:
    """The programme under None, its tracks and categories under their ids."""
    yield None, data
    waiting = [data]
    while waiting:
        for node in _listed(waiting.pop(), "categories", "tracks"):
            yield node["id"], node
            waiting.append(node)


def _listed(data: Data, *names: str) -> list[Data]:
    """The entries of the lists ``names``, which are turned from tuples into lists on the way."""
    found: list[Data] = []
    for name in names:
        if name in data:
            data[name] = list(data[name])
            found += data[name]
    return found


def _settle(node: Data, addition: Data) -> None:
    answered = set(addition.get("answers") or ())
    asked = {question["about"] for question in node.get("open_questions", ())}
    if unasked := answered - asked:
        raise UnsoundAdditions(f"{addition.get('at')}: nothing is asked about {sorted(unasked)}")
    node["open_questions"] = [q for q in node.get("open_questions", ()) if q["about"] not in answered]


def _fill(node: Data, state: Mapping[str, Any], reason: str, where: str) -> None:
    for name, value in state.items():
        if _holds_statements(value):
            entries = list(node.get(name, ()))
            for entry in value:
                _add_entry(entries, entry, reason, f"{where}.{name}")
            node[name] = entries
        elif name in node:
            raise UnsoundAdditions(f"{where}.{name} is stated already")
        else:
            node[name] = _marked(value, reason) if isinstance(value, dict) else value


def _holds_statements(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


def _add_entry(entries: list[Data], entry: Data, reason: str, where: str) -> None:
    known = next((i for i, e in enumerate(entries) if "id" in entry and e.get("id") == entry["id"]), None)
    stated = {} if known is None else entries[known]
    entry = _copied(entry, stated, where)
    if known is None:
        entries.append(_marked(entry, reason))
        return
    for name in entry:
        if name != "id" and name in stated and not (is_placeholder(stated[name]) or _grows(entry, name)):
            raise UnsoundAdditions(f"{where}.{entry['id']}.{name} is stated already")
    settled = {name: value for name, value in stated.items() if name != "needs_answer"}
    reading = " ".join(filter(None, (stated.get("reading"), reason)))
    entries[known] = _marked({**settled, **entry, "reading": reading}, reason)


def _copied(entry: Data, stated: Data, where: str) -> Data:
    """The entry with the ready-made form that it names, or with its fields behind those that are stated already."""
    if "ready_made" in entry:
        try:
            return adapted(entry, stated)
        except KeyError as missing:
            raise UnsoundAdditions(
                f"{where}.{entry['id']}: no form or field has the id {missing}"
            ) from missing
    if not _grows(entry, "fields"):
        return entry
    fields = [*stated.get("fields", ()), *entry["fields"]]
    ids = [field["id"] for field in fields]
    if repeated := sorted({each for each in ids if ids.count(each) > 1}):
        raise UnsoundAdditions(f"{where}.{entry['id']}.fields: {repeated} is stated already")
    return {**entry, "fields": fields}


def _grows(entry: Data, name: str) -> bool:
    """Are these fields that a form gains beside those it states? A copy of a ready-made form has them all."""
    return name == "fields" and "ready_made" not in entry and _holds_statements(entry.get(name))


def _marked(value: Data, reason: str) -> Data:
    told = {"reading": reason} if reason and not value.get("reading") else {}
    return {**value, **told, "invented": True}
