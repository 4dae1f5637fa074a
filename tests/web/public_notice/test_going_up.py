"""What was awarded goes on to the level above: as a draft of its unit in an open call here, else by a table."""

from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from keqiao.web.accounts.roles import Role
from keqiao.web.allocation.actions import move
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries.contents import answers_of
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from keqiao.web.notifications.models import Message
from keqiao.web.public_notice import actions, approving
from keqiao.web.public_notice.actions import Upward, enter_upward
from keqiao.web.public_notice.models import Award, UpwardEntry
from keqiao.web.public_notice.verification import check_lists
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.public_notice import makers

pytestmark = pytest.mark.django_db
RULE = {
    "id": "r.up", "type": "recommend_up", "summary": "特别优秀的项目优先推荐", "to": ["省科协"],
    "source": {"clause": "二·1"},
}  # fmt: skip
FIELDS_ABOVE = [
    {"id": "name", "kind": "text", "label": "项目名称", "max_chars": 60},
    {"id": "what", "kind": "text", "label": "项目内容", "max_chars": 200, "required": False},
    {"id": "bank", "kind": "text", "label": "备用账号", "required": False},
    {"id": "plan", "kind": "text", "label": "省级实施计划", "max_chars": 60},
]


def at_level(level: str) -> Any:
    found = make.association()
    found.organisation.level = level
    found.organisation.save()
    return found


def call_above(level: str = "province") -> Any:
    form = [{"id": "f1", "title": "省级申报书", "fields": FIELDS_ABOVE}]
    above = applying.definition(forms=form, deadline={"on": "2090-06-30"}, title="省级科普项目")
    return make.published_call(at_level(level), above)


@pytest.fixture
def call() -> Any:
    definition = applying.definition(rules=[makers.FIVE_DAYS, RULE], deadline={"on": "2090-06-30"})
    return make.published_call(at_level("prefecture"), definition)


@pytest.fixture
def award(call: Any) -> Any:
    """An issued award of two projects; into the first a part went, and the same topic once more."""
    officer, leader = makers.people(call)
    rows = makers.selections(call, approved=2, reserve=2)
    for other, same in zip(rows[2:], (False, True), strict=True):
        values = {"merged_into": rows[0], "is_duplicate": same}
        move(other, "merge", role="officer", actor=officer, at=makers.NOW, reason="内容相同", values=values)
    notice = makers.posted(rows[:2], officer, leader)
    over = makers.after(notice)
    actions.end_due(over)
    actions.conclude(notice.pk, actor=officer, at=over)
    made = actions.draft_award(call.pk, actions.AwardWording("立项通知"), actor=officer, at=over)
    makers.agreed(approving.ISSUE, made, leader, officer=officer, at=over)
    return Award.objects.get(pk=made.pk)


def officer_of(award: Award) -> Any:
    return award.made_by


def codes(refused: Any) -> list[str]:
    return [each.code for each in refused.value.findings]


def up(award: Award, **said: Any) -> UpwardEntry:
    item = said.pop("item", None) or award.items.get(position=1)
    wanted = Upward(item.pk, said.pop("reason", "成效突出"), **said)
    return enter_upward(award.pk, wanted, actor=officer_of(award), at=timezone.now())


def test_the_same_topic_stands_apart_from_parts_in_the_catalogue_and_in_the_letters(award):
    item = award.items.get(position=1)
    assert (item.merged, item.duplicates) == (["第3号项目"], ["第4号项目"])
    reasons = dict(award.letters.filter(is_selected=False).values_list("application__title", "reason"))
    assert reasons == {"第3号项目": "已并入“第1号项目”", "第4号项目": "与“第1号项目”为同一选题"}

    page = Client().get(reverse("portal:public_award", args=[award.pk]))
    lists = {
        each["listed"]["title"]: each["duplicates"] for each in award.items.values("listed", "duplicates")
    }
    assert lists == {"第1号项目": ["第4号项目"], "第2号项目": []}
    assert [item.pk for item in page.context["duplicates"]] == [item.pk]


def test_a_duplicate_that_was_changed_by_hand_is_noticed(award):
    assert check_lists().faults == ()
    award.items.filter(position=1).update(duplicates=[], merged=["第3号项目", "第4号项目"])
    assert [fault.code for fault in check_lists().faults] == ["award.list_differs"]


def test_a_winner_is_a_draft_in_the_call_above_that_its_own_unit_finishes(award):
    above = call_above()
    below = award.items.get(position=1).selection.application

    entry = up(award, offer_id=applying.offer(above).pk)

    draft = Application.objects.get(call=above)
    assert (draft.unit_id, draft.state, draft.association_id) == (
        below.unit_id,
        "draft",
        above.association_id,
    )
    words = {"name": "第1号项目", "what": "面向六个乡镇开展巡展。"}
    assert answers_of(draft) == words  # by their labels; what is under lock below is typed anew
    assert (entry.application_id, entry.to) == (draft.pk, str(above.association))
    assert set(Duty.objects.filter(about_id=str(draft.pk)).values_list("organisation_id", flat=True)) == {
        below.unit_id
    }
    letter = Message.objects.get(template="public_notice.entered_above", channel="in_app")
    assert letter.recipient_id == below.created_by_id
    unit = Client()
    unit.force_login(below.created_by)
    assert unit.get(letter.variables["url"]).status_code == 200
    started = Event.objects.get(chain_id=str(draft.pk), act="started")
    assert (started.actor_id, started.role) == (officer_of(award).pk, "officer")


def test_neither_office_reads_the_draft_before_it_is_submitted(award):
    above = call_above()
    up(award, offer_id=applying.offer(above).pk)
    draft = Application.objects.get(call=above)
    for person in (officer_of(award), make.officer(above.association)):
        client = Client()
        client.force_login(person)
        assert client.get(reverse("applications:fill", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("level", ["prefecture", "county"])
def test_a_call_that_is_not_above_is_refused(award, level):
    with pytest.raises(Refused) as refused:
        up(award, offer_id=applying.offer(call_above(level)).pk)
    assert codes(refused) == ["public_notice.up_not_above"]
    assert not UpwardEntry.objects.exists()


def test_a_project_goes_to_nobody_or_to_the_same_twice_never(award):
    with pytest.raises(Refused) as refused:
        up(award, to="  ")
    assert codes(refused) == ["public_notice.up_to_nobody"]
    up(award, to="省科协")
    with pytest.raises(Refused) as refused:
        up(award, to=" 省科协 ")
    assert codes(refused) == ["public_notice.up_already"]
    assert Message.objects.filter(template="public_notice.passed_on", channel="in_app").count() == 1


def test_what_was_dropped_after_the_award_goes_nowhere(award):
    leader = make.holder(Role.LEADER, award.association.organisation)
    item = award.items.get(position=2)
    with transaction.atomic():
        move(item.selection, "drop", role="leader", actor=leader, at=timezone.now(), reason="拒签任务书")
    with pytest.raises(Refused) as refused:
        up(award, item=item, to="省科协")
    assert codes(refused) == ["public_notice.up_not_awarded"]


def test_the_office_passes_on_by_its_page_and_takes_the_table_out(award):
    office = Client()
    office.force_login(officer_of(award))
    address = reverse("public_notice:upward", args=[award.pk])
    page = office.get(address)
    assert [(each.to, each.clause) for each in page.context["stated"]] == [(("省科协",), "二·1")]
    said = {"item": str(award.items.get(position=2).pk), "offer": "", "to": "", "reason": "首创"}
    assert office.post(address, said).status_code == 422
    assert office.post(address, {**said, "to": "省科普讲解大赛"}).url == address

    file = BytesIO(office.get(address, {"export": "xlsx"}).content)
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    (line,) = [row for row in rows if "省科普讲解大赛" in row]
    assert {"第2号项目", "首创"} <= set(line)


def test_a_leader_reads_and_passes_nothing_on_and_strangers_find_nothing(award):
    address = reverse("public_notice:upward", args=[award.pk])
    said = {"item": str(award.items.get(position=1).pk), "offer": "", "to": "省科协", "reason": "好"}
    leader, stranger = Client(), Client()
    leader.force_login(make.holder(Role.LEADER, award.association.organisation))
    stranger.force_login(make.officer(make.association()))
    assert (leader.get(address).status_code, leader.post(address, said).status_code) == (200, 404)
    assert (stranger.get(address).status_code, stranger.post(address, said).status_code) == (404, 404)
    assert not UpwardEntry.objects.exists()
