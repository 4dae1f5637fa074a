"""Coming and going in any order before one call, against a model that knows nothing of how limits are counted.

Two companies, associations that apply in their names, and a society; people who lead; drafts that are begun, copied,
changed, submitted (also twice), withdrawn, taken up again, returned, corrected and thrown away. Three limits at once:
two applications per unit (whoever applies in a company's name shares its two), three in which a unit takes part, one
per leader. The model keeps a list of who takes part in what and counts it afresh each time: it says whether an act
goes, and which limits stand against it where it does not.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from keqiao.core.findings import Weight
from keqiao.web.accounts.models import User
from keqiao.web.applications import actions
from keqiao.web.applications.models import Application, Submission
from keqiao.web.applications.queries import answers_of
from keqiao.web.applications.refusals import Refused
from keqiao.web.parties.actions import NewTie, tie
from keqiao.web.parties.models import Organisation, TieKind
from keqiao.web.programmes.models import Call
from keqiao.web.registers.models import Holding
from tests.web import make
from tests.web.applications import makers
from tests.web.parties import rolls

LED, JOINED, PER_PERSON = 2, 3, 1
MOST = 20  # applications at once, so that an example stays about orders and not about numbers
BY_UNIT, BY_PART, BY_PERSON = LIMITS = ("per_unit_limit", "joined", "person")
CLAUSE = {"clause": "一"}
IN_ITS_NAME = {
    "id": "name", "type": "proxy", "kinds": ["企业科协"], "in_name_of": ["依托的企业"], "summary": "以企业名义申报",
    "source": CLAUSE,
}  # fmt: skip


def call() -> Call:
    """A call with the three limits."""
    quota = {"type": "quota", "at": "apply", "source": CLAUSE}
    rules = [
        IN_ITS_NAME,
        {**quota, "id": BY_PART, "max": JOINED, "per": ["参与单位"], "summary": "每个参与单位至多三项"},
        {**quota, "id": BY_PERSON, "max": PER_PERSON, "per": ["项目负责人"], "summary": "每名负责人一项"},
    ]
    return make.published_call(
        make.association(),
        make.definition(
            forms=[{"id": "f1", "title": "申报书", "fields": makers.FIELDS}],
            form="f1",
            applicants={"kinds": ["企业", "企业科协", "市级学会"]},
            per_unit_limit={"max": LED, "source": CLAUSE},
            rules=rules,
        ),
    )


@dataclass
class Known:
    """What the model knows of one application: who applies, in whose name, who is typed as partner, who leads."""

    unit: int
    name: int
    typed: int | None = None
    leader: int | None = None
    state: str = "draft"

    @property
    def partner(self) -> int | None:
        """Who joins: nobody joins itself."""
        return None if self.typed == self.unit else self.typed

    @property
    def counts(self) -> bool:
        """Does it take a place now?"""
        return self.state in ("submitted", "returned")

    @property
    def everybody(self) -> set[int]:
        """Everybody who takes part, and in whose name."""
        return {self.unit, self.name} | ({self.partner} if self.partner is not None else set())


def known_of(unit: int, partner: int | None, leader: int | None) -> Known:
    """A new draft of a unit, in its own name or that of its host."""
    return Known(unit, HOSTS.get(unit, unit), partner, leader)


def full(one: Known, others: list[Known]) -> set[str]:
    """Which limits leave it no place beside the others that have one?"""
    led = sum(other.name == one.name for other in others) >= LED
    joined = sum(bool(other.everybody & {one.unit, one.name}) for other in others) >= JOINED
    partner = one.partner is not None and sum(one.partner in other.everybody for other in others) >= JOINED
    person = one.leader is not None and sum(other.leader == one.leader for other in others) >= PER_PERSON
    said = {BY_UNIT: led, BY_PART: joined or partner, BY_PERSON: person}
    return {limit for limit, is_full in said.items() if is_full}


COMPANY, FIRST, SECOND, SOCIETY, OTHER, THIRD = range(6)
HOSTS = {FIRST: COMPANY, SECOND: COMPANY, THIRD: OTHER}
"""Which association applies in the name of which company."""
UNITS = st.sampled_from((FIRST, COMPANY, SECOND, SOCIETY, OTHER, THIRD))
LEADERS = st.sampled_from((None, 0, 1))
PARTNERS = st.sampled_from((None, COMPANY, SOCIETY, FIRST))
CROWD = st.lists(st.tuples(UNITS, PARTNERS, LEADERS), min_size=5, max_size=8)
"""Who is there first: so many that limits are reached from the beginning."""
ANY = st.integers(0, 10 * MOST)


def _limits_in(refused: Refused | None) -> set[str]:
    """Which limits refuse."""
    found = refused.findings if refused else ()
    return {
        str(each.at[0]) for each in found if each.code.startswith("quota.") and each.weight is Weight.REFUSE
    }


class Coming(RuleBasedStateMachine):
    """Six units before one call."""

    applications: list[tuple[Application, Known]]
    steps = refused = 0
    """Acts of all examples, and how many of them were refused."""
    refused_by: Counter[str] = Counter()
    """How often each limit refused."""

    @initialize(crowd=CROWD, number=ANY)
    def begin(self, crowd: list[tuple[int, int | None, int | None]], number: int) -> None:
        """Some have come already, one of them twice. Everything of an example is rolled back at its end."""
        self.act = transaction.atomic()
        self.act.__enter__()
        self.applications = []
        self.call = call()
        self.officer = make.officer(self.call.association)
        self.people = [rolls.person(f"负责人{number}") for number in range(2)]
        self.units, self.actors = self._units()
        for unit, partner, leader in crowd:
            self._come(unit, partner, leader)
        self._come_again(*self._one(number, "submitted"))

    def _units(self) -> tuple[list[Organisation], list[User]]:
        kinds = ["company", "company_association", "company_association", "society"]
        kinds += ["company", "company_association"]
        units = [
            make.organisation(f"某单位{number}", kind=kind, level="prefecture")
            for number, kind in enumerate(kinds)
        ]
        for body, host in HOSTS.items():
            hosted = NewTie(units[body], units[host], TieKind.HOST, date(2020, 1, 1), "测试")
            tie(hosted, actor=None, role="tests", at=make.LONG_AGO)
        return units, [makers.applicant(unit) for unit in units]

    def teardown(self) -> None:
        """Undo everything."""
        if hasattr(self, "act"):
            transaction.set_rollback(True)
            self.act.__exit__(None, None, None)

    def _one(self, number: int, *states: str) -> tuple[Application, Known]:
        """Mostly one of those in these states; now and then any, to see it refused."""
        fitting = [each for each in self.applications if each[1].state in states]
        among = fitting if fitting and number % 8 else self.applications
        return among[number % len(among)]

    def _answers(self, partner: int | None, leader: int | None) -> dict[str, Any]:
        answers = dict(makers.ANSWERS)
        if leader is not None:
            person = self.people[leader]
            answers["leader"] = {**answers["leader"], "id": str(person.pk), "name": person.name}
        if partner is not None:
            answers["partner"] = {"name": self.units[partner].name}  # typed: the register knows who it is
        return answers

    def _expect(self, *, goes: bool, act: Callable[[], Any], but: Collection[str] = ()) -> bool:
        """Act; it goes or not as the model says, refused by the limits that the model names and no others."""
        Coming.steps += 1
        refused: Refused | None = None
        try:
            act()
        except Refused as error:
            refused = error
            Coming.refused += 1
        assert goes == (refused is None), refused.findings if refused else f"it went, and must not: {but}"
        limits = _limits_in(refused)
        assert limits == set(but), f"refused by {sorted(limits)}, not by {sorted(but)}"
        Coming.refused_by.update(limits)
        return goes

    def _start(self, unit: int, answers: dict[str, Any], known: Known) -> None:
        Coming.steps += 1
        actor = self.actors[unit]
        started = actions.start(makers.offer(self.call).pk, self.units[unit].pk, actor=actor, at=makers.NOW)
        actions.save(actions.Edit(started.pk, 1, answers), actor=actor, at=makers.NOW)
        self.applications.append((started, known))

    @precondition(lambda self: self.has_room)
    @rule(unit=UNITS, partner=PARTNERS, leader=LEADERS)
    def begin_one(self, unit: int, partner: int | None, leader: int | None) -> None:
        """A new draft."""
        known = known_of(unit, partner, leader)
        self._start(unit, self._answers(partner, leader), known)

    @precondition(lambda self: self.has_room)
    @rule(unit=UNITS, partner=PARTNERS, leader=LEADERS)
    def begin_and_submit(self, unit: int, partner: int | None, leader: int | None) -> None:
        """A new draft that is submitted at once."""
        self._come(unit, partner, leader)

    def _come(self, unit: int, partner: int | None, leader: int | None) -> None:
        self._start(unit, self._answers(partner, leader), known_of(unit, partner, leader))
        self._submit(*self.applications[-1], again=False)

    @precondition(lambda self: self.applications and self.has_room)
    @rule(number=ANY, unit=UNITS)
    def copy(self, number: int, unit: int) -> None:
        """A new draft, of the same unit or another, with everything that an earlier application says."""
        application, one = self._one(number)
        partner, leader = self._says(application, one)
        self._start(unit, answers_of(makers.fresh(application)), known_of(unit, partner, leader))

    @precondition(lambda self: self.has("draft", "returned"))
    @rule(number=ANY, partner=PARTNERS, leader=LEADERS)
    def change(self, number: int, partner: int | None, leader: int | None) -> None:
        """Other partners and leaders, while it is a draft or returned."""
        application, one = self._one(number, "draft", "returned")
        standing = makers.fresh(application)
        edit = actions.Edit(standing.pk, standing.version, self._answers(partner, leader))
        goes = one.state in ("draft", "returned")
        if self._expect(
            goes=goes, act=lambda: actions.save(edit, actor=self.actors[one.unit], at=makers.NOW)
        ):
            self._changed(application, one, partner, leader)

    def _changed(self, application: Application, one: Known, partner: int | None, leader: int | None) -> None:
        """A returned application keeps the places it has until it is submitted again."""
        if one.state == "draft":
            one.typed, one.leader = partner, leader
        else:
            self.wanted[application.pk] = (partner, leader)

    def _says(self, application: Application, one: Known) -> tuple[int | None, int | None]:
        """Partner and leader as the answers say now: what is returned may say others than it has places for."""
        return self.wanted.get(application.pk, (one.typed, one.leader))

    def has(self, *states: str) -> bool:
        """Is there an application in one of these states?"""
        return any(one.state in states for _application, one in self.applications)

    @property
    def has_room(self) -> bool:
        """May there be one more?"""
        return sum(one.state != "discarded" for _application, one in self.applications) < MOST

    @property
    def wanted(self) -> dict[Any, tuple[int | None, int | None]]:
        """What returned applications say now, by id."""
        return self.__dict__.setdefault("_wanted", {})

    @precondition(lambda self: self.has("draft", "returned"))
    @rule(number=ANY, again=st.booleans())
    def submit(self, number: int, *, again: bool) -> None:
        """Submit, perhaps twice with one key."""
        self._submit(*self._one(number, "draft", "returned"), again=again)

    def _submit(self, application: Application, one: Known, *, again: bool) -> None:
        partner, leader = self._says(application, one)
        asking = Known(one.unit, one.name, partner, leader)
        others = [other for _a, other in self.applications if other.counts and other is not one]
        may = one.state in ("draft", "returned")
        limits = full(asking, others) if may else set()
        actor, key = self.actors[one.unit], makers.key()
        if self._expect(
            goes=may and not limits,
            act=lambda: makers.submit(application, by=actor, named=key),
            but=limits,
        ):
            one.state, one.typed, one.leader = "submitted", partner, leader
            self.wanted.pop(application.pk, None)
            if again:
                assert makers.submit(application, by=actor, named=key).is_new is False

    @precondition(lambda self: self.has("submitted", "returned"))
    @rule(number=ANY)
    def withdraw(self, number: int) -> None:
        """Withdraw what was submitted or returned."""
        self._withdraw(*self._one(number, "submitted", "returned"))

    def _withdraw(self, application: Application, one: Known) -> None:
        goes = one.state in ("submitted", "returned")
        actor = self.actors[one.unit]
        if self._expect(
            goes=goes,
            act=lambda: actions.withdraw(application.pk, actor=actor, at=makers.NOW, reason="方案有变"),
        ):
            one.state = "withdrawn"
            one.typed, one.leader = self.wanted.pop(application.pk, (one.typed, one.leader))

    @precondition(lambda self: self.has("withdrawn"))
    @rule(number=ANY)
    def take_up_again(self, number: int) -> None:
        """Make a draft of what was withdrawn."""
        self._take_up_again(*self._one(number, "withdrawn"))

    def _take_up_again(self, application: Application, one: Known) -> None:
        actor = self.actors[one.unit]
        if self._expect(
            goes=one.state == "withdrawn",
            act=lambda: actions.take_up_again(application.pk, actor=actor, at=makers.NOW),
        ):
            one.state = "draft"

    @precondition(lambda self: self.has("submitted", "returned"))
    @rule(number=ANY, other=st.tuples(UNITS, PARTNERS, LEADERS))
    def go_and_come_again(self, number: int, other: tuple[int, int | None, int | None]) -> None:
        """Withdraw, take up again, and submit, sometimes after somebody else took the place."""
        application, one = self._one(number, "submitted", "returned")
        self._come_again(application, one, other if number % 3 == 0 and self.has_room else None)

    def _come_again(
        self,
        application: Application,
        one: Known,
        other: tuple[int, int | None, int | None] | None = None,
    ) -> None:
        self._withdraw(application, one)
        if other:
            self._come(*other)
        self._take_up_again(application, one)
        self._submit(application, one, again=False)

    @precondition(lambda self: self.has("submitted"))
    @rule(number=ANY)
    def hand_back(self, number: int) -> None:
        """Return what was submitted, for other partners and another leader."""
        application, one = self._one(number, "submitted")
        wanted = makers.correction("partner", "leader")
        if self._expect(
            goes=one.state == "submitted",
            act=lambda: actions.return_for_correction(
                application.pk, wanted, actor=self.officer, at=makers.NOW
            ),
        ):
            one.state = "returned"

    @precondition(lambda self: self.has("draft"))
    @rule(number=ANY)
    def throw_away(self, number: int) -> None:
        """Throw a draft away."""
        application, one = self._one(number, "draft")
        actor = self.actors[one.unit]
        if self._expect(
            goes=one.state == "draft",
            act=lambda: actions.discard(application.pk, actor=actor, at=makers.NOW),
        ):
            one.state = "discarded"

    @invariant()
    def what_counts_is_in_the_register(self) -> None:
        """Each place has its lines, and nothing else has one; no limit is passed."""
        standing = [(a, one) for a, one in getattr(self, "applications", ()) if one.counts]
        ids = {unit.pk: number for number, unit in enumerate(getattr(self, "units", ()))}
        held = Holding.objects.filter(ended_on=None, party_id__in=ids).values_list("project", "party_id")
        lines = sorted((project, ids[party]) for project, party in held)
        places = sorted((str(a.pk), number) for a, one in standing for number in one.everybody)
        assert lines == places, (lines, places, [(str(a.pk), one) for a, one in standing], self.wanted)
        for number in ids.values():
            assert sum(one.name == number for _a, one in standing) <= LED
            assert sum(number in one.everybody for _a, one in standing) <= JOINED
        for leader in range(2):
            assert sum(one.leader == leader for _a, one in standing) <= PER_PERSON

    @invariant()
    def each_submission_is_of_one_act(self) -> None:
        """As many rows as were taken, each with its number."""
        if hasattr(self, "applications"):
            numbers = Submission.objects.filter(application__call=self.call).values_list("number", "ordinal")
            assert len(set(numbers)) == len(numbers)
