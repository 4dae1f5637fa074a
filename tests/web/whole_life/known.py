"""What the model of a whole life knows of one association's year, and how an act is held against it.

Of each case: which kind, in which state, and a few plain facts. An act goes where the declared table has a step for
this person from this state and nothing else forbids it (``fits``); then the case stands where the table says, its chain
has the one event, and whatever else moved was declared to follow, each by steps of its own table. Where it must not go,
it is refused, and not one row differs.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404

from keqiao.core.lifecycle import NotAllowed
from keqiao.web.activities.refusals import Refused as RefusedRecord
from keqiao.web.applications.refusals import Refused as RefusedByRules
from keqiao.web.approvals import actions as approvals
from keqiao.web.approvals.acts import NotExecuted
from keqiao.web.approvals.refusals import AlreadyProposed, SubjectChanged
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.refusals import Refused as RefusedCall
from tests.web.whole_life import seen
from tests.web.whole_life.declared import LIVES, Step, after

REFUSALS = (
    *(RefusedByRules, RefusedCall, RefusedRecord, NotAllowed, NotExecuted, AlreadyProposed, SubjectChanged),
    *(ObjectDoesNotExist, PermissionDenied, ValidationError, Http404),
)
UNITS = ("unit0", "unit1", "unit2")
OFFICE = ("officer", "second")
ROLES = {
    "officer": {"officer"},
    "second": {"officer"},
    "leader": {"leader"},
    "finance": {"finance"},
    "public": {"objector"},
}
PEOPLE = (*OFFICE, "leader", "finance", *UNITS, "expert0", "expert1", "elsewhere", "nobody")
AS_SECOND = {"approve": approvals.approve, "refuse": approvals.refuse, "withdraw": approvals.withdraw}


@dataclass
class Thing:
    """One case as the model knows it."""

    kind: str
    pk: UUID
    state: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """A fact of it; None where nothing is known."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self.facts.get(name)


Fits = Callable[["Known", Thing], "bool | None"]


def always(_life: "Known", _thing: Thing) -> bool:
    """Nothing but state and person forbids it."""
    return True


@dataclass(frozen=True)
class Act:
    """One act: on which kind of case, by whom by right, what else must be so, and what may move along.

    ``fits`` None: the model does not know; it goes or is refused, and is held to the tables either way. ``ask``: two
    people do it, the first asks and the second does ``second``. ``again``: where it was done it may be asked for again,
    and nothing is written. ``more`` are further events on its own chain.
    """

    name: str
    by: tuple[str, ...]
    do: Callable[["Known", Thing, str], Any]
    on: str
    fits: Fits = always
    touches: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()
    ask: bool = False
    asker: str = "officer"
    second: str = "approve"
    again: bool = False

    @property
    def kind(self) -> str:
        """The kind of case whose table has the step."""
        return self.name.partition(".")[0]

    @property
    def step(self) -> Step | None:
        """The declared step; None: it moves nothing of its own."""
        return LIVES[self.kind].get(self.name.partition(".")[2])

    @property
    def begins(self) -> bool:
        """Does a case come into being?"""
        return self.name.endswith(".begins")


ACTS: dict[str, Act] = {}


def act(name: str, by: str, **details: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enter an act under its name."""

    def enter(do: Callable[..., Any]) -> Callable[..., Any]:
        details.setdefault("on", name.partition(".")[0])
        for sets in ("touches", "more"):
            details[sets] = frozenset(details.get(sets, "").split())
        people = tuple(person for word in by.split() for person in GROUPS.get(word, (word,)))
        ACTS[name] = Act(name, people, do, **details)
        assert ACTS[name].step is not None or name == "grant.stamp", name
        return do

    return enter


GROUPS = {"office": OFFICE, "units": UNITS, "expert": ("expert0", "expert1"), "unit": UNITS}


class Known:
    """An association's year as the model knows it, and the people in it."""

    went: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    steps = on_the_way = 0
    is_drawn = False
    """Acts on the straight way are counted apart from those that were drawn."""

    def __init__(self) -> None:
        self.people: dict[str, Any] = {}
        self.things: dict[str, dict[UUID, Thing]] = {kind: {} for kind in seen.TABLES}
        self.now: datetime
        self.association: Any = None
        self.main: UUID
        self.numbers = 0
        self.expected_entries: dict[UUID, list[UUID]] = {}
        self.asked_until: dict[UUID, datetime] = {}
        self.to_be_named: list[UUID] = []

    def today(self) -> date:
        """The day on which acts happen."""
        return local_day(self.now)

    def copied(self) -> dict[str, Any]:
        """What changes as acts go, for another example to begin with."""
        changing = {name: deepcopy(getattr(self, name)) for name in ("things", "now", "numbers")}
        return {**changing, "main": self.main, "people": self.people, "association": self.association}

    def number(self) -> int:
        """A number that was not given yet."""
        self.numbers += 1
        return self.numbers

    def all(self, kind: str, **facts: Any) -> list[Thing]:
        """The cases of a kind with these facts."""
        wanted = facts.items()
        return [
            each
            for each in self.things[kind].values()
            if all(
                (each.state if name == "state" else each.facts.get(name)) == value for name, value in wanted
            )
        ]

    def the(self, kind: str, **facts: Any) -> Thing | None:
        """The first case of a kind with these facts."""
        return next(iter(self.all(kind, **facts)), None)

    def by(self, who: str) -> dict[str, Any]:
        """Who acts, and when."""
        return {"actor": self.people[who], "at": self.now}

    def roles(self, who: str, thing: Thing) -> set[str]:
        """What a person is towards a case."""
        if who in ROLES:
            held = set(ROLES[who])
            return held | {"investigator"} if who == thing.investigator else held
        if who in ("expert0", "expert1"):
            return {"expert"} if thing.expert == who else set()
        if who not in UNITS:
            return set()
        if thing.kind == "call":
            return {"applicant"}
        return {"applicant", "subject"} if thing.unit == who and thing.hit in (None, "unit") else set()

    def may(self, one: Act, thing: Thing, who: str) -> bool:
        """Does the table let this person do it?"""
        step = one.step
        if step is None:
            return who == thing.unit
        if one.ask:
            return who in one.by and (who != one.asker or one.second == "withdraw")
        return bool(step.roles & self.roles(who, thing)) and (one.on != "grant" or self._sees(thing, who))

    def _sees(self, thing: Thing, who: str) -> bool:
        """An agreement that is still written is the office's own."""
        return thing.kind != "grant" or thing.state != "drafted" or who not in UNITS

    def fits(self, one: Act, thing: Thing) -> bool | None:
        """Is it in the declared state, and does nothing else forbid it?"""
        in_state = one.begins or one.step is None or one.on != one.kind or thing.state in self._sources(one)
        return one.fits(self, thing) if in_state else False

    def _sources(self, one: Act) -> frozenset[str]:
        assert one.step is not None
        if one.second in ("refuse", "withdraw"):
            return frozenset({"due"}) if one.kind == "instalment" else one.step.sources
        if one.name == "instalment.approve":
            return frozenset({"due"})  # asked for and approved, one after the other
        return one.step.sources

    def try_out(self, name: str, thing: Thing, who: str) -> bool:
        """Act, and hold what came of it against the model. Did it go?"""
        one = ACTS[name]
        fits, may = self.fits(one, thing), self.may(one, thing, who)
        Known.steps += self.is_drawn
        Known.on_the_way += not self.is_drawn
        if one.ask:
            return self._two(one, thing, who, fits=fits, may=may)
        goes = fits if may else False
        return self._single(one, thing, lambda: one.do(self, thing, who), goes=goes)

    def _two(self, one: Act, thing: Thing, who: str, *, fits: bool | None, may: bool) -> bool:
        """The first person asks; the second one does it, or it is taken back."""
        marks = self._marks()
        with self._refusable(f"asking for {one.name}", goes=fits or None) as asked:
            approval = one.do(self, thing, one.asker)
        if asked.refused:
            assert fits is not True, f"{one.name}: asking for it was refused: {asked.refused!r}"
            return False
        kinds = {one.kind, one.on, "approval", *one.touches}
        self._follow(marks, kinds, f"asking for {one.name}")
        waiting = self.things["approval"][approval.pk]
        goes = (True if fits is None else fits) if may else False
        details = {} if one.second == "approve" else {"reason": "再议"}
        done = self._single(
            one, thing, lambda: AS_SECOND[one.second](waiting.pk, **self.by(who), **details), goes=goes
        )
        if not done:
            marks = self._marks()
            approvals.withdraw(waiting.pk, **self.by(one.asker))
            self._follow(marks, kinds, f"taking {one.name} back")
        return done

    def _single(self, one: Act, thing: Thing, do: Callable[[], Any], *, goes: bool | None) -> bool:
        marks, before, known = self._marks(), thing.state, dict(self.things[one.kind])
        with self._refusable(one.name, goes=goes, thing=thing) as tried:
            do()
        if tried.refused:
            return False
        if goes is False and one.again and seen.digest(self.association.pk) == tried.digest:
            return False
        assert goes is not False, f"{one.name} went from {before}, against the rule"
        touched = {one.kind, *one.touches} | ({"approval"} if one.ask else set())
        written = self._follow(marks, touched, one.name)
        self._held(one, thing, before, [each for each in self.things[one.kind] if each not in known], written)
        Known.went[one.name] += self.is_drawn
        return True

    def _held(self, one: Act, thing: Thing, before: str, born: list[UUID], written: Any) -> None:
        """One event, on the one case it is about, and the state that the table says."""
        step = one.step
        if step is None:
            return
        if one.begins:
            assert born, f"{one.name}: nothing came into being"
            return
        if one.on != one.kind:
            return
        own = [event for event, _role in written.get((one.kind, str(thing.pk)), [])]
        assert own[:1] == [step.event], f"{one.name} wrote {own}"
        assert set(own[1:]) <= one.more, f"{one.name} wrote {own}"
        if not own[1:]:
            expected = before if step.target == "=" else step.target
            assert thing.state == expected, f"{one.name} left it {thing.state}, not {expected}"

    def _marks(self) -> int:
        return seen.last_event()

    def _refusable(self, name: str, *, goes: bool | None, thing: Thing | None = None) -> "_Tried":
        return _Tried(self, name, goes, thing)

    def _follow(self, mark: int, kinds: Iterable[str], name: str) -> dict[tuple[str, str], list[Any]]:
        """Walk every chain that grew, from the state that was known to the one that the table has now."""
        written, stand = seen.events_since(mark), seen.states(self.association.pk)
        ours = {(kind, str(pk)) for kind, rows in stand.items() for pk in rows}
        written = {chain: events for chain, events in written.items() if chain in ours}
        for kind, rows in stand.items():
            known = self.things[kind]
            gone = known.keys() - rows.keys()
            assert not gone, f"{name}: {kind} {gone} is gone"
            for pk, state in rows.items():
                self._walk((kind, pk), state, written.get((kind, str(pk)), []), set(kinds), name)
        return written

    def _walk(
        self, case: tuple[str, UUID], state: str, events: list[Any], kinds: set[str], name: str
    ) -> None:
        kind, pk = case
        thing = self.things[kind].get(pk)
        if not events and thing is not None and thing.state == state:
            return
        assert kind in kinds, f"{name} moved a {kind}: {thing and thing.state} to {state} by {events}"
        came: str | None = thing.state if thing is not None else None
        for event, role in events:
            came = after(kind, came, event, role)
        assert came == state, f"{name}: a {kind} stands {state}, its events say {came}: {events}"
        if thing is None:
            self.things[kind][pk] = thing = Thing(kind, pk, state)
            self.born(thing)
        elif thing.state != state:
            thing.state = state
            self.moved(thing, [event for event, _role in events])

    def born(self, thing: Thing) -> None:
        """Learn what there is to know of a case that came into being."""

    def moved(self, thing: Thing, events: list[str]) -> None:
        """Learn what follows from a move."""


class _Tried:
    """Around an act that may be refused: where it must be, or was, not one row differs."""

    def __init__(self, life: Known, name: str, goes: bool | None, thing: Thing | None) -> None:
        self.life, self.name, self.goes, self.thing = life, name, goes, thing
        self.refused: Exception | None = None
        self.digest = ""

    def __enter__(self) -> "_Tried":
        if self.goes is not True:
            self.digest = seen.digest(self.life.association.pk)
        return self

    def __exit__(self, kind: Any, error: Any, _trace: Any) -> bool:
        if error is None or not isinstance(error, REFUSALS):
            return False
        said = f"{self.name} from {self.thing and self.thing.state} was refused: {error!r} {_told(error)}"
        assert self.goes is not True, said
        assert seen.digest(self.life.association.pk) == self.digest, f"{said}, and rows differ"
        self.refused = error
        Known.refused[self.name] += self.life.is_drawn
        return True


def _told(error: Any) -> str:
    with suppress(AttributeError):
        return ", ".join(f"{each.code} {dict(each.values)}" for each in error.findings)
    return ""
