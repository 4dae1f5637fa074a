"""What people choose about their messages: channels, a name in WeCom, a calendar with a secret address."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from keqiao.web.notifications import dates
from keqiao.web.notifications.actions import choosing
from keqiao.web.notifications.models import CalendarAddress, Channel, Choice, Message, WecomName
from keqiao.writers.calendar_feed import FeedEvent
from tests.web import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
CHOICES = "/messages/choices/"


@pytest.fixture
def person(client):
    person = make.user()
    client.force_login(person)
    return person


def test_people_choose_the_channels_of_each_kind_but_what_is_legal_always_comes_by_mail(client, person):
    page = client.get(CHOICES)
    fields = set(page.context["form"].fields)
    assert ("approval.waiting:mail" in fields, "application.returned:mail" in fields) == (True, False)
    assert "必发" in page.content.decode()

    client.post(CHOICES, {})
    assert Choice.objects.get(template="approval.waiting").is_wanted is False
    client.post(CHOICES, {"approval.waiting:mail": "on"})
    assert Choice.objects.get(template="approval.waiting").is_wanted is True
    assert set(Choice.objects.values_list("account_id", flat=True)) == {person.pk}


def test_channels_that_the_installation_does_not_have_are_not_offered(client, person, settings, tmp_path):
    assert list(client.get(CHOICES).context["form"].offered) == [Channel.MAIL]
    settings.SMS_GATEWAY, settings.SMS_FOLDER = "keqiao.web.notifications.sms.FolderGateway", tmp_path
    assert client.get(CHOICES).context["form"].offered == (Channel.MAIL,)  # no number
    person.phone = "13800000000"
    person.save()
    assert client.get(CHOICES).context["form"].offered == (Channel.MAIL, Channel.SMS)
    assert client.post("/messages/wecom/", {"member": "zhang"}).status_code == 404


@pytest.fixture
def wecom(settings):
    settings.WECOM = {"url": "", "corp_id": "ww1", "agent": "1", "secret": "s", "robots": {}}


def test_a_name_in_wecom_is_used_once_its_code_has_come_back(client, person, wecom):
    client.post("/messages/wecom/", {"member": "zhang.san"})
    message = Message.objects.get(channel=Channel.WECOM)
    assert (message.address, WecomName.objects.get().confirmed_at) == ("member:zhang.san", None)
    code = message.variables["code"]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"

    client.post("/messages/wecom/confirm/", {"code": wrong})
    assert WecomName.objects.get().confirmed_at is None
    client.post("/messages/wecom/confirm/", {"code": code})
    assert WecomName.objects.get().confirmed_at is not None
    client.post("/messages/wecom/forget/")
    assert WecomName.objects.count() == 0


def test_a_code_for_wecom_is_guessed_five_times_at_most_and_grows_old(person, wecom):
    choosing.ask_for_wecom(person, "zhang", at=NOON)
    code = Message.objects.get().variables["code"]
    with pytest.raises(choosing.ValidationError):
        choosing.ask_for_wecom(person, "zhang", at=NOON + timedelta(seconds=30))
    with pytest.raises(choosing.ValidationError):
        choosing.confirm_wecom(person, code, at=NOON + timedelta(minutes=11))
    for _ in range(choosing.MOST_TRIES):
        with pytest.raises(choosing.ValidationError):
            choosing.confirm_wecom(person, "x", at=NOON)
    with pytest.raises(choosing.ValidationError):
        choosing.confirm_wecom(person, code, at=NOON)


@pytest.mark.parametrize("member", ["", "a b", "张三", "a|b", "x" * 65, "@all"])
def test_a_name_that_could_be_several_people_is_refused(client, person, wecom, member):
    assert client.post("/messages/wecom/", {"member": member}).status_code == 422
    assert Message.objects.count() == 0


def feed(client, address: str):
    client.logout()
    return client.get(address)


def address_of(client) -> str:
    return client.get(CHOICES).context["calendar"].partition("/calendar/")[2].join(("/calendar/", ""))


def event(number: int, **details: object) -> FeedEvent:
    said = {"sequence": 0, "stamped": NOON, "summary": "改申报书", "on": date(2026, 3, 9), **details}
    return FeedEvent(uid=f"duty-{number}", **said)


def test_the_calendar_has_the_dates_of_its_person_and_opens_to_who_holds_its_address(
    client, person, monkeypatch
):
    known = {person.pk: [event(1), event(2, sequence=3, is_off=True)]}
    monkeypatch.setattr(dates, "_sources", lambda: (lambda account, _at: known.get(account.pk, []),))
    assert client.get(CHOICES).context["calendar"] == ""
    client.post("/messages/calendar/")
    address = address_of(client)
    answer = feed(client, address)

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    events = {str(each["UID"]): each for each in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert (int(events["duty-1"]["SEQUENCE"]), str(events["duty-1"]["STATUS"])) == (0, "CONFIRMED")
    assert (int(events["duty-2"]["SEQUENCE"]), str(events["duty-2"]["STATUS"])) == (3, "CANCELLED")


def test_an_address_that_was_renewed_or_taken_back_opens_nothing(client, person):
    client.post("/messages/calendar/")
    first = address_of(client)
    client.post("/messages/calendar/")
    second = address_of(client)
    assert first != second
    client.post("/messages/calendar/remove/")
    assert CalendarAddress.objects.count() == 0
    assert [feed(client, address).status_code for address in (first, second)] == [404, 404]


def test_an_address_without_its_seal_or_of_a_closed_account_opens_nothing(client, person):
    client.post("/messages/calendar/")
    address = address_of(client)
    assert feed(client, address).status_code == 200
    bare = address.replace(address.partition(".")[2], "x.ics")
    forged = address.replace(".ics", "x.ics")
    assert [feed(client, each).status_code for each in (bare, forged)] == [404, 404]
    person.is_active = False
    person.save()
    assert feed(client, address).status_code == 404
    assert reverse("notifications:calendar", args=["t"]) == "/calendar/t.ics"
