"""A whole life as it is played: what is learnt of each new case, how time passes, the straight way to a depth."""

from datetime import timedelta
from typing import Any

from keqiao.web.acceptance.actions.credit import expire_due
from keqiao.web.acceptance.verification import CHECKS as OF_ACCEPTANCE
from keqiao.web.activities.verification import CHECKS as OF_ACTIVITIES
from keqiao.web.allocation.verification import CHECKS as OF_ALLOCATION
from keqiao.web.applications.actions.returning import let_stand_due
from keqiao.web.grants.verification import CHECKS as OF_GRANTS
from keqiao.web.programmes.actions.ending import close_due
from keqiao.web.public_notice.actions.posting import end_due, post_due, take_down_due
from keqiao.web.public_notice.models import AwardItem, NoticeItem
from keqiao.web.public_notice.verification import CHECKS as OF_NOTICES
from keqiao.web.review.actions.closing import close_rounds_due
from keqiao.web.review.actions.rounds import open_rounds_due
from keqiao.web.review.models import Entry
from keqiao.web.review.verification import CHECKS as OF_REVIEW
from tests.web import make
from tests.web.applications.makers import NOW
from tests.web.whole_life import (
    acts_of_applications,
    acts_of_closing,
    acts_of_decisions,
    acts_of_grants,
    acts_of_money,
    acts_of_review,
    seen,
    world,
)
from tests.web.whole_life.by_ways import WAY
from tests.web.whole_life.known import ACTS, UNITS, Act, Known, Thing

ROOMS = (
    acts_of_applications,
    acts_of_review,
    acts_of_decisions,
    acts_of_grants,
    acts_of_money,
    acts_of_closing,
)
CHECKS = (*OF_REVIEW, *OF_ALLOCATION, *OF_NOTICES, *OF_GRANTS, *OF_ACTIVITIES, *OF_ACCEPTANCE)
CLOCKS = (
    close_due,
    let_stand_due,
    open_rounds_due,
    close_rounds_due,
    post_due,
    end_due,
    take_down_due,
    expire_due,
)
BY_THE_CLOCK = (
    *("call", "application", "formal_check", "review_round", "review_task", "public_notice", "selection"),
    "credit",
)
LEARNT: dict[str, tuple[str, ...]] = {
    "application": ("call", "leader"),
    "formal_check": ("application", "call"),
    "review_round": ("call",),
    "review_task": ("round", "application"),
    "decision": ("call",),
    "selection": ("application", "call"),
    "public_notice": ("call",),
    "grant": ("application", "selection"),
    "instalment": ("grant",),
    "receipt": ("grant",),
    "change_request": ("grant",),
    "settlement": ("grant",),
    "acceptance": ("grant",),
    "credit": ("acceptance", "party"),
    "debarment": ("party",),
}
"""The cases that a case belongs to, by the columns of its table."""
PLAIN: dict[str, tuple[str, ...]] = {
    "review_round": ("closes_at",),
    "instalment": ("amount_fen",),
    "credit": ("hit", "rule", "answer_by", "until"),
}


class Living(Known):
    """An association's year that goes on."""

    came = 0

    def settle_in(self) -> None:
        """Found the association; its calls are there."""
        self.now = NOW
        self.association = make.association()
        self.people = world.people(self.association)
        self.main = world.calls(self.association, self.people["officer"])
        for kind, rows in seen.states(self.association.pk).items():
            for pk, state in rows.items():
                thing = self.things[kind][pk] = Thing(kind, pk, state)
                self.born(thing)

    def born(self, thing: Thing) -> None:
        """Learn to whom and what a case belongs."""
        row, facts = seen.row(thing.kind, thing.pk), thing.facts
        facts |= {name: getattr(row, f"{name}_id") for name in LEARNT.get(thing.kind, ())}
        facts |= {name: getattr(row, name) for name in PLAIN.get(thing.kind, ())}
        more = getattr(self, f"_of_{thing.kind}", None)
        if more is not None:
            more(thing, row)
        if "unit" not in facts:
            facts["unit"] = self._unit_of(thing)

    def _unit_of(self, thing: Thing) -> str | None:
        for parent in ("application", "grant", "acceptance"):
            if parent in thing.facts:
                return self.things[parent][thing.facts[parent]].unit
        return None

    def _of_call(self, thing: Thing, row: Any) -> None:
        thing.facts["deadline"] = row.deadline_at or world.LAST

    def _of_application(self, thing: Thing, row: Any) -> None:
        thing.facts["unit"] = next(who for who in UNITS if self.people[who].own_unit.pk == row.unit_id)

    def _of_review_round(self, thing: Thing, _row: Any) -> None:
        rows = Entry.objects.filter(round_id=thing.pk)
        thing.facts["entries"] = list(rows.values_list("application_id", flat=True))

    def _of_review_task(self, thing: Thing, row: Any) -> None:
        thing.facts["expert"] = next(
            who for who in world.EXPERTS if self.people[who].expert_pk == row.expert_id
        )

    def _of_public_notice(self, thing: Thing, _row: Any) -> None:
        rows = NoticeItem.objects.filter(notice_id=thing.pk).order_by("position")
        thing.facts["items"] = list(rows.values_list("selection_id", flat=True))

    def _of_objection(self, thing: Thing, row: Any) -> None:
        thing.facts["selection"] = row.item.selection_id

    def _of_instalment(self, thing: Thing, row: Any) -> None:
        thing.facts["amount"] = row.amount_fen

    def _of_activity(self, thing: Thing, row: Any) -> None:
        thing.facts["grant"] = row.project_id

    def _of_debarment(self, thing: Thing, row: Any) -> None:
        thing.facts |= {"since": row.valid_from, "until": row.valid_until}

    def moved(self, thing: Thing, events: list[str]) -> None:
        """Learn what follows from a move."""
        if thing.kind == "application":
            thing.facts["leader"] = seen.row("application", thing.pk).leader_id
            thing.facts["stood"] = thing.stood or events[-1] == "stood"
        elif thing.kind == "formal_check" and events[-1] == "came_back":
            thing.facts["answered"] = "?" if thing.answered else None
        elif thing.kind == "selection" and thing.state == "approved":
            thing.facts["was_chosen"] = True
        elif thing.kind == "public_notice" and thing.state == "posted":
            thing.facts["last_day"] = seen.row("public_notice", thing.pk).last_day
        elif thing.kind == "grant" and "signed" in events:
            thing.facts["file"] = world.file_of(self.people[thing.unit], self.association, self.now)
        elif thing.kind == "award":
            rows = AwardItem.objects.filter(award_id=thing.pk)
            thing.facts["named"] = list(rows.values_list("selection_id", flat=True))
        elif thing.kind == "review_round" and events[-1] == "reopened":
            thing.facts["closes_at"] = max(thing.closes_at, self.asked_until[thing.pk])

    def pass_time(self, much: timedelta) -> None:
        """Time passes, and the clocks do what is due; then nothing is overdue."""
        self.now += much
        mark = seen.last_event()
        for clock in CLOCKS:
            clock(self.now)
        self._follow(mark, BY_THE_CLOCK, "the clock")
        assert not [
            one for one in self.all("call") if one.state in ("published", "open") and one.deadline < self.now
        ]
        assert not [one for one in self.all("review_round", state="open") if one.closes_at < self.now]
        assert not [one for one in self.all("public_notice", state="posted") if one.last_day < self.today()]

    def persons(self, one: Act, thing: Thing) -> list[str]:
        """Who does this to this case by right."""
        return [who for who in one.by if self.may(one, thing, who)]

    def open_to(self, one: Act) -> list[Thing]:
        """The cases to which this can be done now, or perhaps."""
        rows = self.things[one.on].values()
        return [each for each in rows if self.fits(one, each) is not False and self.persons(one, each)]

    def go(self, depth: int) -> None:
        """Go on the straight way, to so many of its steps."""
        came, self.came = self.came, max(self.came, depth)
        for step in WAY[came:depth]:
            if isinstance(step, timedelta):
                self.pass_time(step)
                continue
            self._all(step)

    def _all(self, name: str) -> None:
        one = ACTS[name]
        if name == "application.begins":
            for who in UNITS:
                self.try_out(name, self.things["call"][self.main], who)
            return
        for thing in self.open_to(one):
            if thing.kind == "call" and thing.pk != self.main:
                continue
            if self.fits(one, thing) is not False:
                self.try_out(name, thing, self.persons(one, thing)[0])
            while name == "review_round.assign" and self.fits(one, thing):
                self.try_out(name, thing, "officer")
            while name == "formal_check.answer" and thing.answered == "wanting":
                self.try_out(name, thing, "officer")

    def holds(self) -> None:
        """Limits hold, and the money of every grant adds up."""
        chosen = [each for each in self.all("selection") if each.state in acts_of_decisions.CHOSEN]
        assert len(chosen) <= world.PLACES, f"{len(chosen)} are chosen, {world.PLACES} places"
        for call in self.things["call"]:
            for unit in UNITS:
                held = [
                    each
                    for each in self.all("application", call=call, unit=unit)
                    if each.state in ("submitted", "returned")
                ]
                assert len(held) <= world.MOST_IN_HAND, f"{len(held)} in hand, {world.MOST_IN_HAND} at most"
        for found in self.all("review_round"):
            rows = Entry.objects.filter(round_id=found.pk).values_list("application_id", flat=True)
            assert set(rows) == set(found.entries), "a round judges what passed, and each in one round"
        for grant in self.all("grant"):
            self._money_of(grant)

    def _money_of(self, grant: Thing) -> None:
        stands = seen.money(grant.pk)
        rows = self.all("instalment", grant=grant.pk)
        paid = sum(each.amount for each in rows if each.state in ("paid", "confirmed"))
        assert sum(stands["paid"].values()) == paid, "the ledger holds as paid what was paid"
        is_through = self.the("settlement", grant=grant.pk, state="closed")
        waived = seen.row("settlement", is_through.pk).waived_fen if is_through else 0
        if is_through:
            assert (stands["in_hand"], stands["waived"]) == (0, waived), "what is settled adds up to nothing"

    def verify(self) -> None:
        """All that ``keqiao verify`` asks of these rooms."""
        for name, check in CHECKS:
            if "trigger" not in name:  # a test has none; they are asked about elsewhere
                assert check().faults == (), f"verify: {name} {check().faults}"
