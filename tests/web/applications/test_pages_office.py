"""The office reads what was submitted, returns it for correction, and states the grace; nobody else sees it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keqiao.web.applications.models import Intake
from keqiao.web.parties.queries import local_day
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import words_of

pytestmark = pytest.mark.django_db


def test_an_officer_reads_what_was_submitted_and_not_what_is_sensitive(client: Client):
    call = makers.call()
    application = makers.submitted(call, account="6222020200112233")
    client.force_login(make.officer(call.association))

    page = words_of(client.get(reverse("applications:reading", args=[application.pk])))

    assert makers.ANSWERS["project"] in page
    assert "6222020200112233" not in page
    assert "查看须说明理由" in page


def test_an_officer_of_another_association_finds_nothing(client: Client):
    call = makers.call()
    application = makers.submitted(call)
    address = reverse("applications:reading", args=[application.pk])
    client.force_login(make.officer(call.association))
    assert client.get(address).status_code == 200

    client.force_login(make.officer(make.association()))

    assert client.get(address).status_code == 404


def test_a_draft_is_not_in_the_office(client: Client):
    call = makers.call()
    makers.submitted(call)
    draft = makers.draft(call)
    client.force_login(make.officer(call.association))

    assert client.get(reverse("applications:reading", args=[draft.pk])).status_code == 404
    assert client.get(reverse("applications:received")).context["list"].page.paginator.count == 1


def test_of_drafts_the_office_sees_how_many_and_nothing_else(client: Client):
    call = makers.call()
    drafts = [makers.draft(call, project="机密的草稿") for _ in range(2)]
    makers.submitted(call)
    client.force_login(make.officer(call.association))

    page = client.get(reverse("applications:received")).content.decode()

    assert "另有 2 份正在填写" in page
    assert "机密的草稿" not in page
    assert [draft.unit.name for draft in drafts if draft.unit.name in page] == []
    client.force_login(make.officer(make.association()))
    assert "正在填写" not in client.get(reverse("applications:received")).content.decode()


def test_the_terms_of_a_call_are_reached_before_anything_was_received(client: Client):
    call = makers.call(deadline={"on": "2090-06-30"})
    client.force_login(make.officer(call.association))

    page = client.get(reverse("applications:received"))

    assert page.context["calls"] == [(call.pk, call.title)]
    assert reverse("applications:intake", args=[call.pk]) in page.content.decode()
    client.force_login(make.officer(make.association()))
    assert client.get(reverse("applications:received")).context["calls"] == []


def test_the_head_of_a_page_shows_no_word_of_the_page_around_it(client: Client):
    call = makers.call()
    application = makers.submitted(call)
    client.force_login(make.officer(call.association))

    page = client.get(reverse("applications:return", args=[application.pk]))

    assert page.context["chip"] == "done"
    assert words_of(page).count("done") == 0


def test_what_is_only_read_has_no_mark_of_what_must_be_filled(client: Client):
    call = makers.call()
    application = makers.submitted(call)
    draft = makers.draft(call)
    client.force_login(draft.created_by)
    assert "kq-field__must" in client.get(reverse("applications:fill", args=[draft.pk])).content.decode()
    client.force_login(make.officer(call.association))

    page = client.get(reverse("applications:reading", args=[application.pk])).content.decode()

    assert "kq-field__must" not in page


def test_the_list_of_the_office_asks_the_same_number_of_queries_for_one_and_for_three(
    client: Client, django_assert_max_num_queries
):
    call = makers.call()
    makers.submitted(call)
    client.force_login(make.officer(call.association))
    address = reverse("applications:received")
    client.get(address)
    with django_assert_max_num_queries(60) as one:
        client.get(address)
    makers.submitted(call)
    makers.submitted(call)

    with django_assert_max_num_queries(60) as three:
        client.get(address)

    assert len(three) == len(one)


def test_a_return_names_fields_with_reasons_and_opens_only_these(client: Client):
    call = makers.call()
    application = makers.submitted(call)
    client.force_login(make.officer(call.association))
    until = local_day(timezone.now()) + timedelta(days=5)
    said = {"field": ["summary"], "reason.summary": "请写明场次", "until": until.isoformat()}

    answer = client.post(reverse("applications:return", args=[application.pk]), said)

    assert answer.status_code == 302
    client.force_login(application.created_by)
    page = client.get(reverse("applications:fill", args=[application.pk])).content.decode()
    assert 'name="f.summary"' in page
    assert 'name="f.project"' not in page
    assert "请写明场次" in page


def test_a_return_without_a_reason_is_refused_and_keeps_what_was_typed(client: Client):
    call = makers.call()
    application = makers.submitted(call)
    client.force_login(make.officer(call.association))
    until = local_day(timezone.now()) + timedelta(days=5)
    said = {"field": ["summary", "project"], "reason.project": "名称过宽", "until": until.isoformat()}

    answer = client.post(reverse("applications:return", args=[application.pk]), said)

    assert answer.status_code == 422
    assert 'value="名称过宽"' in answer.content.decode()
    assert makers.fresh(application).state == "submitted"


def test_the_grace_of_a_call_is_stated_with_a_reason(client: Client):
    call = makers.call()
    client.force_login(make.officer(call.association))
    address = reverse("applications:intake", args=[call.pk])

    assert client.post(address, {"grace_seconds": 600, "number_pattern": ""}).status_code == 422
    client.post(address, {"grace_seconds": 600, "number_pattern": "", "reason": "系统检修"})

    assert Intake.objects.get(call=call).grace_seconds == 600
    assert "宽限 0 秒改为 600 秒" in words_of(client.get(address))


def test_what_came_is_picked_by_the_office_in_charge_of_its_category(client: Client):
    office = {"id": "kepubu", "department": "科普部"}
    association = make.association()
    mine, other = (
        makers.submitted(make.published_call(association, makers.definition(**stated)))
        for stated in (
            {"offices": ["kepubu"], "office_list": [office]},
            {"offices": ["b2"], "office_list": [{"id": "b2"}]},
        )
    )
    client.force_login(make.officer(association))

    def shown(**asked: str) -> list[str]:
        page = client.get(reverse("applications:received"), asked)
        return sorted(row.number for row, _chip in page.context["rows"])

    assert shown() == sorted([mine.number, other.number])
    assert shown(office="科普部") == [mine.number]
    assert shown(office="b2") == [other.number]
