"""Whole lives in any order: acts by right, by the wrong people and out of turn, each held against the model."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.web.whole_life.known import ACTS, PEOPLE, UNITS, Act, Known, Thing
from tests.web.whole_life.living import Living

ANY = st.integers(0, 1_000_000)
MOST = {
    "application": 8, "call": 6, "activity": 6, "receipt": 8, "change_request": 6, "objection": 5,
    "public_notice": 5, "award": 3, "review_round": 4,
}  # fmt: skip
"""So many cases of a kind, and no more are begun."""
TIMES = (timedelta(hours=2), timedelta(days=1), timedelta(days=8), timedelta(days=16))


class Lives(Living, RuleBasedStateMachine):
    """One association's year, begun where the ground has come to."""

    ground: Living | None = None
    """What stands before an example begins; examples are undone, so that it goes on from there to the next depth."""
    examples = 0
    narrowed = ""
    """Only acts of this kind are drawn, where one is named."""
    is_drawn = True

    def __init__(self) -> None:
        RuleBasedStateMachine.__init__(self)
        Living.__init__(self)
        self.transaction: Any = None

    @classmethod
    def reach(cls, depth: int) -> None:
        """Let the ground come to a depth; it is kept."""
        if Lives.ground is None:
            Lives.ground = Living()
            with transaction.atomic():
                Lives.ground.settle_in()
        with transaction.atomic():
            Lives.ground.go(depth)

    @initialize()
    def begin(self) -> None:
        """Begin where so much has happened; what the example does is undone."""
        assert self.ground is not None
        self.__dict__.update(self.ground.copied())
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        Lives.examples += 1

    def teardown(self) -> None:
        """Undo everything."""
        if self.transaction is not None:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def _names(self, *, fitting: bool) -> list[Act]:
        found = [one for one in ACTS.values() if not (one.begins and self._is_enough(one))]
        found = [one for one in found if not self.narrowed or one.kind == self.narrowed]
        return [one for one in found if (self.open_to(one) if fitting else self.things[one.on])]

    def _is_enough(self, one: Act) -> bool:
        return len(self.things[one.kind]) >= MOST.get(one.kind, 100)

    @rule(number=ANY, which=ANY, who=ANY)
    def act_by_right(self, number: int, which: int, who: int) -> None:
        """Whoever may does what goes."""
        one, thing = self._picked(number, which, fitting=True)
        if one and thing:
            people = self.persons(one, thing)
            self.try_out(one.name, thing, people[who % len(people)])

    @rule(number=ANY, which=ANY, who=ANY)
    def act_again_by_right(self, number: int, which: int, who: int) -> None:
        """As before: most acts go."""
        self.act_by_right(number, which, who)

    @rule(number=ANY, which=ANY, who=ANY)
    def act_by_the_wrong_person(self, number: int, which: int, who: int) -> None:
        """What would go is tried by somebody who may not."""
        one, thing = self._picked(number, which, fitting=True)
        if (
            one and thing and one.by != ("public",) and one.name != "call.begins"
        ):  # the pages ask who begins a call
            people = [
                name
                for name in PEOPLE
                if not self.may(one, thing, name) and not self._would_be_right(one, name)
            ]
            self.try_out(one.name, thing, people[who % len(people)])

    def _would_be_right(self, one: Act, who: str) -> bool:
        """Units that may begin something of their own are right everywhere."""
        return one.on == "call" and who in UNITS and UNITS[0] in one.by

    @rule(number=ANY, which=ANY, who=ANY)
    def act_out_of_turn(self, number: int, which: int, who: int) -> None:
        """Anything is tried on any case, by whoever may in another state."""
        one, thing = self._picked(number, which, fitting=False)
        if one and thing:
            people = self.persons(one, thing)
            if people:
                self.try_out(one.name, thing, people[who % len(people)])

    def act_if_it_can(self, name: str, which: int) -> None:
        """What is named is done by right, if there is a case for it."""
        one = ACTS[name]
        if rows := [] if one.begins and self._is_enough(one) else self.open_to(one):
            thing = rows[which % len(rows)]
            people = self.persons(one, thing)
            self.try_out(name, thing, people[which // len(rows) % len(people)])

    def _picked(self, number: int, which: int, *, fitting: bool) -> tuple[Act | None, Thing | None]:
        acts, counted = self._names(fitting=fitting), Known.went if fitting else Known.refused
        if not acts:
            return None, None
        # what never went, or was never refused, is tried first, then what did least, or rare acts would never come
        acts = [one for one in acts if not counted[one.name]] or sorted(
            acts, key=lambda one: counted[one.name]
        )[: 1 + len(acts) // 3]
        one = acts[number % len(acts)]
        rows = self.open_to(one) if fitting else list(self.things[one.on].values())
        return one, rows[which % len(rows)] if rows else None

    @rule(much=st.sampled_from(TIMES), really=st.integers(0, 3))
    def let_time_pass(self, much: timedelta, really: int) -> None:
        """Time passes, now and then."""
        if not really:
            Known.steps += 1
            self.pass_time(much)

    @invariant()
    def limits_hold_and_money_adds_up(self) -> None:
        """After every step."""
        if self.transaction is not None:
            self.holds()
