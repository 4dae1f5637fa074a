"""What other programs read: calendars before and after a change, Atom, the list of pages."""

import re
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from keqiao.web.programmes.actions import publish
from keqiao.web.programmes.models import Call, Draft
from tests.web import make

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def revise(call: Call, days: int, *, note: str = "延期", **statements) -> None:
    draft = Draft.objects.get(call=call)
    draft.definition |= statements
    draft.save()
    at = make.LONG_AGO + timedelta(days=days)
    publish(call.pk, draft.version, actor=call.created_by, at=at, note=note)


def events(client, address: str) -> dict[str, dict]:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return {
        str(event["uid"]): {
            "summary": str(event["summary"]),
            "start": event.decoded("dtstart"),
            "sequence": int(event["sequence"]),
            "stamped": event.decoded("dtstamp"),
            "status": str(event["status"]),
        }
        for event in calendar.walk("VEVENT")
    }


def test_a_moved_deadline_keeps_its_name_and_raises_its_sequence(client):
    call = make.published_call(programme=make.definition("科普通知", opens={"on": "2026-05-01"}))
    address = reverse("portal:call_calendar", args=[call.slug])
    before = events(client, address)

    revise(call, 1, deadline={"on": "2026-07-15", "at": "17:30"})
    after = events(client, address)

    assert before.keys() == after.keys()
    (deadline,) = (uid for uid, said in before.items() if said["summary"] == "申报截止：科普通知")
    (opening,) = before.keys() - {deadline}
    assert before[deadline] == {
        "summary": "申报截止：科普通知",
        "start": date(2026, 6, 30),
        "sequence": 0,
        "stamped": make.LONG_AGO,
        "status": "CONFIRMED",
    }
    assert after[deadline] == {
        **before[deadline],
        "start": datetime(2026, 7, 15, 17, 30, tzinfo=SHANGHAI),
        "sequence": 1,
        "stamped": make.LONG_AGO + timedelta(days=1),
    }
    assert after[opening] == before[opening]


def test_categories_with_a_deadline_of_their_own_have_an_event_of_their_own(client):
    own = {"id": "c1", "name": "科普活动", "deadline": {"on": "2026-05-15"}}
    programme = make.definition("科普通知", categories=[own, {"id": "c2", "name": "学术论坛"}])
    call = make.published_call(programme=programme)

    said = events(client, reverse("portal:call_calendar", args=[call.slug]))

    assert sorted((each["summary"], each["start"]) for each in said.values()) == [
        ("申报截止：科普通知", date(2026, 6, 30)),
        ("申报截止：科普通知 · 科普活动", date(2026, 5, 15)),
    ]


def test_a_date_that_is_no_longer_stated_is_crossed_out(client):
    call = make.published_call(programme=make.definition("科普通知", opens={"on": "2026-05-01"}))
    revise(call, 1, opens=None)

    said = events(client, reverse("portal:call_calendar", args=[call.slug]))

    assert sorted((each["summary"], each["status"], each["sequence"]) for each in said.values()) == [
        ("开始受理：科普通知", "CANCELLED", 1),
        ("申报截止：科普通知", "CONFIRMED", 0),
    ]


def test_a_cancelled_call_crosses_out_its_dates(client):
    call = make.published_call()
    make.cancelled(call)

    (deadline,) = events(client, reverse("portal:call_calendar", args=[call.slug])).values()

    assert (deadline["status"], deadline["sequence"]) == ("CANCELLED", 1)


def test_the_calendar_of_all_calls_takes_the_filters_of_the_list(client):
    later = {"on": "2090-06-30"}
    make.published_call(programme=make.definition("河南的通知", region="河南省", deadline=later))
    make.published_call(programme=make.definition("湖南的通知", region="湖南省", deadline=later))
    make.published_call(programme=make.definition("很久以前", deadline={"on": "2001-06-30"}))

    every = events(client, reverse("portal:calendar"))
    some = events(client, reverse("portal:calendar") + "?region=湖南省")

    assert sorted(each["summary"] for each in every.values()) == [
        "申报截止：河南的通知",
        "申报截止：湖南的通知",
    ]
    assert [each["summary"] for each in some.values()] == ["申报截止：湖南的通知"]
    assert some.items() <= every.items()


def test_labels_of_the_calendar_are_english_if_asked(client):
    call = make.published_call(programme=make.definition("科普通知"))

    (deadline,) = events(client, reverse("portal:call_calendar", args=[call.slug]) + "?lang=en").values()

    assert deadline["summary"] == "Deadline: 科普通知"


def test_a_draft_has_no_calendar_and_no_entry(client):
    public, hidden = make.published_call(), make.draft_call(programme=make.definition("内部的通知"))

    assert client.get(reverse("portal:call_calendar", args=[public.slug])).status_code == 200
    assert client.get(f"/calls/{hidden.pk}/calendar.ics").status_code == 404
    for feed in ("portal:calendar", "portal:feed", "portal:sitemap"):
        text = client.get(reverse(feed)).content.decode()
        assert "内部的通知" not in text
        assert str(hidden.pk) not in text


def test_a_note_with_a_character_that_xml_cannot_hold_does_not_take_the_feed_away(client):
    call = make.published_call()
    revise(call, 1, title="改后的标题", note="延期\v至七月")

    newest = ET.fromstring(client.get("/calls/feed.atom").content).find(f"{ATOM}entry")

    assert newest.find(f"{ATOM}summary").text == "延期 至七月"


def test_new_and_revised_calls_stand_in_the_feed_the_latest_first(client):
    call = make.published_call(programme=make.definition("科普通知"))
    other = make.published_call(programme=make.definition("湖南的通知", region="湖南省"))
    revise(call, 5, title="科普通知（修订）")

    feed = ET.fromstring(client.get(reverse("portal:feed")).content)
    entries = [(e.findtext(f"{ATOM}title"), e.findtext(f"{ATOM}id")) for e in feed.iter(f"{ATOM}entry")]

    first, second = call.revisions.order_by("number")
    titles = {"科普通知（修订）（新通知）", "湖南的通知（新通知）"}
    assert entries[0] == ("科普通知（修订）（第 2 版）", f"urn:uuid:{second.pk}")
    assert {title for title, _id in entries[1:]} == titles
    assert {name for _title, name in entries[1:]} == {
        f"urn:uuid:{first.pk}",
        f"urn:uuid:{other.revisions.get().pk}",
    }
    hunan = ET.fromstring(client.get(reverse("portal:feed") + "?region=湖南省").content)
    assert [e.findtext(f"{ATOM}title") for e in hunan.iter(f"{ATOM}entry")] == ["湖南的通知（新通知）"]


@pytest.mark.parametrize("feed", ["portal:calendar", "portal:feed", "portal:sitemap", "portal:statistics"])
def test_feeds_cost_the_same_for_any_number_of_calls(client, feed, django_assert_max_num_queries):
    make.many_published_calls(200)

    with django_assert_max_num_queries(6):  # the edition, the filters' choices, the count, the rows
        client.get(reverse(feed))


def test_search_engines_find_calls_and_categories_under_the_address_of_the_site(client):
    call = make.published_call()

    pages = ET.fromstring(client.get("/sitemap.xml").content)

    site = settings.SITE_URL
    assert [page.text for page in pages.iter(f"{SITEMAP}loc")] == [
        f"{site}/",
        f"{site}/calls/",
        f"{site}/statistics/",
        f"{site}/calls/{call.slug}/",
        f"{site}/calls/{call.slug}/c1/",
    ]
    assert f"Sitemap: {site}/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()


def test_a_preview_names_the_call_and_the_address_of_the_site_whatever_host_is_asked(client):
    call = make.published_call(programme=make.definition("科普通知"))

    page = client.get(
        reverse("portal:call", args=[call.slug]), headers={"Host": "localhost"}
    ).content.decode()

    address = f"{settings.SITE_URL}/calls/{call.slug}/"
    for line in (
        f'<link rel="canonical" href="{address}">',
        f'<meta property="og:url" content="{address}">',
        '<meta property="og:title" content="科普通知">',
        '<meta property="og:description" content="测试科协 · 申报截止 2026年6月30日 · 1 个可申报类别">',
    ):
        assert line in page


def test_the_preview_of_a_category_tells_its_own_deadline(client):
    category = {"id": "c1", "name": "科普活动", "places": {"count": 4}, "deadline": {"on": "2026-06-15"}}
    call = make.published_call(programme=make.definition(title="科普通知", categories=[category]))

    page = client.get(reverse("portal:category", args=[call.slug, "c1"])).content.decode()

    (said,) = re.findall(r'<meta property="og:description" content="([^"]*)">', page)
    assert said == "科普通知 · 市级学会 · 4 项 · 申报截止 2026年6月15日"
