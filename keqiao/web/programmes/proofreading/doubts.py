"""What an officer has to look at in a draft: findings of the whole, unsure readings, lacks, numbers left over."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.findings import Finding, Weight
from keqiao.core.money import FEN_PER_YUAN
from keqiao.core.programme.types import Programme
from keqiao.core.programme.validation import validate
from keqiao.readers.fact_kinds import fact_words
from keqiao.web.programmes.proofreading.selections import SELECTED
from keqiao.web.ui.templatetags.shell import money

Answers = Mapping[str, Any]
SINGLE_SLOTS = {"places": "places", "targets": "targets"}
"""Lacks of the reading that the check of the whole does not ask about, by name of the statement."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Which part of a draft something is about: the node, and the entry or statement in it ("" if neither).

    ``names`` are the names of the categories from the top, ``at`` the keys and positions in the definition.
    """

    node: str = ""
    names: tuple[str, ...] = ()
    entry: str = ""
    statement: str = ""
    at: tuple[str | int, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which words for it may be tied, the nearest first."""
        return tuple(
            k for k in (self.entry, self.statement and f"{self.node}:{self.statement}", self.node) if k
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at. ``kind`` is finding, unsure or lack; ``can_confirm``: a look may be enough.

    ``words`` are those it is about, ``words_key`` their key; ``lacking`` the nodes of a lack, as (id, name).
    """

    key: str
    kind: str
    spot: Spot
    finding: Finding | None = None
    words: Mapping[str, Any] = field(default_factory=dict)
    can_confirm: bool = False
    lacking: tuple[tuple[str, str], ...] = ()
    words_key: str = ""

    @property
    def note(self) -> str:
        """How sure the reading is: soft, inferred, conflict or needs_answer."""
        return str(self.words.get("confidence", ""))


@dataclass(frozen=True, slots=True)
class Leftover:
    """A sentence with a number that nothing in the draft uses."""

    key: str
    words: str
    place: Mapping[str, Any]
    answer: Mapping[str, Any] | None = None


def doubts_of(
    programme: Programme, words: Mapping[str, Any], report: Mapping[str, Any], answers: Answers
) -> list[Doubt]:
    """Return what still waits for an officer, in the order of the definition."""
    found = list(_findings(programme, words))
    unsure = _unsure(programme, words, {key for doubt in found for key in doubt.spot.keys[:1]})
    found += sorted(unsure, key=lambda doubt: _position(programme, doubt.spot.at))
    found += _lacks(programme, report)
    return [doubt for doubt in found if doubt.key not in answers]


def leftovers_of(
    report: Mapping[str, Any], answers: Answers, words: Mapping[str, Any] | None = None
) -> list[Leftover]:
    """Return the sentences whose numbers nothing used, those that were dealt with last.

    A sentence from which an officer picked words for a part (``words`` of the draft) is used.
    """
    entries = [entry for entry in report.get("unused") or () if isinstance(entry, Mapping)]
    picked = [tied for tied in (words or {}).values() if tied.get("note") == SELECTED]
    left = [_leftover(f"unused:{n}", entry, answers, picked) for n, entry in enumerate(entries)]
    return sorted(left, key=lambda entry: entry.answer is not None)


def _leftover(
    key: str, entry: Mapping[str, Any], answers: Answers, picked: Iterable[Mapping[str, Any]]
) -> Leftover:
    words, place = str(entry.get("words", "")), entry.get("place") or {}
    answer = answers.get(key)
    if answer is None and any(_overlap(words, place, tied) for tied in picked):
        answer = {"verdict": "used"}
    return Leftover(key, words, place, answer)


def _overlap(words: str, place: Mapping[str, Any], tied: Mapping[str, Any]) -> bool:
    """Do the words of ``tied`` stand in the same paragraph, in these words or round them?"""
    other = tied.get("place") or {}
    if any(place.get(name) != other.get(name) for name in ("block", "row", "column", "paragraph")):
        return False
    said = str(tied.get("words", ""))
    return said in words or words in said


def sums_of(report: Mapping[str, Any]) -> list[tuple[Finding, Mapping[str, Any]]]:
    """Return the arithmetic remarks of the reading, each as a finding with its entry."""
    entries = [entry for entry in report.get("arithmetic") or () if isinstance(entry, Mapping)]
    return [(_sum(entry), entry) for entry in entries if entry.get("code")]


def spot_at(programme: Programme, at: Iterable[str | int]) -> Spot:
    """Return which part of ``programme`` the keys and positions of a finding mean."""
    steps = tuple(at)
    here: Any = programme
    node, names, entry, statement = "", (), "", ""
    for number, step in enumerate(steps):
        here = here[step] if isinstance(step, int) else getattr(here, step, None)
        above = steps[number - 1] if number else ""
        if isinstance(step, int) and above in ("categories", "tracks"):
            node, names, entry, statement = here.id, (*names, here.name), "", ""
        elif isinstance(step, int) and not entry:
            entry = getattr(here, "id", "")
        elif isinstance(step, str) and not statement and step not in ("categories", "tracks"):
            statement = step
    return Spot(node, names, entry, statement, steps)


def spot_of(programme: Programme, key: str) -> Spot | None:
    """Return which part the words with this key belong to; None where it is not there any more."""
    identifier, _colon, statement = key.partition(":")
    for at, spot in _spots(programme):
        if statement and spot.node == identifier and not spot.entry:
            stated = getattr(_node(programme, at), statement, None)
            return Spot(spot.node, spot.names, "", statement, (*at, statement)) if stated else None
        if not statement and identifier == (spot.entry or spot.node):
            return spot
    return None


def key_at(spot: Spot, words: Mapping[str, Any]) -> str:
    """Return the key of the words tied nearest to a spot, "" where the document says nothing about it."""
    return next((key for key in spot.keys if key in words), "")


def _findings(programme: Programme, words: Mapping[str, Any]) -> Iterator[Doubt]:
    for finding in validate(programme, words=fact_words()):
        spot = spot_at(programme, finding.at)
        key = f"{finding.code}@{spot.entry or f'{spot.node}:{spot.statement}'}"
        confirm = finding.code == "programme.answer_needed"
        tied = key_at(spot, words)
        shown = _short(finding, spot)
        yield Doubt(key, "finding", spot, shown, words.get(tied, {}), can_confirm=confirm, words_key=tied)


def _short(finding: Finding, spot: Spot) -> Finding:
    """On the page of a call its own title need not stand in every sentence."""
    if spot.node or "where" not in finding.values:
        return finding
    return replace(finding, values={**finding.values, "where": _("整个通知")})


def _unsure(programme: Programme, words: Mapping[str, Any], asked: set[str]) -> Iterator[Doubt]:
    for key, tied in words.items():
        if tied.get("confidence", "certain") == "certain" or key in asked:
            continue
        if spot := spot_of(programme, key):
            yield Doubt(f"unsure:{key}", "unsure", spot, None, tied, can_confirm=True, words_key=key)


def _position(programme: Programme, at: Iterable[str | int]) -> list[int]:
    """Where a part stands in the definition, to sort by; the keys of ``words`` come in the database's order."""
    here: Any = programme
    numbers = []
    for step in at:
        numbers.append(step if isinstance(step, int) else list(type(here).model_fields).index(step))
        here = here[step] if isinstance(step, int) else getattr(here, step)
    return numbers


def _lacks(programme: Programme, report: Mapping[str, Any]) -> Iterator[Doubt]:
    names = {spot.names: at for at, spot in _spots(programme) if not spot.entry}
    by_slot: dict[str, list[tuple[str, str]]] = {}
    for gap in report.get("gaps") or ():
        path, slot = tuple(gap.get("path") or ()), SINGLE_SLOTS.get(str(gap.get("slot")))
        if slot and path in names and not getattr(_node(programme, names[path]), slot):
            node = _node(programme, names[path])
            by_slot.setdefault(slot, []).append((getattr(node, "id", ""), path[-1] if path else ""))
    for slot, lacking in by_slot.items():
        yield Doubt(f"lack:{slot}", "lack", Spot(statement=slot), can_confirm=True, lacking=tuple(lacking))


def _spots(programme: Programme) -> Iterator[tuple[tuple[str | int, ...], Spot]]:
    yield from _below(programme, Spot(), ())


def _below(node: Any, spot: Spot, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Spot]]:
    yield at, spot
    for name in ("rules", "targets", "office_list"):
        for number, entry in enumerate(getattr(node, name, ())):
            here = (*at, name, number)
            yield here, Spot(spot.node, spot.names, entry.id, name, here)
    for number, child in enumerate(node.categories):
        here = (*at, "categories", number)
        yield from _below(child, Spot(child.id, (*spot.names, child.name), at=here), here)


def _node(programme: Programme, at: tuple[str | int, ...]) -> Any:
    here: Any = programme
    for step in at:
        here = here[step] if isinstance(step, int) else getattr(here, step)
    return here


def _sum(entry: Mapping[str, Any]) -> Finding:
    code, stated = str(entry["code"]), entry.get("values") or {}
    in_yuan = code.startswith(("sum.places_times_amount", "sum.envelope"))
    agrees = code.endswith(("agree", "agrees"))
    values = {str(name): _number(value, in_yuan=in_yuan) for name, value in stated.items()}
    return Finding(code, Weight.ASK if agrees else Weight.WARN, values)


def _number(value: Any, *, in_yuan: bool) -> Any:
    """A number of the report in words: amounts with their unit, whole numbers without a point."""
    if isinstance(value, list):
        return tuple(_number(part, in_yuan=in_yuan) for part in value)
    if in_yuan and isinstance(value, int | float):
        return money(round(value * FEN_PER_YUAN))
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if is_whole else str(value)
