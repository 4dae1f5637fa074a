"""The first screen: many of a kind in one line, each line to its act, and a constant number of queries."""

from datetime import timedelta
from itertools import cycle
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.duties.actions import owe
from keqiao.web.duties.kinds import Owed, for_role
from tests.web import make

pytestmark = pytest.mark.django_db
VERIFY, FILL = "accounts.verify", "applications.draft"
DESK = reverse("portal:desk")


@pytest.fixture
def county():
    """An endorser."""
    return make.organisation("某县科协")


@transaction.atomic
def verifications(unit, count, *, first_day=1, associations=()):
    """So many registrations wait for the endorsers of a unit, from one day to the next."""
    now = timezone.now()
    owners = cycle(associations or [unit])
    owe(
        *(
            Owed(
                VERIFY,
                key=str(uuid4()),
                about=("accounts.registration", str(uuid4())),
                holder=for_role("endorser", unit.pk),
                association_id=next(owners).pk,
                at=now,
                due_at=now + timedelta(days=first_day + n),
                variables={"unit": f"第{n}果园"},
            )
            for n in range(count)
        )
    )


@transaction.atomic
def drafts(unit, count):
    """So many drafts lie with a unit, without a date."""
    words = {"title": "果园里的科普课堂", "call": "2026年度科普项目申报通知"}
    holder, now = for_role("applicant", unit.pk), timezone.now()
    about = [("applications.application", str(uuid4())) for _ in range(count)]
    owe(*(Owed(FILL, case[1], case, holder, unit.pk, now, variables=words) for case in about))


def queries_of(client, address):
    """How many queries a page makes, and the page."""
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert page.status_code == 200
    return len(captured), page.text


def test_up_to_five_of_a_kind_stand_each_for_itself_and_six_in_one_line_with_number_and_earliest_date(
    client, county
):
    client.force_login(make.holder(Role.ENDORSER, county))
    verifications(county, 5)
    page = client.get(DESK).text
    assert (page.count("<h3>"), page.count("核验单位注册：")) == (5, 5)
    assert page.count("核验通过之前，这个单位不能申报") == 5

    verifications(county, 1, first_day=40)
    page = client.get(DESK)

    kind = reverse("portal:desk_kind", args=[VERIFY])
    assert (page.text.count("<h3>"), page.text.count("核验单位注册：")) == (1, 0)
    assert f'<h3><a href="{kind}">待核验的单位注册</a></h3>' in page.text
    [entry] = page.context["entries"]
    earliest = page.context["waiting"].together[0].until
    assert (entry.what.count, (earliest - timezone.now()).days) == (6, 0)


def test_what_is_late_is_counted_before_everything_and_in_the_line_of_its_kind(client, county):
    client.force_login(make.holder(Role.ENDORSER, county))
    verifications(county, 7, first_day=-2)  # the day before yesterday, yesterday, and just now

    page = client.get(DESK)

    assert [entry.what.overdue for entry in page.context["entries"]] == [3]
    assert page.text.count("3 件已过期") == 2


@pytest.mark.parametrize("place", [DESK, reverse("portal:desk_kind", args=[VERIFY])])
def test_ten_and_a_thousand_duties_take_the_same_number_of_queries(client, county, place):
    person = make.holder(Role.ENDORSER, county)
    make.role_of(person, Role.APPLICANT, county)
    associations = [make.association() for _ in range(10)]
    client.force_login(person)
    drafts(county, 3)
    verifications(county, 7)
    client.get(place)  # what a first visit alone reads
    of_ten, page = queries_of(client, place)
    assert page.count("第") >= 1 if place == DESK else page.count("核验单位注册：") == 7

    verifications(county, 990, associations=associations)
    of_a_thousand, _page = queries_of(client, place)

    assert of_a_thousand == of_ten


def test_the_page_of_a_kind_lists_all_of_it_by_date_fifty_at_a_time(client, county):
    client.force_login(make.holder(Role.ENDORSER, county))
    verifications(county, 53)
    kind = reverse("portal:desk_kind", args=[VERIFY])

    first, second = client.get(kind), client.get(f"{kind}?page=2")

    dates = [entry.what.until for page in (first, second) for entry in page.context["entries"]]
    assert [len(page.context["entries"]) for page in (first, second)] == [50, 3]
    assert dates == sorted(dates)
    case = first.context["entries"][0].what
    assert f'<h3><a href="{case.address}">核验单位注册：第0果园</a></h3>' in first.text


def test_what_waits_for_others_is_not_there_and_a_kind_without_anything_is_not_found(client, county):
    verifications(county, 7)
    mine = client_of(client, make.holder(Role.ENDORSER, county))
    kind = reverse("portal:desk_kind", args=[VERIFY])
    assert (mine.get(kind).status_code, mine.get(DESK).text.count("待核验的单位注册")) == (200, 2)
    assert mine.get(reverse("portal:desk_kind", args=[FILL])).status_code == 404
    assert mine.get(reverse("portal:desk_kind", args=["no.such"])).status_code == 404

    other = client_of(client, make.holder(Role.ENDORSER, make.organisation()))

    assert "待核验的单位注册" not in other.get(DESK).text
    assert other.get(kind).status_code == 404


def client_of(client, account):
    """The client, signed in as somebody."""
    client.force_login(account)
    return client
