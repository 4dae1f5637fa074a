"""Limits and bundles by trying everything: small random worlds, every number of further projects, every marking.

Each world yields the names of what the product answers differently from the enumeration.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, count, product

from keqiao.core.findings import Weight
from keqiao.core.programme.selection import Bundle, BundleChild, WhichOfSeveral
from keqiao.core.rules.bundles import Fate, check_bundle, resolve_bundle
from keqiao.core.rules.facts import UNKNOWN, Holding, Records, Stage
from keqiao.core.rules.quotas import Asking, Limit, Per, check_limits, room

TREE = {"a": ("a1", "a2"), "b": ("b1",), "a1": (), "a2": (), "b1": ()}
PATHS = (("a", "a1"), ("a", "a2"), ("b", "b1"))
UNITS = ("甲", "乙")
PEOPLE = ("张", "李")
YEAR = 2023
MOST_MORE = 4


@dataclass(frozen=True)
class QuotaWorld:
    """Limits, what is held, and who asks."""

    limits: tuple[Limit, ...]
    holdings: tuple[Holding, ...]
    asking: Asking
    complete: bool
    stage: Stage


def quota_world(chance: random.Random) -> QuotaWorld:
    """A small call with up to three limits and up to six rows, some of which are about one project."""
    asking = Asking(
        unit=chance.choice(UNITS),
        call="c1",
        year=YEAR,
        path=chance.choice(PATHS),
        person=chance.choice((*PEOPLE, "")),
        calls=frozenset({"c2"}) if chance.random() < 0.5 else frozenset(),
        also=frozenset({chance.choice(UNITS)}) if chance.random() < 0.3 else frozenset(),
    )
    limits = tuple(_limit(chance, number) for number in range(chance.randrange(1, 4)))
    holdings = tuple(_holding(chance) for _ in range(chance.randrange(7)))
    return QuotaWorld(limits, holdings, asking, chance.random() < 0.7, chance.choice(list(Stage)))


def _limit(chance: random.Random, number: int) -> Limit:
    return Limit(
        id=f"limit{number}",
        stage=chance.choice(list(Stage)),
        most=chance.choice((None, 0, 1, 2, 3)),
        least=chance.choice((0, 0, 0, 2)),
        extra=chance.choice((0, 0, 1)),
        within=chance.choice(((), ("a",), ("a1",), ("a", "b1"), ("a", "a1"))),
        per=chance.choice((*Per, None)),
        yearly=chance.random() < 0.5,
        weight=chance.choice((Weight.REFUSE, Weight.WARN)),
    )


def _holding(chance: random.Random) -> Holding:
    number = chance.randrange(5)
    about = random.Random(number)  # one project has one place, year, leader and stage in all its rows
    leader, alone = about.choice(UNITS), about.random() < 0.4
    return Holding(
        project=f"p{number}",
        unit=leader if alone else chance.choice(UNITS),
        call=about.choice(("c1", "c1", "c2")),
        path=about.choice(PATHS),
        year=about.choice((YEAR, YEAR, YEAR - 1)),
        stage=about.choice(list(Stage)),
        lead="" if alone else leader,
        person=about.choice(PEOPLE),
    )


def quota_faults(world: QuotaWorld) -> Iterator[str]:
    """What differs for one more, two more … and in what is left."""
    records = Records(
        holdings=world.holdings, kept=frozenset({"holdings"}) if world.complete else frozenset()
    )
    for more in range(MOST_MORE):
        found = check_limits(world.limits, world.asking, records, stage=world.stage, more=more)
        if {(each.at[0], each.code, each.weight) for each in found} != set(_expected(world, more)):
            yield f"{more} more"
    for limit in world.limits:
        if room(limit, world.asking, records).left != _left(limit, world):
            yield f"left by {limit.id}"


def _expected(world: QuotaWorld, more: int) -> Iterator[tuple[str, str, Weight]]:
    for limit in world.limits:
        if limit.stage is world.stage and world.asking.path in _below(limit.within):
            asking = Weight.WARN if limit.weight is Weight.WARN else Weight.ASK
            yield from ((limit.id, f"quota.{code}", asking if weight is None else weight)
                        for code, weight in _codes(limit, world, more))  # fmt: skip


def _codes(limit: Limit, world: QuotaWorld, more: int) -> Iterator[tuple[str, Weight | None]]:
    """The codes of one limit; weight None: what a limit asks with."""
    if limit.per is None or (limit.per is Per.PERSON and not world.asking.person):
        if limit.most is not None or limit.least:
            yield "per_unclear" if limit.per is None else "person_unknown", None
        return
    after = len(_with_more(_counted(limit, world), more))
    if limit.most is not None:
        if after not in range(limit.most + limit.extra + 1):
            yield f"{limit.stage.value}_full", limit.weight
        elif after not in range(limit.most + 1):
            yield "extra_asked", Weight.ASK
        elif not world.complete:
            yield "not_known", None
    if world.complete and after in range(limit.least):
        yield "too_few", Weight.ASK


def _with_more(held: set[str], more: int) -> set[str]:
    return held | {f"new{number}" for number in range(more)}


def _left(limit: Limit, world: QuotaWorld) -> object:
    """Add projects one by one until there are too many."""
    if limit.most is None:
        return None
    if limit.per is None or (limit.per is Per.PERSON and not world.asking.person):
        return UNKNOWN
    held = _counted(limit, world)
    fits = next(more - 1 for more in count(1) if len(_with_more(held, more)) > limit.most)
    return fits if world.complete or not fits else UNKNOWN


def _counted(limit: Limit, world: QuotaWorld) -> set[str]:
    """The projects that count, by going through every leaf below and every row there."""
    asking = world.asking
    calls = {asking.call, *asking.calls} if limit.yearly else {asking.call}
    return {
        row.project
        for path in _below(limit.within)
        for row in world.holdings
        if row.path == path
        and row.call in calls
        and (row.year == asking.year or not limit.yearly)
        and (row.stage is Stage.UNDERTAKEN or limit.stage is Stage.APPLIED)
        and _is_theirs(row, limit.per, asking)
    }


def _is_theirs(row: Holding, per: Per | None, asking: Asking) -> bool:
    owners = {Per.LEAD: {row.lead} if row.lead else {row.unit}, Per.MEMBER: {row.lead, row.unit}}
    if per is Per.PERSON:
        return row.person == asking.person
    return any(body in owners[per or Per.LEAD] for body in (asking.unit, *asking.also))


def _below(within: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The paths of all leaves in these categories (all of them where none is named)."""
    leaves = {leaf for category in within or TREE for leaf in (*TREE[category], category)}
    return {path for path in PATHS if path[-1] in leaves}


PILOT = Holding("pilot", "甲", "c1", ("b", "b1"), YEAR, Stage.APPLIED, lead="甲")
RIVAL = replace(PILOT, project="rival")
CHILDREN = ("a1", "a2")


@dataclass(frozen=True)
class BundleWorld:
    """A bundle and the applications filed beside its pilot; the marks are what is tried."""

    bundle: Bundle
    applications: tuple[Holding, ...]


def bundle_world(chance: random.Random) -> BundleWorld:
    """A bundle of one or two children and up to four applications, with another pilot now and then."""
    children = CHILDREN[: chance.randrange(1, 3)]
    which = WhichOfSeveral(
        categories=tuple(child for child in children if chance.random() < 0.7),
        applied=chance.choice((2, 2, 3)),
    )
    bundle = Bundle(
        children=tuple(BundleChild(name=child, category=child) for child in children),
        open_list=chance.random() < 0.5,
        on_selected=chance.choice(("absorb", "absorb", "keep")),
        on_not_selected=chance.choice(("review", "review", "withdraw")),
        which_of_several=chance.choice((which, which, None)),
    )
    places = (("a", "a1"), ("a", "a1"), ("a", "a2"), ("a", "a2", "a21"), ("c",))
    applications = tuple(
        _application(chance, number, chance.choice(places))
        for number in range(chance.randrange(5))
    )  # fmt: skip
    return BundleWorld(bundle, (*applications, *((RIVAL,) if chance.random() < 0.2 else ())))


def _application(chance: random.Random, number: int, path: tuple[str, ...]) -> Holding:
    unit, lead = chance.choice((("甲", "甲"), ("甲", "甲"), ("甲", "甲"), ("乙", "甲"), ("甲", "乙")))
    return Holding(f"p{number}", unit, "c1", path, YEAR, Stage.APPLIED, lead=lead)


def bundle_faults(world: BundleWorld) -> Iterator[str]:
    """What differs, for every way of marking the applications."""
    marks = [
        (("", "pilot") if each.project != "rival" else ("",)) + _for_rival(world)
        for each in world.applications
    ]
    for marking in product(*marks):
        filed = tuple(
            replace(each, mark=mark) for each, mark in zip(world.applications, marking, strict=True)
        )
        going = _those_going(world.bundle, filed)
        if bool(going) != (check_bundle(world.bundle, PILOT, (PILOT, *filed)) == []):
            yield f"check of {marking}"
        for selected in (None, True, False):
            found = resolve_bundle(world.bundle, PILOT, filed, selected=selected)
            if going and found.fates != _fates(world.bundle, filed, going[0], selected=selected):
                yield f"fates of {marking}, selected: {selected}"
            if (
                not going
                and selected
                and Fate.ABSORBED in found.fates.values()
                and not _some_go(world, filed, found.fates)
            ):
                yield f"absorbed though unclear: {marking}"


def _for_rival(world: BundleWorld) -> tuple[str, ...]:
    return ("rival",) if RIVAL in world.applications else ()


def _those_going(bundle: Bundle, filed: tuple[Holding, ...]) -> list[frozenset[str]]:
    """Every set of applications that may go into the pilot by the words of the bundle; a sound filing has one."""
    subsets = chain.from_iterable(combinations(filed, size) for size in range(len(filed) + 1))
    return [
        frozenset(each.project for each in subset) for subset in subsets if _is_sound(bundle, filed, subset)
    ]


def _is_sound(bundle: Bundle, filed: tuple[Holding, ...], going: tuple[Holding, ...]) -> bool:
    """May exactly these go into the pilot?"""
    marked = [each for each in filed if each.mark == "pilot"]
    places = [child.category for child in bundle.children]
    strangers = [each for each in going if not set(each.path) & set(places)]
    return (
        all(each in going for each in marked)
        and all(each.lead == "甲" and each.mark != "rival" and each.project != "rival" for each in going)
        and all(bundle.open_list and each in marked for each in strangers)
        and all(_is_sound_at(bundle, place, filed, going) for place in places)
    )


def _is_sound_at(
    bundle: Bundle, place: str | None, filed: tuple[Holding, ...], going: tuple[Holding, ...]
) -> bool:
    """One child category: somebody goes; where a mark is needed or given, only the one marked; else all."""
    standing = [each for each in filed if place in each.path and each.lead == "甲" and each.mark != "rival"]
    goes = [each for each in going if place in each.path]
    enough_for_marks = 2 if bundle.which_of_several is None else bundle.which_of_several.applied
    marks_needed = len(standing) >= enough_for_marks or any(each.project == "rival" for each in filed)
    if marks_needed or any(each.mark for each in standing):
        return len(goes) == 1 and goes[0].mark == "pilot"
    return goes == standing and goes != []


def _fates(
    bundle: Bundle, filed: tuple[Holding, ...], going: frozenset[str], *, selected: bool | None
) -> dict[str, Fate]:
    """Selected: those going are absorbed; not selected: reviewed or withdrawn; the others of its places reviewed."""
    outcome = {
        None: Fate.WAITING,
        True: {"absorb": Fate.ABSORBED, "keep": Fate.REVIEWED}[bundle.on_selected],
        False: {"review": Fate.REVIEWED, "withdraw": Fate.WITHDRAWN}[bundle.on_not_selected],
    }[selected]
    places = {child.category for child in bundle.children}
    beside = [
        each.project
        for each in filed
        if places & set(each.path) and each.lead == "甲" and each.mark != "rival"
    ]
    return dict.fromkeys(beside, Fate.REVIEWED) | dict.fromkeys(going, outcome)


def _some_go(world: BundleWorld, filed: tuple[Holding, ...], fates: dict[str, Fate]) -> bool:
    """Where the filing is unsound as a whole, what is absorbed is sound in its own category all the same."""
    absorbed = tuple(each for each in filed if fates.get(each.project) is Fate.ABSORBED)
    places = [child.category for child in world.bundle.children]
    return all(
        not any(place in each.path for each in absorbed) or _is_sound_at(world.bundle, place, filed, absorbed)
        for place in places
    )
