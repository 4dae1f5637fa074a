"""Endorsing in any order, against a model of plain lists that shares no code with it.

Two counties send what they recommend to a city, the city together with its finance bureau to the province. Each of
the three has a quota. Applications come, are recommended, declined, looked at again, returned, corrected, let stand,
ranked, forwarded, recalled, taken in, withdrawn, handed in again and assigned to the other county; quotas change.
The model says of each act whether it goes, and what stands afterwards.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from keqiao.web.accounts.roles import Role
from keqiao.web.applications.actions import let_stand
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement import actions, verification
from keqiao.web.endorsement.models import Batch, BatchLine, Passage, Queue
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW

MOST = 9
QUOTA = 2
COUNTIES = (0, 1)
CITY = 2
CHAIN: dict[str, Any] = {
    "id": "long",
    "per_endorser_max": QUOTA,
    "ranked": True,
    "steps": [
        {"words": "县科协审核", "by": "县科协", "act": "check"},
        {"words": "同级科协审核", "by": "市州科协", "act": "check"},
        {
            "words": "会同财政部门汇总",
            "by": "市州科协",
            "act": "summarise",
            "together_with": ["同级财政部门"],
        },
        {"words": "向省科协申报", "by": "市州科协", "act": "forward"},
    ],
}
IN_HAND = ("waiting", "recommended", "declined")
ANY = st.integers(0, 10_000)


@dataclass
class One:
    """What the model knows of one application: before whom it lies (3: the province), how, and what has been said."""

    at: int
    state: str = "waiting"
    content: int = 0
    opinion: int = 0
    touched: bool = False
    told: bool = False
    came_by: int | None = None


@dataclass
class List:
    """What the model knows of one list: whose, which applications, how it stands; ``said`` is all it was made of."""

    by: int
    state: str
    said: list[tuple[int, int, int]]
    standing: list[int] = field(default_factory=list)


class Endorsing(RuleBasedStateMachine):
    """Two counties, a city, a province."""

    steps = refused = 0
    acts: Counter[str] = Counter()
    """How often each act went."""

    @initialize(first=st.lists(st.sampled_from(COUNTIES), min_size=3, max_size=5))
    def begin(self, first: list[int]) -> None:
        """Some have come already, and the first is recommended. Everything of an example is rolled back at its end."""
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.ones: list[One] = []
        self.passages: list[Passage] = []
        self.lists: list[List] = []
        self.batches: list[Batch] = []
        self.orders: list[list[int]] = [[], [], []]
        self.quotas: list[int | None] = [QUOTA, QUOTA, QUOTA]
        self._people()
        for county in first:
            self._come(county)
        self._recommend(0)

    def _people(self) -> None:
        self.province = make.region("430000", "湖南省", "province")
        city = make.region("430100", "长沙市", "prefecture", parent=self.province)
        self.counties = [
            make.region(f"43010{n}", name, "county", parent=city)
            for n, name in ((2, "望城县"), (3, "宁乡县"))
        ]
        self.association = make.association("湖南省科学技术协会")
        bodies = [
            *(("县科协", "county", each) for each in self.counties),
            ("长沙市科学技术协会", "prefecture", city),
        ]
        self.bodies = [
            make.organisation(f"{region.name}{name}", kind="association", level=level, region=region)
            for name, level, region in bodies
        ]
        bureau = make.organisation("长沙市财政局", kind="government_body", region=city)
        self.endorsers = [make.holder(Role.ENDORSER, body) for body in self.bodies]
        self.treasurer, self.officer = make.holder(Role.FINANCE, bureau), make.officer(self.association)
        definition = applying.definition(endorsement=[CHAIN], applicants={"kinds": ["单位"]}, region="湖南省")
        self.call = make.published_call(self.association, definition)

    def teardown(self) -> None:
        """Undo everything."""
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # ------------------------------------------------------------------------------------------ what the model says

    def _said(self, queue: int) -> list[tuple[int, int, int]]:
        """The list of a queue as it stands: which ones, with which content and opinion, in order."""
        return [
            (n, self.ones[n].content, self.ones[n].opinion)
            for n in self.orders[queue]
            if self.ones[n].state == "recommended"
        ]

    def _standing(self, queue: int) -> int:
        return sum(len(each.standing) for each in self.lists if each.by == queue)

    def _live(self) -> List | None:
        return next((each for each in self.lists if each.state in ("proposed", "agreed")), None)

    def _settle_live(self) -> None:
        """A list that changed is agreed to by nobody."""
        live = self._live()
        if live is not None and live.said != self._said(CITY):
            live.state = "void"

    def _act(self, name: str, act: Callable[[], Any], *, goes: bool) -> Any:
        """Act; it goes or not as the model says."""
        Endorsing.steps += 1
        done, refused = None, None
        try:
            with transaction.atomic():
                done = act()
        except Refused as error:
            refused = error
            Endorsing.refused += 1
        assert goes == (refused is None), (
            f"{name}: {refused.findings if refused else 'it went, and must not'}"
        )
        if goes:
            Endorsing.acts[name] += 1
        return done

    def _pick(self, number: int, *states: str) -> int:
        """Mostly one in these states; now and then any, to see it refused."""
        fitting = [n for n, one in enumerate(self.ones) if one.state in states and one.at < 3]
        return fitting[number % len(fitting)] if fitting and number % 6 else number % len(self.ones)

    def _before(self, n: int) -> Any:
        """Whoever has it now, or had it last."""
        return self.endorsers[min(self.ones[n].at, CITY)]

    # ------------------------------------------------------------------------------------------------------ the acts

    def _come(self, county: int) -> None:
        unit = make.organisation(kind="society", level="county", region=self.counties[county])
        passage = makers.passage_of(applying.submitted(self.call, applying.applicant(unit)))
        assert passage is not None
        self.passages.append(passage)
        self.ones.append(One(county))
        Endorsing.steps += 1

    @precondition(lambda self: len(self.ones) < MOST)
    @rule(county=st.sampled_from(COUNTIES))
    def come(self, county: int) -> None:
        """One more is submitted."""
        self._come(county)

    @rule(number=ANY)
    def recommend(self, number: int) -> None:
        """Recommend one."""
        self._recommend(self._pick(number, "waiting"))

    def _recommend(self, n: int) -> None:
        one, goes = self.ones[n], self.ones[n].state == "waiting" and self.ones[n].at < 3
        passage, actor = self.passages[n], self._before(n)
        self._act("recommend", lambda: actions.recommend(passage.pk, "同意", actor=actor, at=NOW), goes=goes)
        if goes:
            one.state, one.touched, one.opinion = "recommended", True, one.opinion + 1
            if n not in self.orders[one.at]:
                self.orders[one.at].append(n)
            self._settle_live()

    @rule(number=ANY)
    def decline(self, number: int) -> None:
        """Decline one."""
        n = self._pick(number, "waiting")
        one, passage, actor = self.ones[n], self.passages[n], self._before(n)
        goes = one.state == "waiting" and one.at < 3
        self._act("decline", lambda: actions.decline(passage.pk, "不符", actor=actor, at=NOW), goes=goes)
        if goes:
            one.state, one.touched, one.told = "declined", True, False
            self._leave_order(n)

    @rule(number=ANY)
    def reconsider(self, number: int) -> None:
        """Take a decision back."""
        n = self._pick(number, "recommended", "declined")
        one, passage, actor = self.ones[n], self.passages[n], self._before(n)
        goes = one.state in ("recommended", "declined")
        self._act("reconsider", lambda: actions.reconsider(passage.pk, actor=actor, at=NOW), goes=goes)
        if goes:
            one.state, one.told = "waiting", False
            self._leave_order(n)

    def _leave_order(self, n: int) -> None:
        for order in self.orders:
            if n in order:
                order.remove(n)
        self._settle_live()

    @rule(number=ANY)
    def give_back(self, number: int) -> None:
        """Return one for correction; its place stays."""
        n = self._pick(number, *IN_HAND)
        one, passage, actor = self.ones[n], self.passages[n], self._before(n)
        goes, correction = one.state in IN_HAND, applying.correction()
        self._act(
            "give_back", lambda: actions.give_back(passage.pk, correction, actor=actor, at=NOW), goes=goes
        )
        if goes:
            one.state, one.touched = "returned", True
            self._settle_live()

    @rule(number=ANY, is_corrected=st.booleans())
    def correct(self, number: int, is_corrected: bool) -> None:
        """What was returned is corrected, or stands as it was."""
        returned = [n for n, one in enumerate(self.ones) if one.state == "returned"]
        if not returned:
            return
        n = returned[number % len(returned)]
        one, application = self.ones[n], self.passages[n].application
        if is_corrected:
            one.content += 1
            applying.save(application, summary=f"修改{one.content}次。")
            applying.submit(application)
        else:
            let_stand(application.pk, actor=self.officer, at=NOW)
        one.state = "waiting"
        Endorsing.steps += 1
        Endorsing.acts["correct" if is_corrected else "let_stand"] += 1

    @rule(number=ANY)
    def withdraw(self, number: int) -> None:
        """Withdraw one, or hand it in again."""
        n = number % len(self.ones)
        one, application = self.ones[n], self.passages[n].application
        Endorsing.steps += 1
        Endorsing.acts["begin_again" if one.state == "withdrawn" else "withdraw"] += 1
        if one.state == "withdrawn":
            applying.take_up_again(application)
            applying.submit(application)
            county = self.counties.index(application.unit.region)
            self.ones[n] = One(county, content=one.content + 1, opinion=one.opinion)
            return
        applying.withdraw(application)
        one.state = "withdrawn"
        for each in self.lists:
            if n in each.standing:
                each.standing.remove(n)
        self._leave_order(n)

    @rule(queue=st.sampled_from((0, 1, CITY)), turn=ANY, is_whole=st.integers(0, 5))
    def rank(self, queue: int, turn: int, is_whole: int) -> None:
        """Put a queue in another order; now and then one is forgotten."""
        row = self._queue(queue)
        listed = [n for n, _content, _opinion in self._said(queue)]
        if row is None or not listed:
            return
        turned = listed[turn % len(listed) :] + listed[: turn % len(listed)]
        given = turned if is_whole else turned[1:]
        order = [self.passages[n].pk for n in given]
        actor = self.endorsers[queue]
        self._act("rank", lambda: actions.rank(row.pk, order, actor=actor, at=NOW), goes=bool(is_whole))
        if is_whole:
            following = iter(turned)
            placed = self.orders[queue]
            self.orders[queue] = [next(following) if n in listed else n for n in placed]
            self._settle_live()

    def _queue(self, queue: int) -> Queue | None:
        return Queue.objects.filter(call=self.call, taker=self.bodies[queue]).first()

    def _is_sound(self, queue: int) -> bool:
        """Is there something to forward, and a place for all of it?"""
        going, quota = len(self._said(queue)), self.quotas[queue]
        untold = any(one.at == queue and one.state == "declined" and not one.told for one in self.ones)
        return (going > 0 or untold) and (quota is None or going <= quota - self._standing(queue))

    @rule(queue=st.sampled_from((0, 1, CITY, CITY)))
    def forward(self, queue: int) -> None:
        """Forward a list."""
        row = self._queue(queue)
        if row is None:
            return
        live = self._live() if queue == CITY else None
        goes = self._is_sound(queue) and (queue != CITY or (live is not None and live.state == "agreed"))
        actor = self.endorsers[queue]
        batch = self._act("forward", lambda: actions.forward(row.pk, actor=actor, at=NOW), goes=goes)
        if not goes:
            return
        said = self._said(queue)
        if live is None:
            self.lists.append(List(queue, "forwarded", said))
            self.batches.append(batch)
        made = self.lists.index(live) if live else len(self.lists) - 1
        self.lists[made].state = "forwarded"
        for n, _content, _opinion in said:
            self.lists[made].standing.append(n)
            self.orders[queue].remove(n)
            one = self.ones[n]
            one.at, one.touched, one.came_by = (CITY if queue != CITY else 3), False, made
            one.state = "waiting" if one.at == CITY else "filed"
        for one in self.ones:
            one.told = one.told or (one.at == queue and one.state == "declined")

    @rule()
    def propose(self) -> None:
        """The city sends its list to the finance bureau."""
        row = self._queue(CITY)
        if row is None:
            return
        actor, goes = self.endorsers[CITY], self._is_sound(CITY) and self._live() is None
        batch = self._act("propose", lambda: actions.propose(row.pk, actor=actor, at=NOW), goes=goes)
        if goes:
            self.lists.append(List(CITY, "proposed", self._said(CITY)))
            self.batches.append(batch)

    @precondition(lambda self: bool(self.lists))
    @rule(number=ANY, agrees=st.sampled_from((True, True, True, False)))
    def co_sign(self, number: int, agrees: bool) -> None:
        """The finance bureau agrees to a list, or refuses it."""
        live = self._live()
        made = self.lists.index(live) if live and number % 5 else number % len(self.lists)
        one, batch = self.lists[made], self.batches[made]
        if one.by != CITY:
            return
        if agrees:
            goes = one.state == "proposed"
            self._act("agree", lambda: actions.agree(batch.pk, actor=self.treasurer, at=NOW), goes=goes)
        else:
            goes = one.state in ("proposed", "agreed")
            self._act(
                "refuse", lambda: actions.refuse(batch.pk, "再议", actor=self.treasurer, at=NOW), goes=goes
            )
        if goes:
            one.state = "agreed" if agrees else "refused"

    @precondition(lambda self: bool(self.lists))
    @rule(number=ANY)
    def recall(self, number: int) -> None:
        """Take a forwarded list back."""
        sent = [made for made, each in enumerate(self.lists) if each.state == "forwarded"]
        made = sent[number % len(sent)] if sent and number % 6 else number % len(self.lists)
        one, batch = self.lists[made], self.batches[made]
        goes = one.state == "forwarded" and all(self._is_untouched(n, made) for n in one.standing)
        actor = self.endorsers[one.by]
        self._act("recall", lambda: actions.recall(batch.pk, "有误", actor=actor, at=NOW), goes=goes)
        if not goes:
            return
        one.state = "recalled"
        back, one.standing = [n for n, _content, _opinion in one.said if n in one.standing], []
        for n in back:
            self.ones[n].at, self.ones[n].state, self.ones[n].touched = one.by, "recommended", True
            self.ones[n].came_by = None
        self.orders[one.by] = back + self.orders[one.by]
        self._settle_live()

    def _is_untouched(self, n: int, made: int) -> bool:
        one = self.ones[n]
        return one.came_by == made and (one.state == "filed" or (one.state == "waiting" and not one.touched))

    @rule(number=ANY)
    def receive(self, number: int) -> None:
        """The province takes one in."""
        filed = [n for n, one in enumerate(self.ones) if one.state == "filed"]
        n = filed[number % len(filed)] if filed and number % 6 else number % len(self.ones)
        goes, pk = self.ones[n].state == "filed", self.passages[n].pk
        self._act("receive", lambda: actions.receive([pk], actor=self.officer, at=NOW), goes=goes)
        if goes:
            self.ones[n].state = "received"

    @rule(queue=st.sampled_from((0, 1, CITY)), quota=st.sampled_from((None, 0, 1, 2, 3, 4)))
    def settle(self, queue: int, quota: int | None) -> None:
        """The province gives a queue another quota."""
        row = self._queue(queue)
        if row is None:
            return
        goes = quota is None or quota >= self._standing(queue)
        settled = actions.Settled(quota, None, "调整名额")
        self._act(
            "settle", lambda: actions.settle_queue(row.pk, settled, actor=self.officer, at=NOW), goes=goes
        )
        if goes:
            self.quotas[queue] = quota

    @rule(number=ANY)
    def assign(self, number: int) -> None:
        """The province lays one that is in a county before the other county."""
        n = number % len(self.ones)
        one, passage = self.ones[n], self.passages[n]
        if one.at not in COUNTIES:
            return
        goes, other = one.state in IN_HAND, 1 - one.at
        if goes and self._queue(other) is None:
            return
        assigned = actions.Assigned(self.bodies[other].pk)
        self._act(
            "assign", lambda: actions.assign(passage.pk, assigned, actor=self.officer, at=NOW), goes=goes
        )
        if goes:
            one.at, one.state, one.touched, one.told, one.came_by = other, "waiting", False, False, None
            self._leave_order(n)

    # ------------------------------------------------------------------------------------------ what must always hold

    @invariant()
    def the_tables_say_what_the_model_says(self) -> None:
        """States, orders, lists and standing lines are those of the model."""
        rows = Passage.objects.in_bulk([each.pk for each in self.passages])
        assert [rows[each.pk].state for each in self.passages] == [one.state for one in self.ones]
        known = {each.pk: n for n, each in enumerate(self.passages)}
        for queue, order in enumerate(self.orders):
            placed = Passage.objects.filter(taker=self.bodies[queue], place__isnull=False).order_by("place")
            assert [known[row.pk] for row in placed] == order
        batches = Batch.objects.in_bulk([each.pk for each in self.batches])
        assert [batches[each.pk].state for each in self.batches] == [each.state for each in self.lists]
        standing = BatchLine.objects.filter(stands=True).values_list("batch_id", "passage_id")
        made = {each.pk: n for n, each in enumerate(self.batches)}
        expected = {(n, one) for n, each in enumerate(self.lists) for one in each.standing}
        assert {(made[batch], known[passage]) for batch, passage in standing} == expected

    @invariant()
    def quotas_and_seats_are_exact(self) -> None:
        """No more is forwarded than the quota; seats are as many, and each line of a quota has its own."""
        for queue, quota in enumerate(self.quotas):
            row = self._queue(queue)
            if row is None:
                continue
            taken = list(
                BatchLine.objects.filter(queue=row, stands=True).values_list("seat__number", flat=True)
            )
            assert row.quota == quota
            assert row.seats.count() == (quota or 0)
            if quota is None:
                assert set(taken) <= {None}
            else:
                assert len(set(taken)) == len(taken) <= quota
                assert None not in taken

    @invariant()
    def the_checks_of_verify_find_nothing(self) -> None:
        """States are what the events say, and all else that ``keqiao verify`` asks."""
        if self.steps % 5:
            return
        for name, check in verification.CHECKS:
            assert check().faults == (), name
