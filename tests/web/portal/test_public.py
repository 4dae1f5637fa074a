"""The public pages: what everybody sees, and that no session has a part in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.http import http_date

from keqiao.core.programme import walk
from keqiao.web.config.middleware import arrival
from keqiao.web.portal.demonstration import SITES, load
from keqiao.web.portal.public import call_page
from keqiao.web.portal.sheet_writer import sheet_at
from keqiao.web.programmes.models import Call, Offer
from tests.web import make

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_public_until_it_is_published(client):
    call = make.draft_call(programme=make.definition("未发布的通知"))
    assert "未发布的通知" not in client.get("/calls/").content.decode()

    published = make.published_call(programme=make.definition("已发布的通知"))

    page = client.get("/calls/").content.decode()
    assert "已发布的通知" in page
    assert "未发布的通知" not in page
    assert client.get(reverse("portal:call", args=[published.slug])).status_code == 200
    assert client.get(f"/calls/{call.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/", "/calls/", "call"])
def test_public_pages_set_no_cookie_and_may_be_kept(client, address):
    call = make.published_call()
    answer = client.get(reverse("portal:call", args=[call.slug]) if address == "call" else address)

    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_a_call_shows_who_how_much_how_many_and_until_when(client):
    call = make.published_call()

    page = client.get(reverse("portal:call", args=[call.slug])).content.decode()
    category = client.get(reverse("portal:category", args=[call.slug, "c1"])).content.decode()

    for words in ("市级学会", "3万元/项", "4 项", "2026年6月30日"):
        assert words in page
        assert words in category
    assert "≥ 5 场" in category
    assert client.get(reverse("portal:category", args=[call.slug, "c2"])).status_code == 404


def test_what_is_invented_says_so(client):
    stated = make.published_call()
    invented = make.published_call(programme=make.definition(deadline={"on": "2026-07-01", "invented": True}))

    assert "演示虚构" not in client.get(reverse("portal:call", args=[stated.slug])).content.decode()
    assert "演示虚构" in client.get(reverse("portal:call", args=[invented.slug])).content.decode()


def test_calls_are_found_by_words_and_region(client):
    make.published_call(programme=make.definition("学会能力提升", region="湖南省"))
    make.published_call(programme=make.definition("科普项目", region="河南省"))

    page = client.get("/calls/", {"q": "学会", "region": "湖南省"}).content.decode()

    assert "学会能力提升" in page
    assert "科普项目" not in page


THIS_SPRING = datetime(
    2026, 3, 2, 1, 0, tzinfo=UTC
)  # the registers of the demonstration reach into this year
OF_THE_FOOT = 1  # query: who keeps the site
LISTS = {  # one query asks for the edition of the public side
    "/": 3,
    "/calls/": 5,
    "/calls/?state=open&region=河南省&applicant=society&theme=popular&amount=30000&year=2026": 5,
    "/calls/?q=科普": 5,
}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("calls", [10, 1000])
def test_public_lists_cost_the_same_for_any_number_of_calls(
    client, address, calls, django_assert_num_queries
):
    make.many_published_calls(calls)

    of_the_clock = connection.vendor == "postgresql"  # the arrival stamp comes from the database there
    with django_assert_num_queries(LISTS[address] + OF_THE_FOOT + of_the_clock):
        client.get(address)


def test_the_desk_lists_drafts_and_failed_readings_of_the_officer_only(client):
    mine, other = make.draft_call(), make.draft_call()
    client.force_login(mine.created_by)

    page = client.get(reverse("portal:desk")).content.decode()

    assert str(mine.pk) in page
    assert str(other.pk) not in page


def test_the_demonstration_publishes_five_calls_and_a_second_run_changes_nothing(client):
    load(THIS_SPRING)
    slugs = sorted(Call.objects.values_list("slug", flat=True))
    load(THIS_SPRING + timedelta(hours=1))

    assert slugs == ["henan-2023", "hunan-2022", "jining-2023", "sanmenxia-2023", "yinchuan-2022"]
    assert sorted(Call.objects.values_list("slug", flat=True)) == slugs
    page = client.get("/").content.decode()
    for site in SITES:
        assert site.site_name in page


def test_an_unpublished_call_is_in_no_list_count_or_search_and_has_no_page(client):
    make.published_call(programme=make.definition("公开的通知"))
    hidden = make.draft_call(programme=make.definition("内部的通知", region="某某市"))

    found = client.get("/calls/", {"q": "通知"}).content.decode()

    assert "公开的通知" in found
    assert "共 1 条" in found
    assert "某某市" not in found  # not even as a choice of the filter
    assert "内部的通知" not in client.get("/").content.decode()
    for address in (f"/calls/{hidden.pk}/", f"/calls/{hidden.pk}/original"):
        assert client.get(address).status_code == 404


def test_calls_are_found_by_kind_of_applicant_and_by_being_open(client):
    make.published_call(programme=make.definition("给学会的通知"))

    assert "给学会的通知" in client.get("/calls/", {"applicant": "society"}).content.decode()
    assert "给学会的通知" not in client.get("/calls/", {"applicant": "enterprise"}).content.decode()
    assert "给学会的通知" not in client.get("/calls/", {"state": "open"}).content.decode()  # ended in June


def test_a_cache_can_ask_whether_a_call_has_changed(client):
    call = make.published_call()
    address = reverse("portal:call", args=[call.slug])
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Last-Modified"] == http_date(call.revisions.get().published_at.timestamp())
    assert (again.status_code, again.content) == (304, b"")


def test_the_original_of_a_call_is_saved_never_shown(client):
    load(THIS_SPRING)

    answer = client.get("/calls/henan-2023/original")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert client.get("/calls/no-such-call/original").status_code == 404


def test_every_rule_of_the_demonstration_shows_its_words(client):
    load(THIS_SPRING)

    for call in Call.objects.all():
        page = call_page(call, make.LONG_AGO)
        paths = [(), *(path for path, _category in walk(page.programme))]
        sheets = [sheet_at(page.programme, path, page.revision.words) for path in paths]
        rules = [rule for sheet in sheets for _origin, rules in sheet.rules for rule in rules]
        assert rules
        assert [rule.words for rule in rules if not rule.quote] == []


PAGES_OF_A_CALL = {
    "/calls/call-1/": 8 + OF_THE_FOOT,
    "/calls/call-1/c1/": 7 + OF_THE_FOOT,
    "/calls/call-1/calendar.ics": 3,
}


@pytest.mark.parametrize("address", PAGES_OF_A_CALL)
@pytest.mark.parametrize("calls", [10, 1000])
def test_a_page_of_a_call_costs_the_same_beside_any_number_of_others(
    client, address, calls, django_assert_num_queries
):
    make.many_published_calls(calls)
    client.get("/calls/call-2/")  # from then on the process keeps the years of the calendar

    of_the_clock = connection.vendor == "postgresql"
    with django_assert_num_queries(PAGES_OF_A_CALL[address] + of_the_clock):
        client.get(address)


def test_an_open_category_leads_to_applying_by_way_of_the_log_in(client, monkeypatch):
    call = make.published_call(make.association(), make.definition())
    offer = Offer.objects.get(call=call)
    begin = reverse("applications:begin", args=[offer.pk])
    address = reverse("portal:category", args=[call.slug, offer.node])

    monkeypatch.setattr(arrival, "database_now", lambda: datetime(2026, 6, 1, tzinfo=UTC))
    page = client.get(address).content.decode()
    answer = client.get(begin)
    monkeypatch.setattr(arrival, "database_now", lambda: datetime(2026, 7, 1, tzinfo=UTC))
    closed = client.get(address).content.decode()

    assert f'href="{begin}"' in page
    assert (answer.status_code, answer.url) == (302, f"/account/login/?next={begin}")
    assert "/applications/begin/" not in closed
