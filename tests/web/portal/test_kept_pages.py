"""Finished pages: kept until something public changes, never for signed-in people, bounded, and the same for all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from keqiao.web.parties.actions import count_public_change
from keqiao.web.portal.kept_pages import BYTES_OF_A_PAGE, STORE, KeptPage, PageStore, known_parameters
from keqiao.web.programmes.actions import publish
from keqiao.web.programmes.models import Draft
from tests.web import make

pytestmark = pytest.mark.django_db


def page_of(size: int) -> KeptPage:
    return KeptPage(b"x" * (size - 1024), (("ETag", '"x"'),))


def test_a_kept_page_costs_one_query(client, django_assert_num_queries):
    call = make.published_call()
    address = reverse("portal:call", args=[call.slug])
    first = client.get(address)

    of_the_clock = connection.vendor == "postgresql"  # the arrival stamp comes from the database there
    with django_assert_num_queries(1 + of_the_clock):
        again = client.get(address)

    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]


def test_what_is_published_shows_at_once(client):
    call = make.published_call(programme=make.definition("原来的标题"))
    address = reverse("portal:call", args=[call.slug])
    assert "原来的标题" in client.get(address).content.decode()

    draft = Draft.objects.get(call=call)
    draft.definition |= {"title": "修订后的标题"}
    draft.save()
    publish(
        call.pk, draft.version, actor=call.created_by, at=make.LONG_AGO + timedelta(days=1), note="改标题"
    )

    assert '<h1 lang="zh-Hans">修订后的标题</h1>' in client.get(address).content.decode()
    for page in ("/", "/calls/"):
        assert "修订后的标题" in client.get(page).content.decode()
        assert "原来的标题" not in client.get(page).content.decode()


def test_the_number_in_the_database_decides_so_that_other_processes_see_it_too(client):
    make.published_call()
    client.get("/calls/")
    (kept,) = STORE._pages.values()
    for key in STORE._pages:
        STORE._pages[key] = KeptPage(b"kept", kept.headers)
    assert client.get("/calls/").content == b"kept"

    count_public_change()  # as another process would, which cannot reach this store

    assert client.get("/calls/").content == kept.content


def test_nothing_of_a_signed_in_person_is_kept_or_shown(client):
    make.published_call()
    client.force_login(make.user())

    answer = client.get("/calls/")

    assert len(STORE) == 0
    assert answer.headers["Cache-Control"] == "no-store"
    client.logout()
    client.get("/calls/")
    assert len(STORE) == 1


def test_unknown_parameters_are_neither_kept_nor_shown(client):
    make.published_call()
    plain = client.get("/calls/")

    hostile = client.get("/calls/?x=<script>&utm_source=hostile&page=")

    assert hostile.content == plain.content
    assert len(STORE) == 1


def test_free_words_and_values_that_nobody_offers_are_not_kept(client):
    make.published_call()

    for query in ("q=科普", "region=火星", "page=99", "applicant=nobody"):
        assert client.get(f"/calls/?{query}").status_code == 200

    assert len(STORE) == 0


@pytest.mark.parametrize("feed", ["/calls/feed.atom", "/calls/calendar.ics"])
def test_a_feed_is_kept_for_values_that_are_offered_only(client, feed):
    make.published_call()

    for query in ("q=科普", "region=火星", "year=1", "theme=nothing"):
        assert client.get(f"{feed}?{query}").status_code == 200
    assert len(STORE) == 0
    client.get(f"{feed}?state=open")
    assert len(STORE) == 1


def test_a_language_that_there_is_not_makes_no_page_of_its_own(client):
    make.published_call()

    plain, made_up = client.get("/calls/?state=open"), client.get("/calls/?state=open&lang=x1")

    assert made_up.content == plain.content
    assert len(STORE) == 1


def test_a_language_of_its_own_is_a_page_of_its_own(client):
    make.published_call()

    chinese, english = client.get("/calls/"), client.get("/calls/?lang=en")

    assert len(STORE) == 2
    assert chinese.content != english.content
    assert english.headers["Content-Language"] == "en"


def test_a_page_that_is_absent_is_not_kept(client):
    assert client.get("/calls/absent/").status_code == 404
    assert len(STORE) == 0


def test_a_cache_is_told_that_nothing_changed(client):
    call = make.published_call()
    address = reverse("portal:category", args=[call.slug, "c1"])
    first = client.get(address)

    by_tag = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    by_date = client.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_tag.headers["Cache-Control"] == first.headers["Cache-Control"] == "public, max-age=60"
    assert (by_date.status_code, by_date.content) == (304, b"")


def test_the_page_that_was_not_asked_for_the_longest_goes_first():
    store = PageStore(limit=3000)
    for name in ("a", "b"):
        store.put(name, page_of(1500))
    store.get("a")
    store.put("c", page_of(1500))

    assert [store.get(name) is not None for name in ("a", "b", "c")] == [True, False, True]
    store.put("a", page_of(1500))
    assert len(store) == 2


def test_a_page_too_large_is_not_kept():
    store = PageStore(limit=10 * BYTES_OF_A_PAGE)

    store.put("a", page_of(BYTES_OF_A_PAGE + 1))

    assert len(store) == 0


def test_parameters_stand_in_one_order_and_are_bounded():
    asked = QueryDict("b=2&a=1&c=3&a=9&d=" + "x" * 500)

    known = known_parameters(asked, ("a", "b", "d"))

    assert known.urlencode() == f"a=9&b=2&d={'x' * 100}"


def test_a_page_answers_with_all_its_headers(rf):
    made = HttpResponse(b"words", headers={"ETag": '"1"', "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"})
    page = KeptPage(made.content, tuple(made.headers.items()))

    assert dict(page.answer(rf.get("/")).headers) == dict(made.headers)
