"""The pages of notices, objections and awards: the office, everybody, whoever objected, the unit."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from keqiao.web.accounts.roles import Role
from keqiao.web.allocation.models import Selection
from keqiao.web.approvals.models import Approval
from keqiao.web.public_notice import actions, approving, queries
from keqiao.web.public_notice.models import Award, Notice, Objection, ResultLetter
from keqiao.web.registers.actions.recognitions import NewScheme, open_register
from keqiao.web.registers.actions.writing import By
from keqiao.web.registers.models import Recognition
from tests.web import make
from tests.web.applications.pages import words_of
from tests.web.public_notice import makers
from tests.web.public_notice.makers import fresh

pytestmark = pytest.mark.django_db
SHORT = {**makers.FIVE_DAYS, "day_kind": "calendar"}
"""Natural days: these tests run today, whose year may not be announced."""
DAYS = {"days": 5, "day_kind": "calendar"}


@pytest.fixture
def rows() -> list[Any]:
    return makers.selections(makers.call(rules=[SHORT]))


@pytest.fixture
def people(rows: list[Any]) -> tuple[Any, Any]:
    return makers.people(rows[0].call)


@pytest.fixture
def office(people: tuple[Any, Any]) -> Client:
    client = Client()
    client.force_login(people[0])
    return client


def running(rows: list[Any], people: tuple[Any, Any]) -> Notice:
    """A notice that runs now."""
    return makers.posted(rows[:2], *people, at=timezone.now(), **DAYS)


def address(name: str, *arguments: Any) -> str:
    return reverse(f"public_notice:{name}", args=arguments)


def form_of(page: Any) -> dict[str, Any]:
    """What the form of a page says before anybody changes it."""
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value not in (None, "", False)}


def test_an_officer_drafts_a_notice_with_the_days_of_the_call_and_a_leader_signs_it(office, rows, people):
    call = rows[0].call
    page = office.get(address("new", call.pk))
    sent = form_of(page)
    assert (sent["days"], sent["day_kind"], len(sent["chosen"])) == (5, "calendar", 2)

    answer = office.post(address("new", call.pk), {**sent, "procedure": "形式审查", "telephone": "0537-1"})
    notice = Notice.objects.get()
    assert answer.url == address("notice", notice.pk)
    assert notice.clause == "五·2"
    office.post(address("sign", notice.pk))
    approval = Approval.objects.get(kind=approving.SIGN)
    makers.approvals.approve(approval.pk, actor=people[1], at=timezone.now())
    office.post(address("act", notice.pk), {"act": "post"})

    assert fresh(notice).state == "posted"
    assert "第1号项目" in words_of(office.get(address("notice", notice.pk)))


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ([], ["通知没有写明公示天数"]),
        ([{**SHORT, "source": None}], ["通知规定的公示期不得缩短"]),
        ([SHORT], ["通知规定的公示期不得缩短", "依据 五·2"]),
    ],
)
def test_the_form_says_whether_the_call_states_days_with_its_clause_where_one_is_known(rules, says):
    call = makers.call(rules=rules)
    rows, officer = makers.selections(call), make.officer(call.association)
    office = Client()
    office.force_login(officer)
    notice = makers.drafted(rows[:1], officer, **DAYS)

    for page in (address("new", call.pk), address("edit", notice.pk)):
        text = words_of(office.get(page))
        told = ("通知没有写明公示天数", "通知规定的公示期不得缩短", "依据 五·2")
        assert [words for words in told if words in text] == says


def test_fewer_days_than_the_call_says_are_refused_with_the_clause_beside(office, rows):
    call = rows[0].call
    sent = form_of(office.get(address("new", call.pk)))

    answer = office.post(
        address("new", call.pk), {**sent, "procedure": "形式审查", "telephone": "1", "days": 3}
    )

    assert answer.status_code == 409
    assert [each.code for each in answer.context["findings"]] == ["workdays.notice_too_short"]
    assert not Notice.objects.exists()


def test_everybody_reads_it_and_fetches_it_as_word_and_pdf(client, rows, people):
    notice = running(rows, people)

    page = client.get(reverse("portal:public_notice", args=[notice.pk]))
    words = words_of(page)
    assert "第1号项目" in words
    assert "张工" not in words
    word = client.get(reverse("portal:public_notice_paper", args=[notice.pk, "docx"]))
    tables = Document(BytesIO(word.content)).tables
    assert [cell.text for cell in tables[0].rows[0].cells] == ["序号", "项目名称", "承担单位", "金额（万元）"]
    pdf = client.get(reverse("portal:public_notice_paper", args=[notice.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    calendar = client.get(reverse("portal:public_notice_calendar", args=[notice.pk]))
    assert f"DTSTART;VALUE=DATE:{notice.last_day:%Y%m%d}".encode() in calendar.content
    assert notice.title in words_of(client.get(reverse("portal:public_notices")))


def test_before_it_is_posted_it_is_there_for_nobody_else(client, rows, people):
    notice = makers.signed(rows[:2], *people, **DAYS)

    assert client.get(reverse("portal:public_notice", args=[notice.pk])).status_code == 404
    assert notice.title not in words_of(client.get(reverse("portal:public_notices")))


def test_the_public_page_is_the_same_whether_somebody_objected_or_not(client, rows, people):
    notice = running(rows, people)
    page = reverse("portal:public_notice", args=[notice.pk])
    before = words_of(client.get(page))
    objection, _secret = makers.objected(queries.listed_in(notice)[0], at=timezone.now())
    actions.accept(objection.pk, actor=people[0], at=timezone.now())

    assert makers.states(rows[:1]) == ["held"]
    assert re.sub(r"\d+", "", words_of(client.get(page, {"again": 1}))) == re.sub(r"\d+", "", before)


def test_anybody_objects_and_follows_it_by_the_private_link(client, rows, people):
    notice = running(rows, people)
    item = queries.listed_in(notice)[0]
    said = {"who": "person", "name": "王异议", "contact": "13900001234", "grounds": makers.GROUNDS}

    faulty = client.post(address("object", item.pk), {**said, "name": ""})
    assert faulty.status_code == 409
    assert [each.code for each in faulty.context["findings"]] == ["objection.anonymous"]
    answer = client.post(address("object", item.pk), said)

    objection = Objection.objects.get()
    assert objection.number in words_of(client.get(answer.url))
    actions.ask_for_more(objection.pk, "请写明地点", actor=people[0], at=timezone.now())
    assert "请写明地点" in words_of(client.get(answer.url))
    client.post(answer.url, {"act": "supply", "words": "在城东新区"})
    assert fresh(objection).state == "raised"
    assert client.get(address("follow", "no-such-secret")).status_code == 404


def test_the_unit_learns_nothing_of_an_objection(rows, people):
    notice = running(rows, people)
    objection, _secret = makers.objected(queries.listed_in(notice)[0], at=timezone.now())
    actions.accept(objection.pk, actor=people[0], at=timezone.now())
    application = rows[0].application
    unit = Client()
    unit.force_login(application.created_by)

    page = unit.get(reverse("applications:detail", args=[application.pk]))
    assert objection.number not in words_of(page)
    assert unit.get(address("objection", objection.pk)).status_code == 404
    assert unit.get(reverse("filing:file", args=[application.pk])).status_code == 200
    assert objection.number not in words_of(unit.get(reverse("filing:file", args=[application.pk])))


def test_the_office_handles_it_and_sees_who_objected_only_masked(office, rows, people):
    notice = running(rows, people)
    objection, _secret = makers.objected(queries.listed_in(notice)[0], at=timezone.now())
    investigator = make.officer(notice.association)
    page = address("objection", objection.pk)

    words = words_of(office.get(page))
    assert "13900001234" not in words
    assert "王异议" not in words
    office.post(page, {"act": "accept"})
    office.post(page, {"act": "assign", "investigator": str(investigator.pk)})
    looking = Client()
    looking.force_login(investigator)
    looking.post(page, {"act": "find", "founded": "yes", "finding": "属实"})
    office.post(page, {"act": "decide", "outcome": "uphold", "answer": "经现场核实"})

    assert fresh(objection).state == "found"
    approval = Approval.objects.get(kind=approving.DECIDE)
    makers.approvals.approve(approval.pk, actor=people[1], at=timezone.now())
    assert makers.states(rows[:1]) == ["dropped"]
    assert "待递补" in words_of(office.get(address("home")))


def test_the_objector_gets_the_answer_as_word(client, rows, people):
    notice = running(rows, people)
    objection, secret = makers.objected(queries.listed_in(notice)[0], at=timezone.now())
    assert client.get(address("answer", secret, "docx")).status_code == 404
    makers.found(objection, people[0], make.officer(notice.association), at=timezone.now())
    makers.decided(objection, people[1], officer=people[0], upheld=False, at=timezone.now())

    word = client.get(address("answer", secret, "docx"))

    text = "\n".join(each.text for each in Document(BytesIO(word.content)).paragraphs)
    assert "异议不成立" in text
    assert "经现场核实" in text


@pytest.mark.parametrize(("fen", "columns"), [(0, ["category"]), (3_000_000, ["category", "amount"])])
def test_a_list_of_topics_without_money_begins_without_its_column(office, rows, fen, columns):
    Selection.objects.filter(call=rows[0].call).update(amount_fen=fen)

    started = office.get(address("new", rows[0].call_id)).context["form"].initial["fields_shown"]

    assert started == columns


def concluded(rows: list[Any], people: tuple[Any, Any]) -> Notice:
    """A notice that is over and confirmed what it showed."""
    notice = makers.posted(rows[:2], *people, at=timezone.now() - timedelta(days=10), **DAYS)
    actions.end_due(timezone.now())
    return actions.conclude(notice.pk, actor=people[0], at=timezone.now())


def test_an_award_is_issued_with_letters_and_titles(office, client, rows, people):
    concluded(rows, people)
    call = rows[0].call
    makers.move(rows[2], "leave_out", role="officer", actor=people[0], at=timezone.now())
    scheme = open_register(
        call.association_id,
        NewScheme("市级科普创作基地", "title", "organisation"),
        by=By(people[0], timezone.now()),
    )
    sent = form_of(office.get(address("new_award", call.pk)))
    said = {
        **sent,
        "procedure": "公示",
        "role": "承办",
        "scheme": str(scheme.pk),
        "feedback": "本年度名额有限",
    }
    office.post(address("new_award", call.pk), said)
    award = Award.objects.get()
    office.post(address("issue", award.pk))
    makers.approvals.approve(
        Approval.objects.get(kind=approving.ISSUE).pk, actor=people[1], at=timezone.now()
    )

    units = {row.application.unit_id for row in rows[:2]}
    assert set(Recognition.objects.values_list("party_id", flat=True)) == units
    letters = {each.application_id: each for each in ResultLetter.objects.all()}
    assert [letters[row.application_id].is_selected for row in rows] == [True, True, False]
    assert letters[rows[2].application_id].reason == "本年度名额有限"
    page = client.get(reverse("portal:public_award", args=[award.pk]))
    assert "第2号项目" in words_of(page)
    assert "第3号项目" not in words_of(page)
    pdf = client.get(reverse("portal:public_award_paper", args=[award.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")


def test_a_unit_fetches_its_own_letter_and_no_other(office, rows, people):
    concluded(rows, people)
    call = rows[0].call
    award = actions.draft_award(call.pk, actions.AwardWording("立项通知"), actor=people[0], at=timezone.now())
    makers.agreed(approving.ISSUE, award, people[1], officer=people[0], at=timezone.now())
    own, other = (ResultLetter.objects.get(application=row.application) for row in rows[:2])
    unit = Client()
    unit.force_login(rows[0].application.created_by)

    word = unit.get(address("letter", own.pk, "docx"))
    assert "已予立项" in "\n".join(each.text for each in Document(BytesIO(word.content)).paragraphs)
    assert unit.get(address("letter", other.pk, "docx")).status_code == 404
    assert "告知书" in words_of(unit.get(reverse("applications:detail", args=[rows[0].application_id])))


@pytest.mark.parametrize("name", ["home", "objections"])
def test_lists_ask_as_many_questions_for_three_as_for_one(name, office, people):
    some(people)
    office.get(address(name))
    with CaptureQueriesContext(connection) as one:
        office.get(address(name))
    for _ in range(2):
        some(people)
    with CaptureQueriesContext(connection) as three:
        office.get(address(name))

    assert len(three) == len(one)


def some(people: tuple[Any, Any]) -> None:
    """One more notice of the same office with an objection."""
    (association_id,) = people[0].organisations_as(Role.OFFICER.value, timezone.now())
    association = make.Association.objects.get(pk=association_id)
    call = make.published_call(association, makers.makers.definition(rules=[SHORT]))
    rows = makers.selections(call, approved=1, reserve=0)
    notice = makers.posted(rows, *people, at=timezone.now(), **DAYS)
    makers.objected(queries.listed_in(notice)[0], at=timezone.now())


def test_a_leader_reads_and_does_not_act(rows, people):
    notice = makers.signed(rows[:2], *people, **DAYS)
    leader = Client()
    leader.force_login(people[1])

    assert leader.get(address("notice", notice.pk)).status_code == 200
    assert leader.post(address("act", notice.pk), {"act": "post"}).status_code == 404
