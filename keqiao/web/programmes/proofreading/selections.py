"""Words picked out of a document: their address, what they say if taken for a part, how a part is tied to them.

An address is checked against the stored document, from which the words themselves are taken: a link can
name a place, never words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from keqiao.core.guides.blocks import Paragraph, Place, SourceDocument, Table
from keqiao.core.guides.schedule import Clock
from keqiao.core.guides.selection import facts_in
from keqiao.readers.reading.terms import deadline_from, terms_from
from keqiao.readers.transfer import from_values
from keqiao.readers.vocabulary import guide_vocabulary
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.models import Source

LONGEST_ADDRESS = 60
WORDS_MAX = 2000  # as long as a text of a definition may be

KINDS = {
    "funding": "money",
    "places": "places",
    "deadline": "deadline",
    "completion": "completion",
    "term": "completion",
    "targets": "target",
    "rules": "rule",
    "per_unit_limit": "unit_limit",
    "applicants": "applicants",
    "office_list": "contact",
}
"""By slot of a definition: the kind of statement that words are read for."""

AS_WORDED = {"materials": "name", "deliverables": "name", "preferences": "words", "head": "name"}
"""By slot: the field that takes the words themselves."""

SELECTED = "selected"
"""The note on words that an officer picked out, in place of the reading."""

TELLS_APART = ("kind", "type")
NUMBERS_OF_PLACES = frozenset({"count", "min", "max"})


class NoSuchWords(LookupError):
    """The document has no words at this address."""


@dataclass(frozen=True, slots=True)
class Selection:
    """``words`` stand at characters ``start`` to ``end`` (exclusive) of the paragraph at ``at`` as people see it."""

    at: Place
    start: int
    end: int
    words: str

    @property
    def address(self) -> str:
        """The value of ``words`` in an address: block, row, column, paragraph, start, end."""
        at = self.at
        return ".".join(map(str, (at.block, at.row, at.column, at.paragraph, self.start, self.end)))

    @property
    def where(self) -> str:
        """The clause: the paragraph by number, as the reading names it, and the cell in a table."""
        at = self.at
        cell = f" 表格第{at.row + 1}行第{at.column + 1}列" if at.row >= 0 else ""
        return f"第{at.block + 1}段{cell}"

    def tied(self) -> Values:
        """What ``Draft.words`` holds for a part that says these words: an officer looked, so it is certain."""
        place = {name: value for name, value in asdict(self.at).items() if name != "part"}
        spot = {**place, "start": self.start, "end": self.end}
        return {
            "words": self.words,
            "where": self.where,
            "place": spot,
            "confidence": "certain",
            "note": SELECTED,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """What words say about a slot: values of a definition, perhaps not all of them; how many such facts were read."""

    values: Values
    count: int


def paragraphs_of(document: SourceDocument) -> Iterator[Paragraph]:
    """Yield every paragraph of a document once, those of cells included."""
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from () if cell.inherited else cell.paragraphs
        else:
            yield block


def selection_at(source: Source, address: str) -> Selection:
    """Return the words at ``address`` in the document of ``source``, which must have been read with its document.

    Blanks at both ends are left out.

    Raises:
        NoSuchWords: this is no address, or nothing but blanks stands there.
    """
    block, row, column, paragraph, start, end = _numbers(address)
    if source.document is None:
        raise NoSuchWords(address)
    for found in paragraphs_of(from_values(source.document)):
        at = found.place
        if (at.block, at.row, at.column, at.paragraph) == (block, row, column, paragraph):
            return _trimmed(found, start, end)
    raise NoSuchWords(address)


def proposal_of(selection: Selection, slot: str, source: Source) -> Proposal:
    """Return what the words say if they are about ``slot``; no values where nothing can be read."""
    if name := AS_WORDED.get(slot):
        return Proposal({name: " ".join(selection.words.split())}, 1)
    kind = KINDS.get(slot)
    if kind is None:
        return Proposal({}, 0)
    flat = facts_in(selection.words, kind, guide_vocabulary(), _clock(source), at=selection.at)
    found = _statements(flat, slot)
    if not found:
        return Proposal({}, 0)
    values = {name: value for name, value in found[0].items() if name not in ("id", "source")}
    return Proposal({**values, "source": {"clause": selection.where}}, len(found))


def corrected(present: Values | None, proposal: Values, slot: str) -> Values:
    """Return what a part says with the read values in place of its own; what they do not touch stays.

    A statement of another kind (a range for a fixed amount) replaces the old one whole, but for its id.
    """
    if not present or not proposal:
        return {**(present or {}), **proposal}
    same = all(present.get(name) == proposal.get(name) for name in TELLS_APART)
    kept = present if same else {name: present[name] for name in ("id",) if name in present}
    if slot == "places":
        kept = {name: value for name, value in kept.items() if name not in NUMBERS_OF_PLACES}
    return {**kept, **proposal}


def _numbers(address: str) -> tuple[int, int, int, int, int, int]:
    parts = address.split(".") if len(address) <= LONGEST_ADDRESS else []
    try:
        block, row, column, paragraph, start, end = map(int, parts)
    except ValueError as unfit:
        raise NoSuchWords(address) from unfit
    return block, row, column, paragraph, start, end


def _trimmed(paragraph: Paragraph, start: int, end: int) -> Selection:
    text = paragraph.full_text
    if not 0 <= start < end <= len(text) or end - start > WORDS_MAX:
        raise NoSuchWords(f"{start}.{end}")
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    if not words.strip():
        raise NoSuchWords(f"{start}.{end}")
    return Selection(replace(paragraph.place), start + left, start + right, words.strip())


def _clock(source: Source) -> Clock:
    """What dates without a year lean on: the document's own date and year."""
    stated = (source.result or {}).get("document") or {}
    issued, year = stated.get("issue_date"), stated.get("year")
    return Clock(
        date.fromisoformat(issued) if issued else None, int(year) if str(year or "").isdecimal() else None
    )


def _statements(flat: Mapping[str, Any], slot: str) -> list[Values]:
    """The statements of ``slot`` in a category of the flat export, as values of a definition."""
    if slot == "office_list":
        return [_office(contact) for contact in flat.get("contacts", ())]
    if slot == "targets":
        return _targets(flat)
    stated: Any = (
        deadline_from(flat.get("deadline")) if slot == "deadline" else terms_from(flat, "c").get(slot)
    )
    entries = stated if isinstance(stated, list) else [stated] if stated is not None else []
    return [entry.model_dump(mode="json", exclude_defaults=True) for entry in entries]


def _targets(flat: Mapping[str, Any]) -> list[Values]:
    """Targets; a number picked out without a name leaves the name open."""
    made = terms_from(flat, "c")["targets"]
    named = [kpi.get("metric_zh") for kpi in flat.get("kpis", ())]
    return [
        target.model_dump(mode="json", exclude_defaults=True, exclude=None if name else {"metric"})
        for target, name in zip(made, named, strict=True)
    ]


def _office(contact: Mapping[str, Any]) -> Values:
    named = {key: contact[key] for key in ("department", "name", "address") if contact.get(key)}
    lists = {"phones": contact.get("phones"), "emails": [contact["email"]] if contact.get("email") else None}
    return {**named, **{key: value for key, value in lists.items() if value}}
