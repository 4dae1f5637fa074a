"""Bundles (试点): an application that brings others with it. What is missing, what is marked, who leaves review.

Whoever applies for a pilot applies for its children as well. Where two applications stand in one child category,
exactly one is marked to go into the pilot. If the pilot is selected, its children become sub-projects and leave
review; the one that was not marked is always reviewed on its own. ``Holding.mark`` is the project of the pilot into
which an application is to go; "" says nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.programme.selection import Bundle, BundleChild
from keqiao.core.programme.tree import Path, walk
from keqiao.core.programme.types import Programme
from keqiao.core.rules.facts import Holding


class Fate(StrEnum):
    """What becomes of an application that was filed with a pilot."""

    ABSORBED = "absorbed"
    """It is a sub-project of the pilot and leaves review."""
    REVIEWED = "reviewed"
    """It is reviewed on its own, in its category."""
    WITHDRAWN = "withdrawn"
    """It falls with the pilot."""
    WAITING = "waiting"
    """The pilot is not decided yet: it has to be decided before its children."""
    UNCLEAR = "unclear"
    """The marks do not say which one goes into the pilot: a person decides."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What becomes of each application that belongs to a pilot, by its project, and what had to be asked."""

    fates: Mapping[str, Fate] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """One child of a bundle and the applications of the pilot's unit that stand there."""

    child: BundleChild
    number: int
    candidates: tuple[Holding, ...]
    marked: tuple[Holding, ...]
    needs_mark: bool
    listed: bool

    @property
    def chosen(self) -> tuple[Holding, ...] | None:
        """Those that go into the pilot; None where the marks do not say."""
        if len(self.marked) == 1:
            return self.marked
        return self.candidates if not self.marked and not self.needs_mark else None


def pilots_of(programme: Programme, path: Path) -> tuple[str, ...]:
    """Return the ids of the categories that bring the one at ``path`` with them."""
    return tuple(
        category.id
        for _path, category in walk(programme)
        if category.bundle is not None and child_at(category.bundle, path) is not None
    )


def child_at(bundle: Bundle, path: Path) -> str | None:
    """Return the id of the child of a bundle in which an application at ``path`` stands; None where it is no child."""
    return next((each.category for each in bundle.children if each.category in path), None)


def check_bundle(bundle: Bundle, pilot: Holding, applications: Iterable[Holding]) -> list[Finding]:
    """What is wrong with the applications filed with ``pilot``, before it is decided.

    ``applications`` are all of the call, the pilot among them or not. No finding: every child was applied for, and
    it is clear which ones go into the pilot.
    """
    filed = tuple(applications)
    mine = _mine(pilot, filed)
    places = _places(bundle, pilot, mine)
    found = [finding for place in places for finding in _faults(bundle, place)]
    unlinked = (
        _said("child_unlinked", Weight.ASK, bundle, number, {"name": child.name})
        for number, child in enumerate(bundle.children)
        if child.category is None
    )
    foreign = [each for each in filed if each.mark == pilot.project and _leader(each) != _leader(pilot)]
    outside = [] if bundle.open_list else _marked_elsewhere(pilot, mine, places)
    projects = dict.fromkeys(each.project for each in (*outside, *foreign))
    wrong = (_said("mark_outside", Weight.REFUSE, bundle, None, {"project": each}) for each in projects)
    return [*found, *unlinked, *wrong]


def resolve_bundle(
    bundle: Bundle, pilot: Holding, applications: Iterable[Holding], *, selected: bool | None
) -> Resolution:
    """What becomes of the applications filed with ``pilot`` once it is selected or not (None: not decided).

    Applications that do not belong to the bundle are not mentioned: nothing changes for them.
    """
    mine = _mine(pilot, tuple(applications))
    places = _places(bundle, pilot, mine)
    going = _fate_of_those_going(bundle, selected=selected)
    unclear = Fate.REVIEWED if going is Fate.REVIEWED else Fate.UNCLEAR
    fates: dict[str, Fate] = {}
    for place in places:
        for each in place.candidates:
            goes = place.chosen is not None and each in place.chosen
            stays = unclear if place.chosen is None else Fate.REVIEWED
            fates[each.project] = going if goes else stays
    if bundle.open_list:
        fates |= {each.project: going for each in _marked_elsewhere(pilot, mine, places)}
    open_places = [place for place in places if place.chosen is None and unclear is Fate.UNCLEAR]
    return Resolution(fates, tuple(finding for place in open_places for finding in _faults(bundle, place)))


def _fate_of_those_going(bundle: Bundle, *, selected: bool | None) -> Fate:
    """What becomes of those that go into the pilot."""
    if selected is None:
        return Fate.WAITING
    if selected:
        return Fate.ABSORBED if bundle.on_selected == "absorb" else Fate.REVIEWED
    return Fate.REVIEWED if bundle.on_not_selected == "review" else Fate.WITHDRAWN


def _mine(pilot: Holding, applications: Iterable[Holding]) -> tuple[Holding, ...]:
    """The other applications that the pilot's leading unit leads in this call, each project once."""
    led = {
        each.project: each
        for each in applications
        if each.call == pilot.call and _leader(each) == _leader(pilot) and each.project != pilot.project
    }
    return tuple(led.values())


def _leader(holding: Holding) -> str:
    return holding.lead or holding.unit


def _places(bundle: Bundle, pilot: Holding, mine: tuple[Holding, ...]) -> tuple[_Place, ...]:
    """Where the children stand. Those marked for another pilot of the unit do not count for this one."""
    which = bundle.which_of_several
    rivals = any(each.path == pilot.path for each in mine)
    found = []
    for number, child in enumerate(bundle.children):
        if child.category is None:
            continue
        candidates = tuple(
            each for each in mine if child.category in each.path and each.mark in ("", pilot.project)
        )
        found.append(
            _Place(
                child=child,
                number=number,
                candidates=candidates,
                marked=tuple(each for each in candidates if each.mark == pilot.project),
                needs_mark=bool(candidates)
                and (rivals or len(candidates) >= (which.applied if which else 2)),
                listed=which is not None and child.category in which.categories,
            )
        )
    return tuple(found)


def _faults(bundle: Bundle, place: _Place) -> Iterator[Finding]:
    """What is wrong in one child category. What the call does not say about several there, has to be asked."""
    values: dict[str, Value] = {"name": place.child.name}
    weight = Weight.REFUSE if place.listed else Weight.ASK
    if not place.candidates:
        yield _said("child_missing", Weight.REFUSE, bundle, place.number, values)
    elif place.marked and len(place.marked) > 1:
        counted = {**values, "marked": len(place.marked)}
        yield _said("marks_several", weight, bundle, place.number, counted)
    elif place.needs_mark and not place.marked:
        counted = {**values, "applied": len(place.candidates)}
        yield _said("mark_missing", weight, bundle, place.number, counted)


def _marked_elsewhere(pilot: Holding, mine: tuple[Holding, ...], places: tuple[_Place, ...]) -> list[Holding]:
    """Those marked to go into the pilot that stand in none of its child categories."""
    children = {place.child.category for place in places}
    return [each for each in mine if each.mark == pilot.project and not children & set(each.path)]


def _said(
    code: str, weight: Weight, bundle: Bundle, number: int | None, values: Mapping[str, Value]
) -> Finding:
    at = ("bundle",) if number is None else ("bundle", "children", number)
    return Finding(f"bundle.{code}", weight, values, bundle.source, at)
