"""Regulations in definitions: which rules ask for one, what is taken over from the library, what is newer there.

What was taken over is a copy: a published call says for ever what it said. ``library`` names the version it
came from (``regulations.models.Version.reference``).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.types import Programme
from keqiao.web.programmes import permissions
from keqiao.web.programmes.definitions import Values, copy_of
from keqiao.web.programmes.models import Call, Draft, Revision
from keqiao.web.programmes.parts import NotThere, free_id, nodes
from keqiao.web.programmes.proofreading.doubts import Doubt, spot_at
from keqiao.web.regulations.queries import held_in, newer_than, place_of
from keqiao.web.regulations.uses import References, Use, register

LibraryRegulation = Any  # rows of room regulations: its queries hand them out, its tables stay there
LibraryVersion = Any

SLOT = "regulations"
CONFORM = "conform"
COPIED = ("title", "number", "issued_by", "version", "requirements", "by_kind", "library")
"""What an entry of a definition takes over; its id, its place in the document and its reading stay."""


@dataclass(frozen=True, slots=True)
class ConformRule:
    """A rule that asks for a regulation: where it stands, its words, the regulation it names ("" if none)."""

    id: str
    where: str
    words: str
    to: str
    regulation: str


def conform_rules(values: Values) -> list[ConformRule]:
    """Return the rules of a definition that ask for a regulation, in its order."""
    return [
        ConformRule(
            rule["id"],
            str(stated.get("name") or ""),
            str(rule.get("summary", "")),
            str(rule.get("to", "")),
            str(rule.get("regulation") or ""),
        )
        for _node, stated in nodes(values)
        for rule in _conform_rules(stated)
    ]


def entry_of(version: LibraryVersion) -> Values:
    """Return what a definition takes over of a version; what it does not state is left out."""
    regulation = version.regulation
    taken = {
        "title": regulation.title,
        "number": version.document_number,
        "issued_by": list(regulation.issued_by),
        "version": version.label,
        "requirements": list(version.requirements),
        "by_kind": copy_of(version.by_kind),
        "library": version.reference,
    }
    return {name: value for name, value in taken.items() if value}


def entry_taken_from(values: Values, version: LibraryVersion) -> Values | None:
    """Return the entry of a definition that ``version`` belongs into: taken from any version of the same
    regulation, or of the same title.
    """
    entries = values.get(SLOT) or []
    for entry in entries:
        place = place_of(entry.get("library"))
        if place is not None and place[0] == version.regulation_id:
            return entry
    return next((entry for entry in entries if _bare(entry["title"]) == version.regulation.title), None)


def with_regulation(values: Values, version: LibraryVersion, rules: Collection[str]) -> tuple[Values, str]:
    """Return values that have taken ``version`` over and whose ``rules`` name it, and the id of the entry.

    Raises:
        NotThere: one of the rules is gone, or asks for no regulation.
    """
    changed = copy_of(values)
    entry = entry_taken_from(changed, version)
    if entry is None:
        entry = {"id": free_id(changed, "", SLOT)}
        changed.setdefault(SLOT, []).append(entry)
    for name in COPIED:
        entry.pop(name, None)
    entry.update(entry_of(version))
    asking = {rule["id"]: rule for _node, stated in nodes(changed) for rule in _conform_rules(stated)}
    for rule in rules:
        if rule not in asking:
            raise NotThere(rule)
        asking[rule]["regulation"] = entry["id"]
    return changed, str(entry["id"])


def of_own_library(programme: Programme, association_id: UUID) -> Programme:
    """Return a definition that comes from elsewhere without references to libraries that are not this
    association's; what it had taken over from them stays.
    """
    named = [entry.library for entry in programme.regulations if entry.library]
    held = held_in(association_id, named) if named else frozenset()
    if held.issuperset(named):
        return programme
    entries = (
        entry if entry.library in held else entry.model_copy(update={"library": None})
        for entry in programme.regulations
    )
    return programme.model_copy(update={"regulations": tuple(entries)})


@dataclass(frozen=True, slots=True)
class RegulationShown:
    """A regulation that a definition states: its entry, the rules that name it, what it was taken from.

    ``library`` is the id of the regulation in the library, None where the entry was written by hand or comes from
    elsewhere; ``newer`` the newest version, where it is newer than the one that was taken over.
    """

    entry: Values
    rules: list[ConformRule]
    library: UUID | None
    newer: LibraryVersion | None


def regulations_shown(values: Values) -> list[RegulationShown]:
    """Return the regulations that a definition states."""
    entries, rules = values.get(SLOT) or [], conform_rules(values)
    newer = newer_than(entry["library"] for entry in entries if "library" in entry)
    return [
        RegulationShown(
            entry,
            [rule for rule in rules if rule.regulation == entry["id"]],
            place[0] if (place := place_of(entry.get("library"))) else None,
            newer.get(entry.get("library", "")),
        )
        for entry in entries
    ]


def library_doubts(programme: Programme, answers: Mapping[str, Any]) -> list[Doubt]:
    """Return a question for each regulation of which the library has a newer version than was taken over."""
    taken = {entry.library: (n, entry) for n, entry in enumerate(programme.regulations) if entry.library}
    found = []
    for reference, newest in newer_than(taken).items():
        number, entry = taken[reference]
        values = {"title": entry.title, "version": str(newest), "number": newest.document_number or "—"}
        finding = Finding("draft.regulation_newer", Weight.ASK, values)
        key = f"{finding.code}@{newest.reference}"
        if key not in answers:
            found.append(Doubt(key, "finding", spot_at(programme, (SLOT, number)), finding, can_confirm=True))
    return found


def uses_of(regulation: LibraryRegulation) -> list[Use]:
    """Return the calls that refer to any version of ``regulation``: what is published, and drafts."""
    marked = str(regulation.pk)
    revisions = Revision.objects.filter(call__association=regulation.association_id).select_related("call")
    drafts = Draft.objects.filter(association=regulation.association_id).select_related("call")
    found: dict[tuple[Any, str], Use] = {}
    calls = Call.objects.filter(permissions.public(), association=regulation.association_id)
    public = set(calls.values_list("pk", flat=True))
    for row in [*_holding(revisions, marked), *_holding(drafts, marked)]:
        for reference in _references(row.definition, regulation):
            found.setdefault((row.call_id, reference), _use(row, reference, public))
    return sorted(found.values(), key=lambda use: (use.title, use.reference))


def is_public(version: LibraryVersion) -> bool:
    """Does a published call, in any of its revisions, refer to this version?"""
    calls = Call.objects.filter(permissions.public(), association=version.association_id)
    quoted = f'"{version.reference}"'
    return _holding(Revision.objects.filter(call__in=calls), quoted).exists()


def choosing_address(call_id: UUID, slot: str, value: Any) -> str:
    """Return the page on which the library is chosen from, for the statement of regulations and for a rule that
    asks for one (``value``); "" for everything else.
    """
    address = reverse("programmes:regulations", args=[call_id])
    if slot == SLOT:
        return address
    asks = slot == "rules" and isinstance(value, Mapping) and value.get("type") == CONFORM
    return f"{address}?{urlencode({'rule': value['id']})}" if asks else ""


def register_references() -> None:
    """Let the library know how calls refer to it."""
    register("programmes", References(uses_of, is_public))


def _holding(rows: QuerySet, text: str) -> QuerySet:
    """The few rows whose definition holds ``text`` at all, told by the database without reading the others."""
    return rows.annotate(text=Cast("definition", TextField())).filter(text__contains=text)


def _references(values: Values, regulation: LibraryRegulation) -> Iterator[str]:
    for entry in values.get(SLOT) or ():
        place = place_of(entry.get("library"))
        if place is not None and place[0] == regulation.pk:
            yield str(entry["library"])


def _use(row: Revision | Draft, reference: str, public: Collection[Any]) -> Use:
    is_public = isinstance(row, Revision) and row.call_id in public
    state = row.call.get_state_display() if isinstance(row, Revision) else _("草稿")
    return Use(reference, row.call.title, reverse("programmes:draft", args=[row.call_id]), state, is_public)


def _conform_rules(stated: Values) -> Iterator[Values]:
    return (rule for rule in stated.get("rules") or () if rule.get("type") == CONFORM)


def _bare(title: str) -> str:
    return title.removeprefix("《").removesuffix("》")
