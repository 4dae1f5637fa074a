"""Endorsing in any order: the acts, each held against the model (``any_order_known``) after every step."""

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from keqiao.web.applications.actions import let_stand
from keqiao.web.endorsement import actions, verification
from keqiao.web.endorsement.models import Batch, BatchLine, Passage, Queue
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.endorsement import makers
from tests.web.endorsement.any_order_known import ANY, CITY, COUNTIES, IN_HAND, MOST, List, One, Standing
from tests.web.endorsement.makers import NOW


class Endorsing(Standing):
    """Two counties, a city, a province."""

    def _come(self, county: int) -> None:
        unit = make.organisation(kind="society", level="county", region=self.counties[county])
        passage = makers.passage_of(applying.submitted(self.call, applying.applicant(unit)))
        assert passage is not None
        self.passages.append(passage)
        self.ones.append(One(county))
        Standing.steps += 1

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
        self._reconsider(self._pick(number, "recommended", "declined"))

    def _reconsider(self, n: int) -> None:
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
        goes = one.state in IN_HAND and not one.stood  # the same submission is returned once
        correction = applying.correction()
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
            one.content, one.stood = one.content + 1, False
            applying.save(application, summary=f"修改{one.content}次。")
            applying.submit(application)
        else:
            let_stand(application.pk, actor=self.officer, at=NOW)
            one.stood = True
        one.state = "waiting"
        Standing.steps += 1
        Standing.acts["correct" if is_corrected else "let_stand"] += 1

    @rule(number=ANY)
    def withdraw(self, number: int) -> None:
        """Withdraw one, or hand it in again."""
        n = number % len(self.ones)
        one, application = self.ones[n], self.passages[n].application
        if number % 3 and one.state != "withdrawn":
            return  # so that most go on
        Standing.steps += 1
        Standing.acts["begin_again" if one.state == "withdrawn" else "withdraw"] += 1
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

    def _counted(self, queue: int) -> str:
        return f"({len(self._said(queue))} go, quota {self.quotas[queue]}, {self._standing(queue)} are forwarded)"

    @rule(queue=st.sampled_from((0, 1, CITY, CITY)))
    def forward(self, queue: int) -> None:
        """Forward a list."""
        self._forward(queue)

    @rule(queue=st.sampled_from((0, 1, CITY, CITY)), is_disturbed=st.booleans())
    def work_off(self, queue: int, is_disturbed: bool) -> None:
        """Recommend as many as there are places, have the list agreed to, and forward it.

        ``is_disturbed``: one on the list is looked at again while the list lies with the finance bureau.
        """
        if queue == CITY and not self._waiting(CITY):
            for county in COUNTIES:
                self._work_off(county, is_disturbed=False)
        self._work_off(queue, is_disturbed=is_disturbed)

    def _waiting(self, queue: int) -> list[int]:
        return [n for n, one in enumerate(self.ones) if one.at == queue and one.state == "waiting"]

    def _work_off(self, queue: int, *, is_disturbed: bool) -> None:
        quota = self.quotas[queue]
        free = MOST if quota is None else quota - self._standing(queue) - len(self._said(queue))
        for n in self._waiting(queue)[: max(0, free)]:
            self._recommend(n)
        if queue == CITY:
            self._propose()
            if live := self._live():
                if is_disturbed and live.said:  # a list may tell of declined ones only
                    self._reconsider(live.said[0][0])
                self._co_sign(self.lists.index(live), agrees=True)
        self._forward(queue)

    def _forward(self, queue: int) -> None:
        row = self._queue(queue)
        if row is None:
            return
        live = self._live() if queue == CITY else None
        goes = self._is_sound(queue) and (queue != CITY or (live is not None and live.state == "agreed"))
        actor = self.endorsers[queue]
        counted = self._counted(queue)
        batch = self._act(
            "forward", lambda: actions.forward(row.pk, actor=actor, at=NOW), goes=goes, seen=counted
        )
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
        self._propose()

    def _propose(self) -> None:
        row = self._queue(CITY)
        if row is None:
            return
        actor, goes = self.endorsers[CITY], self._is_sound(CITY) and self._live() is None
        counted = self._counted(CITY)
        batch = self._act(
            "propose", lambda: actions.propose(row.pk, actor=actor, at=NOW), goes=goes, seen=counted
        )
        if goes:
            self.lists.append(List(CITY, "proposed", self._said(CITY)))
            self.batches.append(batch)

    @precondition(lambda self: bool(self.lists))
    @rule(number=ANY, agrees=st.sampled_from((True, True, True, False)))
    def co_sign(self, number: int, agrees: bool) -> None:
        """The finance bureau agrees to a list, or refuses it."""
        live = self._live()
        self._co_sign(
            self.lists.index(live) if live and number % 5 else number % len(self.lists), agrees=agrees
        )

    def _co_sign(self, made: int, *, agrees: bool) -> None:
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

    @invariant()
    def the_tables_say_what_the_model_says(self) -> None:
        """States, orders, lists and standing lines are those of the model."""
        rows = Passage.objects.in_bulk([each.pk for each in self.passages])
        assert [rows[each.pk].state for each in self.passages] == [one.state for one in self.ones], (
            "each application stands as the acts on it say"
        )
        known = {each.pk: n for n, each in enumerate(self.passages)}
        for queue, order in enumerate(self.orders):
            placed = Passage.objects.filter(taker=self.bodies[queue], place__isnull=False).order_by("place")
            assert [known[row.pk] for row in placed] == order, "places are those that were given, or kept"
        batches = Batch.objects.in_bulk([each.pk for each in self.batches])
        found = [batches[each.pk].state for each in self.batches]
        assert found == [each.state for each in self.lists], (
            f"a list that changed is void, and else stands as it was left: {found}"
        )
        standing = BatchLine.objects.filter(stands=True).values_list("batch_id", "passage_id")
        made = {each.pk: n for n, each in enumerate(self.batches)}
        expected = {(n, one) for n, each in enumerate(self.lists) for one in each.standing}
        assert {(made[batch], known[passage]) for batch, passage in standing} == expected, (
            "what was forwarded and neither recalled nor withdrawn stands on its list"
        )

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
            assert row.quota == quota, "the quota is the one that was settled last"
            assert row.seats.count() == (quota or 0), "there are as many seats as the quota says"
            if quota is None:
                assert set(taken) <= {None}, "without a quota nobody holds a seat"
            else:
                assert len(taken) <= quota, f"{len(taken)} are forwarded, quota {quota}"
                assert len(set(taken) - {None}) == len(taken), "each line of a quota has a seat of its own"

    @invariant()
    def the_checks_of_verify_find_nothing(self) -> None:
        """States are what the events say, and all else that ``keqiao verify`` asks.

        Counted within the example: run again, it has to ask at the same steps, or Hypothesis takes it for another one.
        """
        self.turns += 1
        if self.turns % 5:
            return
        for name, check in verification.CHECKS:
            assert check().faults == (), f"verify: {name}"
