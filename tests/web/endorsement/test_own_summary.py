"""A unit that recommends several topics gets the summary table that it files with them (Sanmenxia, 通知三（二）4)."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from keqiao.readers import programmes
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.models import Event
from keqiao.web.endorsement.own_summaries import own_table
from keqiao.web.programmes.models import Offer, Revision
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.applications.pages import words_of
from tests.web.endorsement import makers
from tests.web.endorsement.makers import Place
from tests.web.endorsement.test_summary_columns import FORM, OWN

pytestmark = pytest.mark.django_db
WANTED = {"forms": [FORM, OWN], "materials": [{"name": "选题汇总表", "form": "s1"}]}


@pytest.fixture
def unit(client: Client):
    """A unit, and somebody of it who is logged in and may apply for it: two topics submitted, the second one first."""
    call = applying.call(**WANTED)
    person = applying.applicant(applying.unit(name="三门峡职业技术学院"))
    drafts = [applying.draft(call, person, project=title) for title in ("第二个选题", "第一个选题")]
    applying.submit(drafts[1], at=makers.later(minutes=1))
    applying.submit(drafts[0], at=makers.later(minutes=2))
    client.force_login(person)
    return person, call, [drafts[1], drafts[0]]


def address(application, form="xlsx"):
    return reverse("endorsement:own_summary", args=[application.pk, form])


def grid_in(answer):
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_the_table_has_each_topic_that_the_unit_submitted_in_the_order_in_which_they_came(client, unit):
    person, call, submitted = unit
    applying.draft(call, person, project="还没有提交的选题")
    applying.withdraw(applying.submitted(call, person, project="撤回的选题"))
    applying.submitted(call, project="别的单位的选题")

    grid = grid_in(client.get(address(submitted[1])))

    said = applying.ANSWERS["leader"]
    assert grid[0][0] == "选题汇总表"
    assert grid[1][0] == "推荐单位（盖章）：三门峡职业技术学院"
    assert grid[2:5] == [
        ["序号", "选题名称", "推荐人", "联系电话", "主管处室"],
        ["1", "第一个选题", said["name"], said["phone"], ""],
        ["2", "第二个选题", said["name"], said["phone"], ""],
    ]
    assert grid_in(client.get(address(submitted[0]))) == grid


def test_the_page_of_the_units_applications_leads_to_the_table_in_each_form(client, unit):
    page = client.get(reverse("applications:own"))
    links = [form for form in ("pdf", "xlsx", "docx") if address(unit[2][0], form) in page.content.decode()]

    assert links == ["pdf", "xlsx", "docx"]
    assert "选题汇总表：已提交 2 项" in words_of(page)


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_it_comes_in_each_form_and_that_it_left_the_site_is_kept(client, unit, form, begins):
    answer = client.get(address(unit[2][0], form))

    assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)
    event = Event.objects.get(act="list_exported")
    assert (event.chain_id, event.data["rows"], event.data["form"]) == ("endorsement.own", 2, form)
    assert client.get(address(unit[2][0], "exe")).status_code == 404


def test_others_find_nothing(client, unit):
    _person, call, submitted = unit
    assert client.get(address(submitted[0])).status_code == 200

    others = (
        applying.applicant(applying.unit()),
        make.holder(Role.ENDORSER, make.organisation(kind="association")),
        make.officer(call.association),
    )
    answers = []
    for other in others:
        client.force_login(other)
        answers.append(client.get(address(submitted[0])).status_code)

    assert answers == [404, 404, 404]


def test_where_the_call_wants_no_table_there_is_none(client):
    application = applying.submitted(applying.call())
    client.force_login(application.created_by)

    assert client.get(address(application)).status_code == 404
    assert "汇总表" not in words_of(client.get(reverse("applications:own")))


def test_before_anything_was_submitted_there_is_none(client):
    draft = applying.draft(applying.call(**WANTED))
    client.force_login(draft.created_by)

    assert client.get(address(draft)).status_code == 404
    assert "汇总表" not in words_of(client.get(reverse("applications:own")))


def test_where_an_endorsing_unit_forwards_a_list_the_table_is_its_own(client):
    place = Place()
    passage = place.submitted(place.call(**WANTED))
    client.force_login(passage.application.created_by)

    assert client.get(address(passage.application)).status_code == 404


def test_the_page_asks_as_much_for_two_topics_as_for_six(client, unit):
    person, call, _submitted = unit
    page = reverse("applications:own")
    client.get(page)
    with CaptureQueriesContext(connection) as two:
        client.get(page)
    for number in range(4):
        applying.submitted(call, person, project=f"选题{number}")
    with CaptureQueriesContext(connection) as six:
        client.get(page)

    assert len(six) == len(two)


def test_sanmenxia_wants_it_of_whoever_recommends_topics_and_each_column_is_known():
    call = make.published_call(make.association(), programmes.demonstration("sanmenxia-2023"))
    revision = Revision.objects.get(call=call)

    wanting = {offer.node: own_table(revision.pk, offer.node) for offer in Offer.objects.filter(call=call)}

    topics = ("zhanlue", "chanye", "shengtai", "tizhi", "zhuangkuang", "gaige")
    assert {node for node, table in wanting.items() if table} == set(topics)
    assert {
        (table.id, tuple(column.key for column in table.columns)) for table in wanting.values() if table
    } == {("xuanti-huizongbiao", ("number", "title", "category", "leader", "phone", "note"))}
