"""Any steps by anybody in any order: the room does what the table of the core says, and the checks hold."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.approval import ApprovalState
from keqiao.web.accounts.roles import Role
from keqiao.web.approvals import actions
from keqiao.web.approvals.models import Approval
from keqiao.web.approvals.refusals import AlreadyProposed, SubjectChanged
from keqiao.web.approvals.verification import CHECKS
from tests.web import make
from tests.web.approvals.renaming import NOON, TWO_DAYS, change_behind, name_of, propose, times_renamed

OPEN = ApprovalState.PROPOSED.value
PEOPLE = st.sampled_from(["leader", "other_leader", "officer", "leader", "other_leader", "stranger"])
LEADERS = {"leader", "other_leader"}


class Steps(RuleBasedStateMachine):
    """The model beside the room: who proposed last, its state, what the subject is called, how often renamed."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.association = make.association("旧名")
        there = self.association.organisation
        self.people = {
            "officer": make.officer(self.association),
            "leader": make.holder(Role.LEADER, there),
            "other_leader": make.holder(Role.LEADER, there),
            "stranger": make.user(),
        }
        self.now, self.approval = NOON, None
        self.proposer = self.decider = self.state = ""
        self.expires, self.name, self.named_at_proposal, self.renamed = NOON, "旧名", "", 0

    def teardown(self) -> None:
        faults = [fault for _name, check in CHECKS for fault in check().faults]
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        assert faults == []

    def is_open(self) -> bool:
        return self.state == OPEN and self.now < self.expires

    @rule(who=st.sampled_from(["officer", "leader"]))
    def propose(self, who):
        try:
            made = propose(self.association, self.people[who], f"名{self.renamed}", self.now)
        except AlreadyProposed:
            assert self.is_open()
            return
        if self.is_open():
            assert (made.pk, who, self.name) == (self.approval.pk, self.proposer, self.named_at_proposal)
            return
        self.approval, self.proposer, self.state = made, who, OPEN
        self.expires, self.named_at_proposal = self.now + TWO_DAYS, self.name

    @precondition(lambda self: self.approval)
    @rule(who=PEOPLE)
    def approve(self, who):
        repeats = self.state == "approved" and self.decider == who
        may = self.is_open() and who in LEADERS and who != self.proposer
        try:
            actions.approve(self.approval.pk, actor=self.people[who], at=self.now)
        except NotAllowed:
            assert (may, repeats) == (False, False)
            return
        except SubjectChanged:
            assert may
            assert self.name != self.named_at_proposal
            return
        assert may or repeats
        if may:
            assert self.name == self.named_at_proposal
            self.state, self.decider = "approved", who
            self.name, self.renamed = f"名{self.renamed}", self.renamed + 1

    @precondition(lambda self: self.approval)
    @rule(who=PEOPLE)
    def refuse(self, who):
        repeats = self.state == "refused" and self.decider == who
        may = self.is_open() and who in LEADERS and who != self.proposer
        act = partial(actions.refuse, self.approval.pk, at=self.now, reason="不")
        self.end(act, who, may=may or repeats)
        if may:
            self.state, self.decider = "refused", who

    @precondition(lambda self: self.approval)
    @rule(who=PEOPLE)
    def withdraw(self, who):
        may = who == self.proposer and (self.is_open() or self.state == "withdrawn")
        self.end(partial(actions.withdraw, self.approval.pk, at=self.now), who, may=may)
        if may:
            self.state = "withdrawn"

    def end(self, act, who, *, may):
        try:
            act(actor=self.people[who])
        except NotAllowed:
            assert not may
        else:
            assert may

    @rule()
    def expire(self):
        actions.expire_due(self.now)
        if self.state == OPEN and self.now >= self.expires:
            self.state = "expired"

    @rule(hours=st.sampled_from([1, 60]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def the_subject_changes(self):
        self.name = f"{self.name}改"[-8:]
        change_behind(self.association, self.name)

    @invariant()
    def the_room_agrees_with_the_model(self):
        assert (name_of(self.association), times_renamed(self.association)) == (self.name, self.renamed)
        if self.approval:
            assert Approval.objects.values_list("state", flat=True).get(pk=self.approval.pk) == self.state
        assert Approval.objects.filter(state=OPEN).count() <= 1


@pytest.mark.django_db
def test_any_steps_leave_the_room_as_the_table_says():
    run_state_machine_as_test(Steps, settings=settings(max_examples=80, stateful_step_count=14))
