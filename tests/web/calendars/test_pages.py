"""The pages of the working calendar: the year, local days, the calculator."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.core.workdays import Period, Term
from keqiao.web.accounts.roles import Role
from keqiao.web.calendars.actions import NewOverride, add_override, load_year
from keqiao.web.calendars.counting import answer_term
from keqiao.web.calendars.models import Override
from keqiao.web.calendars.months import Stretch, holidays_of, months_of
from keqiao.web.calendars.queries import calendar_for
from tests.web import make
from tests.web.calendars.announced import YEAR_2027

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n"
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
DAY_OFF = {
    "works": "off",
    "first": "2026-07-30",
    "last": "",
    "reason": "台风停工",
    "source": "市政府通告第3号",
}


def address(name, association, *more):
    return reverse(f"calendars:{name}", args=[association.pk, *more])


def works_for(client, association=None):
    association = association or make.association()
    client.force_login(make.officer(association))
    return association


def test_home_leads_to_the_year_of_the_request_and_others_find_nothing(client):
    association = works_for(client)
    assert client.get(reverse("calendars:home")).url.startswith(f"/desk/calendar/{association.pk}/20")
    client.force_login(make.holder(Role.APPLICANT, make.organisation()))
    assert client.get(reverse("calendars:home")).status_code == 404


def test_a_leader_keeps_the_calendar_as_well(client):
    association = make.association()
    client.force_login(make.holder(Role.LEADER, association.organisation))
    assert client.post(address("add", association), DAY_OFF).status_code == 302
    override = reverse("calendars:override", args=[Override.objects.get().pk])
    assert client.post(override, {"reason": "通告取消"}).status_code == 302
    assert client.get(address("count", association)).status_code == 200


def test_a_year_shows_what_each_day_is(client):
    association = works_for(client)
    add_override(
        association.pk,
        NewOverride(Period(date(2026, 7, 30), date(2026, 7, 30)), works=False, reason="台风停工"),
        actor=make.officer(association),
        at=AT,
    )

    page = client.get(address("year", association, 2026))

    months = page.context["months"]
    july = {cell.day.day: (cell.kind, cell.name) for week in months[6].weeks for cell in week if cell}
    assert july[30] == ("local-off", "台风停工")
    assert july[25] == ("weekend", "")
    january = {cell.day.day: (cell.kind, str(cell.mark)) for week in months[0].weeks for cell in week if cell}
    assert (january[1], january[4], january[5]) == (("off", "休"), ("swapped", "班"), ("worked", ""))
    assert page.context["working"] == 247  # 248 by the notice, one local day off
    assert [override.reason for override in page.context["overrides"]] == ["台风停工"]


def test_the_list_of_holidays_counts_their_days_as_the_notice_does():
    association = make.association()
    stretches = holidays_of(2025, calendar_for(association.pk))
    assert stretches == [
        Stretch("元旦", date(2025, 1, 1), date(2025, 1, 1)),
        Stretch("农历除夕、春节", date(2025, 1, 28), date(2025, 2, 4)),
        Stretch("清明节", date(2025, 4, 4), date(2025, 4, 6)),
        Stretch("劳动节", date(2025, 5, 1), date(2025, 5, 5)),
        Stretch("端午节", date(2025, 5, 31), date(2025, 6, 2)),
        Stretch("国庆节、中秋节", date(2025, 10, 1), date(2025, 10, 8)),
    ]
    assert sum(month.working for month in months_of(2025, calendar_for(association.pk), AT.date())) == 248


def test_a_year_that_is_not_announced_asks_and_shows_no_month(client):
    association = works_for(client)
    page = client.get(address("year", association, 2027))

    assert page.status_code == 200
    assert page.context["question"].values == {"year": 2027}
    assert "months" not in page.context
    load_year("2027.yaml", YEAR_2027.encode(), at=AT)
    assert len(client.get(address("year", association, 2027)).context["months"]) == 12


@pytest.mark.parametrize("year", [2009, 2040])
def test_a_year_far_off_is_not_there(client, year):
    assert client.get(address("year", works_for(client), year)).status_code == 404


def test_an_officer_enters_a_day_off_and_takes_it_back(client):
    association = works_for(client)
    assert client.post(address("add", association), DAY_OFF).url == address("year", association, 2026)
    made = Override.objects.get()
    assert (made.first, made.last, made.works, made.reason, made.source, made.file) == (
        date(2026, 7, 30),
        date(2026, 7, 30),
        False,
        "台风停工",
        "市政府通告第3号",
        None,
    )

    override = reverse("calendars:override", args=[made.pk])
    assert client.post(override, {"reason": ""}).status_code == 422
    assert client.post(override, {"reason": "通告取消"}).status_code == 302
    assert client.post(override, {"reason": "再撤"}).status_code == 422
    made.refresh_from_db()
    assert made.taken_back_reason == "通告取消"


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"first": "", "reason": ""}, ["first", "reason"]),
        ({"last": "2026-07-01"}, ["last"]),
        ({"works": "maybe"}, ["works"]),
        ({"first": "2026-08-01"}, ["__all__"]),
    ],
)
def test_all_faults_are_shown_at_their_fields_and_nothing_typed_is_lost(client, wrong, fields):
    response = client.post(address("add", works_for(client)), {**DAY_OFF, **wrong})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == fields
    assert response.context["form"]["source"].value() == "市政府通告第3号"
    assert Override.objects.count() == 0


def test_the_paper_behind_a_day_off_is_read_by_those_who_keep_the_calendar_only(client):
    association = works_for(client)
    paper = SimpleUploadedFile("通告.pdf", PDF)
    assert client.post(address("add", association), {**DAY_OFF, "file": paper}).status_code == 302
    download = reverse("files:download", args=[Override.objects.get().file_id])

    assert client.get(download).status_code == 200
    works_for(client)
    assert client.get(download).status_code == 404


def test_another_association_finds_and_changes_nothing(client):
    association = works_for(client)
    client.post(address("add", association), DAY_OFF)
    override = reverse("calendars:override", args=[Override.objects.get().pk])
    addresses = [
        address("year", association, 2026),
        address("count", association),
        address("add", association),
    ]
    assert [client.get(each).status_code for each in [*addresses, override]] == [200] * 4

    works_for(client)
    answers = [client.get(each) for each in [*addresses, override]]
    answers += [client.post(address("add", association), DAY_OFF), client.post(override, {"reason": "x"})]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert Override.objects.get().taken_back_at is None


def test_the_calculator_says_the_day_and_why_each_day_counts_or_not(client):
    association = works_for(client)
    client.post(address("add", association), DAY_OFF)
    asked = {"start": "2026-07-29", "days": "3", "kind": "working", "first_day": "counts"}

    answer = client.get(address("count", association), asked).context["answer"]

    assert answer.end == date(2026, 8, 3)
    assert [(line.day.day, line.number, str(line.why), line.name) for line in answer.lines] == [
        (29, 1, "工作日", ""),
        (30, None, "本地安排", "台风停工"),
        (31, 2, "工作日", ""),
        (1, None, "周末", ""),
        (2, None, "周末", ""),
        (3, 3, "工作日", ""),
    ]


def test_the_calculator_leaves_out_the_days_of_a_correction(client):
    association = works_for(client)
    asked = {"start": "2026-03-02", "days": "5", "kind": "working", "first_day": "after"}
    correction = {"asked_1": "2026-03-04", "returned_1": "2026-03-06"}

    answer = client.get(address("count", association), {**asked, **correction}).context["answer"]

    assert answer.end == date(2026, 3, 11)
    assert [line.day.day for line in answer.lines if line.counts] == [3, 4, 9, 10, 11]
    awaited = client.get(address("count", association), {**asked, "asked_1": "2026-03-04"}).context["answer"]
    assert (awaited.end, awaited.question, awaited.reached) == (None, None, 2)


def test_the_calculator_asks_where_the_count_enters_an_unknown_year(client):
    association = works_for(client)
    asked = {"start": "2026-12-30", "days": "5", "kind": "working", "first_day": "counts"}

    response = client.get(address("count", association), asked)

    answer = response.context["answer"]
    assert (answer.end, answer.question.values, answer.reached) == (None, {"year": 2027}, 2)
    assert "keqiao calendars load 2027.yaml" in response.content.decode()
    natural = client.get(address("count", association), {**asked, "kind": "calendar"}).context["answer"]
    assert natural.end == date(2027, 1, 3)
    load_year("2027.yaml", YEAR_2027.encode(), at=AT)
    assert client.get(address("count", association), asked).context["answer"].end == date(2027, 1, 6)


def test_the_calculator_counts_between_two_days(client):
    association = works_for(client)
    asked = {"first": "2026-09-28", "last": "2026-10-09", "kind": "working"}

    answer = client.get(address("between", association), asked).context["answer"]

    assert (answer.count, answer.reached, len(answer.lines)) == (5, 5, 12)
    unknown = client.get(address("between", association), {**asked, "last": "2027-01-04"}).context["answer"]
    assert (unknown.question.values, unknown.lines[-1].day) == ({"year": 2027}, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"days": "0"}, ["days"]),
        ({"days": "9999", "start": "soon"}, ["start", "days"]),
        ({"returned_1": "2026-03-06"}, ["asked_1"]),
        ({"asked_1": "2026-03-06", "returned_1": "2026-03-01"}, ["returned_1"]),
        ({"asked_1": "2026-03-03", "returned_1": "9999-01-01", "kind": "calendar"}, ["returned_1"]),
        ({"start": "9999-12-31", "kind": "calendar"}, ["start"]),
    ],
)
def test_the_calculator_shows_what_is_wrong_with_a_question(client, wrong, fields):
    asked = {"start": "2026-03-02", "days": "5", "kind": "working", "first_day": "counts", **wrong}
    response = client.get(address("count", works_for(client)), asked)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == fields
    assert "answer" not in response.context


def test_a_count_that_begins_in_an_unknown_year_has_no_days_to_show():
    calendar = calendar_for(make.association().pk)
    answer = answer_term(date(2027, 5, 4), Term(3), calendar, ())
    assert (answer.question.values, answer.lines) == ({"year": 2027}, [])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_year_costs_the_same_for_any_number_of_local_days(client, rows, django_assert_max_num_queries):
    association = works_for(client)
    for day in range(rows):
        client.post(address("add", association), {**DAY_OFF, "first": f"2026-07-{27 + day}"})
    assert Override.objects.count() == rows
    client.get(address("year", association, 2026))
    with django_assert_max_num_queries(14):
        client.get(address("year", association, 2026))
