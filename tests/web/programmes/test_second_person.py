"""Publishing where the association wants a second person to agree."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from keqiao.core.lifecycle import NotAllowed
from keqiao.web.accounts.roles import Role
from keqiao.web.approvals import actions as approvals
from keqiao.web.approvals.acts import NotExecuted
from keqiao.web.approvals.queries import difference_of, proposed_by, waiting_for
from keqiao.web.approvals.refusals import AlreadyProposed, SubjectChanged
from keqiao.web.audit.queries import timeline
from keqiao.web.notifications.models import Message
from keqiao.web.parties.models import Association
from keqiao.web.programmes import actions
from keqiao.web.programmes.changes.revisions import revisions_shown
from keqiao.web.programmes.models import Revision
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.verification import check_second_person
from tests.web import make

NOW = make.LONG_AGO + timedelta(days=1)
LATER = NOW + timedelta(hours=3)
NOTE = "评分标准另行公布"

pytestmark = pytest.mark.django_db


@pytest.fixture
def association():
    found = make.association("河洛市科学技术协会", slug="heluo")
    Association.objects.filter(pk=found.pk).update(second_person_publishes=True)
    found.refresh_from_db()
    return found


@pytest.fixture
def call(association):
    return make.draft_call(association)


@pytest.fixture
def second(association):
    return make.officer(association)


def ask(call, version=1, note=NOTE):
    return actions.ask_to_publish(call.pk, version, actor=call.created_by, at=NOW, note=note)


def correct(call, version, **statement):
    ((slot, value),) = statement.items()
    change = actions.PartChange(version, Part("c1", slot), value)
    return actions.change_part(call.pk, change, actor=call.created_by, at=NOW)


def published(call):
    return Revision.objects.filter(call=call).count()


def test_nobody_publishes_alone(call):
    with pytest.raises(Refused) as refused:
        actions.publish(call.pk, 1, actor=call.created_by, at=NOW, note=NOTE)

    assert [finding.code for finding in refused.value.findings] == ["call.second_person_needed"]
    assert published(call) == 0


def test_where_nobody_wants_a_second_person_publishing_goes_on_as_before():
    assert published(make.published_call()) == 1


def test_another_officer_agrees_and_it_is_published_for_whoever_asked(call, second):
    approval = ask(call)
    approvals.approve(approval.pk, actor=second, at=LATER)

    revision = Revision.objects.get(call=call)
    assert (revision.published_by, revision.note, revision.published_at) == (call.created_by, NOTE, LATER)
    event = timeline(call).last()
    assert (event.act, event.actor_id, event.data["approved_by"]) == (
        "published",
        call.created_by.pk,
        str(second.pk),
    )
    shown = revisions_shown(call)[0]
    assert (shown.published_by, shown.approved_by) == (call.created_by.display_name, second.display_name)


def test_a_leader_may_agree_and_not_ask(call, association):
    leader = make.holder(Role.LEADER, association.organisation)
    with pytest.raises(PermissionDenied):
        actions.ask_to_publish(call.pk, 1, actor=leader, at=NOW, note=NOTE)

    approvals.approve(ask(call).pk, actor=leader, at=LATER)
    assert published(call) == 1


def test_the_proposer_does_not_agree_and_neither_does_an_officer_elsewhere(call):
    approval = ask(call)
    for person in (call.created_by, make.officer(make.association())):
        with pytest.raises(NotAllowed):
            approvals.approve(approval.pk, actor=person, at=LATER)

    assert published(call) == 0


def test_agreement_is_no_door_past_the_room_of_approvals(call, second):
    for other in (None, call.created_by, make.officer(make.association())):
        signed = actions.Signed(call.created_by, NOW, NOTE, other)
        with pytest.raises(Refused) as refused:
            actions.publish_approved(call.pk, 1, signed)
        assert [finding.code for finding in refused.value.findings] == ["call.second_person_needed"]

    actions.publish_approved(call.pk, 1, actions.Signed(call.created_by, NOW, NOTE, second))
    assert published(call) == 1


def test_a_draft_that_was_changed_since_is_not_published_and_it_is_said_in_what(call, second):
    approval = ask(call)
    correct(call, 1, name="科普讲座")

    with pytest.raises(SubjectChanged) as refused:
        approvals.approve(approval.pk, actor=second, at=LATER)

    changed = {change.name: (change.before, change.after) for change in refused.value.changes}
    assert changed["draft"] == (1, 2)
    assert set(changed) == {"draft", "content"}
    assert published(call) == 0


def test_a_call_that_was_published_meanwhile_is_not_published_again(call, second, association):
    approval = ask(call)
    Association.objects.filter(pk=association.pk).update(second_person_publishes=False)
    actions.publish(call.pk, 1, actor=second, at=NOW, note=NOTE)

    with pytest.raises(SubjectChanged) as refused:
        approvals.approve(approval.pk, actor=second, at=LATER)

    assert {change.name for change in refused.value.changes} == {"state", "revision"}
    assert published(call) == 1


def test_what_cannot_be_published_is_asked_of_nobody(association, second):
    faulty = make.draft_call(association, make.definition(deadline=None))
    with pytest.raises(Refused):
        ask(faulty)
    with pytest.raises(StaleDraft):
        ask(make.draft_call(association), version=7)

    assert not waiting_for(second, NOW).exists()


def test_a_proposer_who_is_no_officer_any_more_publishes_nothing(call, second):
    approval = ask(call)
    call.created_by.grants.update(valid_until=NOW)

    with pytest.raises(NotExecuted):
        approvals.approve(approval.pk, actor=second, at=LATER)
    assert published(call) == 0


def test_asking_twice_is_asking_once_and_another_version_waits_for_the_first(call):
    first = ask(call)
    assert ask(call).pk == first.pk
    correct(call, 1, name="科普讲座")

    with pytest.raises(AlreadyProposed):
        ask(call, version=2)


def test_a_first_publication_is_described_in_short(call):
    rows = {change.label: change.after for change in difference_of(ask(call))}

    assert rows == {
        "标题": call.title,
        "发文单位": "测试科协",
        "可申报类别": "1 个",
        "经费合计": "最多 12万元",
        "申报截止": "2026年6月30日",
    }


def test_a_new_version_is_described_by_its_differences(call, second):
    approvals.approve(ask(call).pk, actor=second, at=NOW)
    correct(call, 1, places={"count": 6})
    approval = ask(call, version=2)

    changes = [(change.label, change.before, change.after) for change in difference_of(approval)]
    assert approval.title == f"发布“{call.title}”的新版本"
    assert changes == [("科普活动：名额", "4 项", "6 项")]


def test_whoever_may_agree_is_told_and_then_whoever_asked(call, second, association):
    leader = make.holder(Role.LEADER, association.organisation)
    approval = ask(call)
    ask(call)

    told = Message.objects.filter(template="approval.waiting", channel="in_app")
    assert set(told.values_list("recipient_id", flat=True)) == {second.pk, leader.pk}
    assert told.count() == 2
    approvals.approve(approval.pk, actor=leader, at=LATER)
    letter = Message.objects.get(template="approval.published", channel="in_app")
    assert letter.recipient_id == call.created_by.pk


def test_the_page_asks_instead_of_publishing(client, call, second):
    client.force_login(call.created_by)
    address = reverse("programmes:publish", args=[call.pk])
    page = client.get(address).content.decode()
    assert ("提交审批" in page, ">发布</button>" in page) == (True, False)

    answer = client.post(address, {"version": 1, "note": NOTE})
    approval = waiting_for(second, timezone.now()).get()
    assert answer.headers["Location"] == reverse("approvals:detail", args=[approval.pk])
    page = client.get(address).content.decode()
    assert ("提交审批，有效期至" in page, 'name="note"' in page) == (True, False)


def test_the_page_says_that_a_changed_draft_cannot_be_approved_any_more(client, call):
    client.force_login(call.created_by)
    address = reverse("programmes:publish", args=[call.pk])
    client.post(address, {"version": 1, "note": NOTE})
    assert "请撤回后重新提交" not in client.get(address).content.decode()

    correct(call, 1, name="科普讲座")
    page = client.get(address).content.decode()
    assert ("请撤回后重新提交" in page, "提交之后修改了 1 处" in page, "科普讲座" in page) == (
        True,
        True,
        True,
    )


def test_whoever_asks_is_told_when_nobody_else_could_agree(client, call):
    client.force_login(call.created_by)
    address = reverse("programmes:publish", args=[call.pk])
    page = client.post(address, {"version": 1, "note": NOTE}, follow=True).content.decode()

    assert ("已提交审批" in page, "目前没有其他人可以审批" in page) == (True, True)


def test_the_desk_shows_what_waits_for_whom_and_until_when(client, call, second):
    approval = ask_now(client, call)
    page = client.get(reverse("portal:desk")).content.decode()
    assert ("我提交的审批" in page, "去审批" in page) == (True, False)

    client.force_login(second)
    page = client.get(reverse("portal:desk")).content.decode()
    assert ("去审批" in page, approval.title in page, "余 " in page) == (True, True, True)
    client.force_login(make.officer(make.association()))
    assert approval.title not in client.get(reverse("portal:desk")).content.decode()


def test_whoever_asked_reads_on_the_desk_that_the_answer_was_no(client, call, second):
    approval = ask_now(client, call)
    approvals.refuse(approval.pk, actor=second, at=timezone.now(), reason="截止时间须再核")

    page = client.get(reverse("portal:desk")).content.decode()
    assert ("未批准" in page, reverse("approvals:detail", args=[approval.pk]) in page) == (True, True)


def ask_now(client, call):
    client.force_login(call.created_by)
    client.post(reverse("programmes:publish", args=[call.pk]), {"version": 1, "note": NOTE})
    return proposed_by(call.created_by).get()


def test_a_call_that_is_cancelled_is_not_proposed(call, second):
    make.cancelled(call)
    with pytest.raises(Refused) as refused:
        ask(call)

    assert [finding.code for finding in refused.value.findings] == ["call.wrong_state"]


def test_verify_finds_a_publication_whose_second_person_never_agreed(call, second, association):
    approvals.approve(ask(call).pk, actor=second, at=LATER)
    assert (check_second_person().faults, check_second_person().checked) == ((), 1)

    other = make.draft_call(association)
    actions.publish_approved(other.pk, 1, actions.Signed(other.created_by, NOW, NOTE, second))

    assert [(fault.code, fault.about) for fault in check_second_person().faults] == [
        ("call.second_person_differs", f"{other.pk} 1")
    ]
