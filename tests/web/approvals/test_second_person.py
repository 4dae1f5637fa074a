"""An act waits for a second person: who may decide, until when, on what."""

import sys
from datetime import timedelta
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.approval import ApprovalState
from keqiao.web.accounts.roles import Role
from keqiao.web.approvals import actions, acts, queries
from keqiao.web.approvals.acts import NotExecuted
from keqiao.web.approvals.frozen import Change
from keqiao.web.approvals.models import Approval
from keqiao.web.approvals.refusals import AlreadyProposed, NotProposed, SubjectChanged
from keqiao.web.audit.queries import timeline
from tests.web import make
from tests.web.append_only import triggers_off
from tests.web.approvals.renaming import (
    NOON,
    RENAME,
    TWO_DAYS,
    change_behind,
    name_of,
    propose,
    subject_of,
    times_renamed,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def acts_of(approval: Approval) -> list[str]:
    return [event.act for event in timeline(approval)]


def state_of(approval: Approval) -> str:
    return Approval.objects.values_list("state", flat=True).get(pk=approval.pk)


def test_nothing_happens_until_a_second_person_approves(office):
    approval = propose(office.association, office.officer)
    assert (name_of(office.association), approval.state) == ("旧名", ApprovalState.PROPOSED)

    approved = actions.approve(approval.pk, actor=office.leader, at=LATER, reason="同意")

    assert name_of(office.association) == "新名"
    assert (approved.state, approved.decided_by_id, approved.executed_at) == (
        "approved",
        office.leader.pk,
        LATER,
    )
    assert approved.outcome == {"event": timeline(office.association).get(act="renamed").sequence}
    assert acts_of(approval) == ["proposed", "approved"]


def test_what_is_frozen_is_what_was_proposed(office):
    approval = propose(office.association, office.officer)
    approval.refresh_from_db()

    assert approval.arguments == {"site_name": "新名"}
    assert approval.basis == {"site_name": "旧名"}
    assert approval.difference == [{"name": "site_name", "before": "旧名", "after": "新名"}]
    assert (approval.title, approval.expires_at) == ("旧名更名", NOON + TWO_DAYS)


def test_the_event_of_a_proposal_tells_ids_and_digest_and_no_words(office):
    approval = propose(office.association, office.officer)
    event = timeline(approval).get()

    subject = ["parties.association", str(office.association.pk)]
    assert event.data == {"kind": "tests.rename", "subject": subject, "digest": approval.digest}
    assert event.reason.text == "换牌子"


def test_approving_twice_does_it_once(office):
    approval = propose(office.association, office.officer)
    first = actions.approve(approval.pk, actor=office.leader, at=LATER)
    again = actions.approve(approval.pk, actor=office.leader, at=LATER + timedelta(hours=1))

    assert (again.executed_at, again.outcome) == (first.executed_at, first.outcome)
    assert times_renamed(office.association) == 1
    assert acts_of(approval) == ["proposed", "approved"]


def test_an_approved_act_is_not_approved_refused_or_withdrawn_by_others(office):
    approval = propose(office.association, office.officer)
    actions.approve(approval.pk, actor=office.leader, at=LATER)

    for act, actor in [
        (actions.approve, office.other_leader),
        (actions.refuse, office.other_leader),
        (actions.refuse, office.leader),
        (actions.withdraw, office.officer),
    ]:
        with pytest.raises(NotAllowed) as refused:
            act(approval.pk, actor=actor, at=LATER, reason="不")
        assert refused.value.wrong_state
    assert times_renamed(office.association) == 1


def test_a_leader_who_proposed_cannot_approve_or_refuse(office):
    approval = propose(office.association, office.leader)

    for act in (actions.approve, actions.refuse):
        with pytest.raises(NotAllowed) as refused:
            act(approval.pk, actor=office.leader, at=LATER, reason="我同意我自己")
        assert not refused.value.wrong_state
    assert (state_of(approval), times_renamed(office.association)) == ("proposed", 0)

    actions.approve(approval.pk, actor=office.other_leader, at=LATER)
    assert times_renamed(office.association) == 1


def test_the_table_itself_refuses_the_proposer_as_decider(office):
    approval = propose(office.association, office.leader)
    decided = {"decided_by_id": office.leader.pk, "decided_at": LATER, "decision_reason": "不"}

    with pytest.raises(IntegrityError, match="approval_is_decided_by_somebody_else"), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(state="refused", **decided)


def test_only_those_with_the_right_there_decide(office):
    approval = propose(office.association, office.officer)
    elsewhere = make.holder(Role.LEADER, make.association().organisation)

    for stranger in (elsewhere, make.officer(office.association), make.user()):
        with pytest.raises(NotAllowed):
            actions.approve(approval.pk, actor=stranger, at=LATER)
    assert state_of(approval) == "proposed"


def test_only_those_with_the_right_there_propose(office):
    with pytest.raises(PermissionDenied):
        propose(office.association, make.officer(make.association()))
    assert Approval.objects.count() == 0


def test_an_expired_act_cannot_be_approved_even_before_anybody_wrote_it_down(office):
    approval = propose(office.association, office.officer)

    with pytest.raises(NotAllowed) as refused:
        actions.approve(approval.pk, actor=office.leader, at=NOON + TWO_DAYS)
    assert (refused.value.state, state_of(approval)) == (ApprovalState.EXPIRED, "proposed")
    assert times_renamed(office.association) == 0

    last_moment = NOON + TWO_DAYS - timedelta(microseconds=1)
    actions.approve(approval.pk, actor=office.leader, at=last_moment)
    assert times_renamed(office.association) == 1


def test_what_is_due_expires_once_and_the_rest_stays(office):
    approval = propose(office.association, office.officer)
    young = propose(make_room(office), office.officer, at=NOON + timedelta(days=1))
    for _round in range(2):
        actions.expire_due(NOON + TWO_DAYS)

    assert (state_of(approval), state_of(young)) == ("expired", "proposed")
    assert acts_of(approval) == ["proposed", "expired"]
    assert timeline(approval).last().actor_id is None


def make_room(office):
    """A second association of the same officer."""
    other = make.association("另一家")
    make.role_of(office.officer, Role.OFFICER, other.organisation)
    del office.officer.__dict__["_grants_at"]
    return other


def test_a_changed_subject_is_refused_with_what_changed(office):
    approval = propose(office.association, office.officer)
    change_behind(office.association)

    with pytest.raises(SubjectChanged) as refused:
        actions.approve(approval.pk, actor=office.leader, at=LATER)
    assert refused.value.changes == (Change("site_name", "旧名", "别名"),)
    assert (name_of(office.association), state_of(approval)) == ("别名", "proposed")

    change_behind(office.association, "旧名")
    actions.approve(approval.pk, actor=office.leader, at=LATER)
    assert name_of(office.association) == "新名"


def test_an_act_that_its_own_rules_refuse_leaves_nothing(office):
    approval = propose(office.association, office.officer, name="")

    with pytest.raises(NotExecuted) as refused:
        actions.approve(approval.pk, actor=office.leader, at=LATER)
    assert refused.value.words == ("名称不能为空。",)
    assert (state_of(approval), acts_of(approval)) == ("proposed", ["proposed"])


def test_another_act_slipped_into_the_row_is_not_done(office):
    approval = propose(office.association, office.officer)
    with triggers_off():
        Approval.objects.filter(pk=approval.pk).update(arguments={"site_name": "黑名"})

    with pytest.raises(NotProposed):
        actions.approve(approval.pk, actor=office.leader, at=LATER)
    assert name_of(office.association) == "旧名"


def test_one_act_on_one_subject_waits_only_once(office):
    approval = propose(office.association, office.officer)

    assert propose(office.association, office.officer) == approval
    for actor, name in [(office.officer, "第三名"), (office.leader, "新名")]:
        with pytest.raises(AlreadyProposed) as refused:
            propose(office.association, actor, name)
        assert refused.value.approval_id == approval.pk
    assert acts_of(approval) == ["proposed"]


@pytest.mark.parametrize("ended", ["withdrawn", "refused", "expired"])
def test_who_thinks_again_proposes_again(office, ended):
    approval = propose(office.association, office.officer)
    at = NOON + TWO_DAYS if ended == "expired" else LATER
    if ended == "withdrawn":
        actions.withdraw(approval.pk, actor=office.officer, at=at)
    elif ended == "refused":
        actions.refuse(approval.pk, actor=office.leader, at=at, reason="名称不妥")

    second = propose(office.association, office.officer, at=at)

    assert second.pk != approval.pk
    assert (state_of(approval), state_of(second)) == (ended, "proposed")
    assert acts_of(approval) == ["proposed", ended]


def test_a_refusal_needs_a_reason_and_does_nothing_twice(office):
    approval = propose(office.association, office.officer)
    with pytest.raises(ValidationError):
        actions.refuse(approval.pk, actor=office.leader, at=LATER, reason=" ")

    for _time in range(2):
        refused = actions.refuse(approval.pk, actor=office.leader, at=LATER, reason="名称不妥")
    assert (refused.state, refused.decision_reason) == ("refused", "名称不妥")
    assert (acts_of(approval), times_renamed(office.association)) == (["proposed", "refused"], 0)


def test_only_the_proposer_withdraws(office):
    approval = propose(office.association, office.officer)
    with pytest.raises(NotAllowed):
        actions.withdraw(approval.pk, actor=office.leader, at=LATER)

    for _time in range(2):
        actions.withdraw(approval.pk, actor=office.officer, at=LATER)
    assert acts_of(approval) == ["proposed", "withdrawn"]


def test_a_proposal_needs_a_reason_and_plain_values(office):
    subject = subject_of(office.association)
    for arguments, reason, fault in [
        ({"site_name": "新名"}, "  ", ValidationError),
        ({"site_name": "新名"}, "长" * 401, ValidationError),
        ({"site_name": 1.5}, "换牌子", ValueError),
        ({"site_name": "新\0名"}, "换牌子", ValueError),
    ]:
        wanted = actions.Proposal(RENAME.code, subject, arguments, reason)
        with pytest.raises(fault):
            actions.propose(wanted, actor=office.officer, at=NOON)
    assert Approval.objects.count() == 0


def test_an_open_approval_waits_for_those_who_could_approve_it(office):
    approval = propose(office.association, office.leader)

    assert queries.approvers_of(approval, LATER) == [office.other_leader]
    assert queries.approvers_of(approval, NOON + TWO_DAYS) == []
    actions.approve(approval.pk, actor=office.other_leader, at=LATER)
    approval.refresh_from_db()
    assert queries.approvers_of(approval, LATER) == []


def test_the_page_of_a_subject_learns_what_waits_for_it(office):
    subject = ("parties.association", str(office.association.pk))
    assert queries.open_for_subject(RENAME.code, subject, LATER) is None

    approval = propose(office.association, office.officer)

    assert queries.open_for_subject(RENAME.code, subject, LATER) == approval
    assert queries.open_for_subject(RENAME.code, subject, NOON + TWO_DAYS) is None


def test_two_acts_cannot_share_a_code_and_an_act_leaves_time_to_decide():
    fields = {name: getattr(RENAME, name) for name in RENAME.__dataclass_fields__}

    with pytest.raises(ImproperlyConfigured):
        acts.register(acts.Act(**fields))
    with pytest.raises(ImproperlyConfigured):
        acts.register(acts.Act(**{**fields, "code": "tests.late", "valid_for": timedelta(0)}))
    assert acts.act_called("tests.late") is None


def test_acts_are_found_in_the_rooms_that_need_a_second_person(monkeypatch):
    room = ModuleType("keqiao.web.portal.second_person")
    room.__spec__ = ModuleSpec(room.__name__, loader=None)
    fields = {name: getattr(RENAME, name) for name in RENAME.__dataclass_fields__}
    room.ACTS = [acts.Act(**{**fields, "code": "portal.close"})]
    monkeypatch.setitem(sys.modules, room.__name__, room)
    monkeypatch.setattr(acts, "_acts", {})
    monkeypatch.setattr(acts, "_find_acts_of_rooms", acts._find_acts_of_rooms.__wrapped__)

    assert acts.act_called("portal.close") is room.ACTS[0]
    assert room.ACTS[0] in acts.all_acts()


def test_an_act_nobody_registered_cannot_be_proposed(office):
    wanted = actions.Proposal("tests.unknown", subject_of(office.association), {}, "试")
    with pytest.raises(LookupError):
        actions.propose(wanted, actor=office.officer, at=NOON)
