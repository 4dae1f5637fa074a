"""The whole flat reading: its document, its offices and tracks, its tree."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from keqiao.core.programme.filing import Channel, Filing
from keqiao.core.programme.papers import Document
from keqiao.core.programme.parties import Office
from keqiao.core.programme.selection import Bundle, BundleChild, WhichOfSeveral
from keqiao.core.programme.terms import OpenQuestion
from keqiao.core.programme.types import Attachment, Category, Programme, ProgrammeKind, Track
from keqiao.readers.reading.rules import rule_from
from keqiao.readers.reading.terms import deadline_from, terms_from
from keqiao.readers.reading.values import bare_name, excerpt, mapping, possible_date, text, texts, whole

Flat = Mapping[str, Any]

YEARS = range(1950, 2201)


def programme_from_reading(flat: Flat, *, id: str) -> Programme:  # noqa: A002 (the name callers know)
    """The definition that a flat reading describes; ``id`` becomes the id of the programme.

    Categories, rules and targets get ids by their position (``c1.2``, ``c1.2.r1``, ``c1.2.t3``). Rules keep
    an id of the reading where it is usable. Statements that cannot be placed become open questions or
    ``needs_answer``.
    """
    document, entries = _rules_where_they_hold(
        mapping(flat.get("document")), _mappings(flat.get("categories"))
    )
    offices = _Offices()
    for contact in _mappings(document.get("contacts")):
        offices.add(contact)
    tracks = _tracks(document)
    roots = _tree(entries)
    ids_by_name = {bare_name(node.names[-1]): node.identifier for node in _nodes(roots)}
    tracks_by_name = {bare_name(track.name): track.id for track in tracks}
    categories = tuple(_category(node, offices, ids_by_name, tracks_by_name) for node in roots)
    return Programme(
        id=id,
        **_about(document, id),
        rules=_general_rules(document),
        deadline=deadline_from(document.get("deadline")),
        filing=_filing(document),
        open_questions=_questions(document),
        tracks=tracks,
        categories=categories,
        office_list=offices.found(),
    )


def _mappings(value: object) -> list[Flat]:
    entries = value if isinstance(value, list) else []
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _rules_where_they_hold(document: Flat, entries: list[Flat]) -> tuple[Flat, Sequence[Flat]]:
    """Move general rules that apply to one category, by its name, to the conditions of that category."""
    found = [dict(entry) for entry in entries]
    by_name = {
        bare_name(texts(e.get("path") or ("",))[-1]): e for e in reversed(found) if texts(e.get("path") or ())
    }
    general = []
    for rule in _mappings(document.get("general_rules")):
        formal = dict(mapping(rule.get("formal")))
        names = texts(formal.get("applies_to") or ())
        target = by_name.get(bare_name(names[0])) if len(names) == 1 else None
        if target is None:
            general.append(rule)
            continue
        del formal["applies_to"]
        moved = {"summary_zh": rule.get("text_summary_zh"), "formal": formal, "cite": rule.get("cite")}
        target["conditions"] = [*_mappings(target.get("conditions")), moved]
    return {**document, "general_rules": general}, found


def _about(document: Flat, identifier: str) -> dict[str, Any]:
    title = text(document.get("title"))
    kind = document.get("kind") if document.get("kind") in get_args(ProgrammeKind) else "call"
    issued = possible_date(document.get("issue_date"))
    year = whole(document.get("year"))
    return {
        "title": title or identifier,
        "kind": kind,
        "year": year if year in YEARS else None,
        "region": text(document.get("region")),
        "issuers": texts(document.get("issuers") or ()),
        "addressees": texts(document.get("addressees") or ()),
        "document_number": text(document.get("document_number")),
        "issue_date": None if isinstance(issued, str) else issued,
        "documents": (Document(id="notice", title=title),) if title else (),
        "attachments": tuple(Attachment(title=name) for name in texts(document.get("attachments") or ())),
    }


def _general_rules(document: Flat) -> tuple[Any, ...]:
    taken: set[str] = set()
    rules = []
    for number, flat in enumerate(_mappings(document.get("general_rules")), start=1):
        given = str(flat.get("id") or "")
        usable = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,79}", given) and given not in taken
        identifier = given if usable else f"r{number}"
        taken.add(identifier)
        rules.append(rule_from(flat, identifier))
    return tuple(rules)


def _filing(document: Flat) -> Filing | None:
    stated = document.get("copies")
    copies = whole(stated.get("paper") if isinstance(stated, Mapping) else stated)
    notes = text(stated.get("notes")) if isinstance(stated, Mapping) else None
    channels = tuple(c for c in texts(document.get("channels") or ()) if c in get_args(Channel))
    if copies is None and notes is None and not channels:
        return None
    return Filing(copies=copies, notes=notes, channels=channels)


def _questions(document: Flat) -> tuple[OpenQuestion, ...]:
    asked = []
    if not text(document.get("title")):
        asked.append(OpenQuestion(about="other", question="没有读出标题，请填写。", needs_answer=True))
    if document.get("deadline") and deadline_from(document["deadline"]) is None:
        words = excerpt(document["deadline"])
        asked.append(
            OpenQuestion(about="deadline", question=f"截止日期读作“{words}”，请核对。", needs_answer=True)
        )
    return tuple(asked)


def _tracks(document: Flat) -> tuple[Track, ...]:
    stated = document.get("deadlines_by_track")
    entries = stated.items() if isinstance(stated, Mapping) else ()
    return tuple(
        Track(id=f"track-{n}", name=text(name) or f"track-{n}", deadline=deadline_from(day))
        for n, (name, day) in enumerate(entries, start=1)
    )


@dataclass
class _Offices:
    """The offices of a call, each once: a contact that repeats part of a known office is that office."""

    entries: list[Office] = field(default_factory=list)

    def add(self, flat: Flat) -> str | None:
        """The id of the office that ``flat`` describes; None where it has neither name nor number."""
        phones = texts(flat.get("phones") or ()) + texts(flat.get("phone") or ())
        emails = texts(flat.get("email") or ()) + texts(flat.get("emails") or ())
        named = {key: text(flat.get(key)) for key in ("department", "name", "address", "scope")}
        for office in self.entries:
            if _is_part_of(phones, emails, named, office):
                return office.id
        if not phones and not emails and not any(named.values()):
            return None
        identifier = f"office-{len(self.entries) + 1}"
        self.entries.append(Office(id=identifier, phones=phones, emails=emails, **named))
        return identifier

    def found(self) -> tuple[Office, ...]:
        """All offices, in the order in which they were first named."""
        return tuple(self.entries)


def _is_part_of(
    phones: tuple[str, ...], emails: tuple[str, ...], named: Mapping[str, str | None], office: Office
) -> bool:
    if not phones and not emails:
        return False
    same_names = all(value in (None, getattr(office, key)) for key, value in named.items())
    return same_names and set(phones) <= set(office.phones) and set(emails) <= set(office.emails)


@dataclass
class _Node:
    """A category while the tree grows; ``flat`` is empty for one that is only named in a path below it."""

    names: tuple[str, ...]
    identifier: str
    flat: Flat
    children: list["_Node"] = field(default_factory=list)


def _tree(entries: Iterable[Flat]) -> list[_Node]:
    roots: list[_Node] = []
    latest: dict[tuple[str, ...], _Node] = {}
    for flat in entries:
        names = texts(flat.get("path") or ())
        if names:
            _grow(roots, latest, names, flat)
    return roots


def _grow(
    roots: list[_Node], latest: dict[tuple[str, ...], _Node], names: tuple[str, ...], flat: Flat
) -> None:
    if len(names) > 1 and names[:-1] not in latest:
        _grow(roots, latest, names[:-1], {})
    parent = latest.get(names[:-1])
    siblings = parent.children if parent else roots
    prefix = f"{parent.identifier}." if parent else "c"
    node = _Node(names, f"{prefix}{len(siblings) + 1}", flat)
    siblings.append(node)
    latest[names] = node


def _nodes(nodes: Iterable[_Node]) -> Iterable[_Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


def _category(
    node: _Node, offices: _Offices, ids_by_name: Mapping[str, str], tracks_by_name: Mapping[str, str]
) -> Category:
    served = [found for c in _mappings(node.flat.get("contacts")) if (found := offices.add(c))]
    return Category(
        id=node.identifier,
        name=node.names[-1],
        code=text(node.flat.get("code")),
        track=tracks_by_name.get(bare_name(node.names[-1])),
        offices=tuple(dict.fromkeys(served)),
        bundle=_bundle(node.flat.get("bundle"), ids_by_name),
        **terms_from(node.flat, node.identifier),
        categories=tuple(_category(child, offices, ids_by_name, tracks_by_name) for child in node.children),
    )


def _bundle(flat: object, ids_by_name: Mapping[str, str]) -> Bundle | None:
    names = texts(flat.get("must_also_apply") or ()) if isinstance(flat, Mapping) else ()
    if not names or not isinstance(flat, Mapping):
        return None
    return Bundle(
        children=tuple(BundleChild(name=name, category=ids_by_name.get(bare_name(name))) for name in names),
        open_list=bool(flat.get("open_list")),
        which_of_several=_several(flat.get("when_several"), ids_by_name),
    )


def _several(flat: object, ids_by_name: Mapping[str, str]) -> WhichOfSeveral | None:
    if not isinstance(flat, Mapping):
        return None
    named = (ids_by_name.get(bare_name(name)) for name in texts(flat.get("category") or ()))
    return WhichOfSeveral(
        categories=tuple(found for found in named if found), applied=max(whole(flat.get("applied")) or 2, 2)
    )
