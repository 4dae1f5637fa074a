"""What was read from a notice, as plain values for the table, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from pydantic import TypeAdapter

from keqiao.core.guides.amendments.reading import AmendmentReading
from keqiao.core.guides.flat import place
from keqiao.core.programme.amending.applying import Accepted
from keqiao.core.programme.amending.asked import Asked, Later, Moment, Money, Number, Said, Words
from keqiao.core.programme.amending.calls import About
from keqiao.core.programme.amending.spots import Address
from keqiao.web.programmes.definitions import Values

KINDS: Mapping[str, type] = {
    "moment": Moment, "later": Later, "money": Money, "number": Number, "words": Words,
}  # fmt: skip
_SAID = {name: TypeAdapter(kind) for name, kind in KINDS.items()}
_ASKED, _ABOUT, _ADDRESS = TypeAdapter(Asked), TypeAdapter(About), TypeAdapter(Address)

ACCEPT, ASIDE, BY_HAND = "accept", "aside", "by_hand"


@dataclass(frozen=True, slots=True)
class Settled:
    """What an officer said to a proposal.

    Of an accepted one: the part by its address and name, what that said and what it is to say, or the ``entry`` that
    is added to it, or that it ``removes`` it; ``before`` tells whether the draft still is what the officer looked
    at. Of the others: the ``reason``.
    """

    verdict: str
    address: Address | None = None
    before: Said | None = None
    after: Said | None = None
    entry: Values | None = None
    removes: bool = False
    name: str = ""
    reason: str = ""
    by: str = ""
    at: str = ""

    @property
    def change(self) -> Accepted | None:
        """The change that was accepted; nothing where none was."""
        if self.verdict != ACCEPT or self.address is None:
            return None
        return Accepted(self.address, self.after, self.entry, self.removes)


@dataclass(frozen=True, slots=True)
class StoredChange:
    """One change of a notice: its number from 1, what it asks for, its words with their place, what was said to it by
    the key of the proposal.
    """

    id: str
    asked: Asked
    words: str
    place: Values = field(default_factory=dict)
    settled: Mapping[str, Settled] = field(default_factory=dict)


def stored(reading: AmendmentReading) -> list[Values]:
    """Return the changes of a reading as plain values, numbered."""
    return [
        {
            "id": str(number),
            "asked": _asked_values(change.asked),
            "words": change.words.written.strip(),
            "place": place(change.words),
            "settled": {},
        }
        for number, change in enumerate(reading.changes, 1)
    ]


def changes_from(values: Iterable[Values]) -> list[StoredChange]:
    """Return the changes that ``stored`` gave."""
    return [
        StoredChange(
            change["id"],
            _asked(change["asked"]),
            change["words"],
            change["place"],
            {key: _settled(said) for key, said in change["settled"].items()},
        )
        for change in values
    ]


def settled_values(said: Settled) -> Values:
    """Return what an officer said as plain values."""
    made = {name: value for name, value in asdict(said).items() if value not in (None, "", False)}
    for name in ("before", "after"):
        if name in made:
            made[name] = said_values(getattr(said, name))
    return made


def about_values(about: About) -> Values:
    """Return what a notice says of its call as plain values."""
    values: Values = _ABOUT.dump_python(about, mode="json")
    return values


def about_from(values: Values) -> About:
    """Return what ``about_values`` gave."""
    return _ABOUT.validate_python(values)


def said_values(said: Said | None) -> Values | None:
    """Return a value with the name of its kind."""
    if said is None:
        return None
    name = next(name for name, kind in KINDS.items() if type(said) is kind)
    return {"kind": name, **_SAID[name].dump_python(said, mode="json")}


def said_from(values: Values | None) -> Said | None:
    """Return what ``said_values`` gave."""
    if values is None:
        return None
    rest = {name: value for name, value in values.items() if name != "kind"}
    said: Said = _SAID[values["kind"]].validate_python(rest)
    return said


def _asked_values(asked: Asked) -> Values:
    values: Values = _ASKED.dump_python(replace(asked, before=None, after=None), mode="json")
    return {**values, "before": said_values(asked.before), "after": said_values(asked.after)}


def _asked(values: Values) -> Asked:
    plain: Asked = _ASKED.validate_python({**values, "before": None, "after": None})
    return replace(plain, before=said_from(values["before"]), after=said_from(values["after"]))


def _settled(values: Values) -> Settled:
    address = values.get("address")
    return Settled(
        values["verdict"],
        None if address is None else _ADDRESS.validate_python(address),
        said_from(values.get("before")),
        said_from(values.get("after")),
        values.get("entry"),
        values.get("removes", False),
        values.get("name", ""),
        values.get("reason", ""),
        values.get("by", ""),
        values.get("at", ""),
    )
