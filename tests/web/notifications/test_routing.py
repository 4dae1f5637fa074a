"""Which ways a letter takes: what the association allows, what the person wants, what the law wants, and when."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications import delivery, phases
from keqiao.web.notifications.actions import Letter, queue, queue_new
from keqiao.web.notifications.models import (
    Channel,
    Choice,
    Message,
    MessageState,
    QuietHours,
    SendingRule,
    WecomName,
)
from keqiao.web.notifications.quiet import after_quiet
from tests.web import make

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # 22:00 in Shanghai
MORNING = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # 07:30 the day after
ASSOCIATION = UUID(int=7)
LEGAL, NOTICE, AT_ONCE = "application.returned", "approval.waiting", "application.receipt"


@pytest.fixture
def person(settings, tmp_path):
    settings.SMS_GATEWAY, settings.SMS_FOLDER = "keqiao.web.notifications.sms.FolderGateway", tmp_path
    settings.WECOM = {"url": "", "corp_id": "ww1", "agent": "1", "secret": "s", "robots": {}}
    person = make.user(phone="+8613800000000")
    WecomName.objects.create(account_id=person.pk, member="zhang", asked_at=NOON, confirmed_at=NOON)
    return person


def rule(template: str, *channels: str, reviewed: bool = False) -> None:
    SendingRule.objects.create(
        association_id=ASSOCIATION, template=template, is_reviewed=reviewed, channels=list(channels)
    )


def wants(person, template: str, **channels: bool) -> None:
    for channel, is_wanted in channels.items():
        Choice.objects.create(account_id=person.pk, template=template, channel=channel, is_wanted=is_wanted)


def told(person, template: str, at: datetime = NOON, **details: object) -> dict[str, tuple[str, datetime]]:
    variables = dict.fromkeys(letter_templates()[template].variables, "词")
    said = {"recipient_id": person.pk, "address": "a@example.org", "association_id": ASSOCIATION, **details}
    with transaction.atomic():
        rows = queue(Letter(template, variables=variables, **said), key=str(uuid4()), at=at)
    return {row.channel: (row.state, row.due_at) for row in rows}


SENT, WAITS, LOOKED_AT = MessageState.SENT, MessageState.QUEUED, MessageState.REVIEW


@pytest.mark.django_db
def test_where_nothing_was_decided_a_letter_goes_into_the_site_and_by_mail(person):
    assert told(person, NOTICE) == {Channel.IN_APP: (SENT, NOON), Channel.MAIL: (WAITS, NOON)}


@pytest.mark.django_db
def test_a_person_gets_text_messages_where_the_association_allows_and_the_person_wants_them(person):
    wants(person, NOTICE, sms=True, wecom=True)
    assert set(told(person, NOTICE)) == {Channel.IN_APP, Channel.MAIL}  # the association does not allow them
    rule(NOTICE, "mail", "sms", "wecom")
    assert set(told(person, NOTICE)) == {Channel.IN_APP, Channel.MAIL, Channel.SMS, Channel.WECOM}
    Choice.objects.update(is_wanted=False)
    assert set(told(person, NOTICE)) == {Channel.IN_APP, Channel.MAIL}


@pytest.mark.django_db
def test_who_wants_no_mail_of_a_kind_gets_none_but_what_is_legal_goes_all_the_same(person):
    for template in (NOTICE, LEGAL):
        wants(person, template, mail=False)
        rule(template, "sms")
    assert set(told(person, NOTICE)) == {Channel.IN_APP}
    assert set(told(person, LEGAL)) == {Channel.IN_APP, Channel.MAIL}


@pytest.mark.django_db
def test_what_is_legal_goes_as_text_message_to_who_has_no_mail_address(person):
    rule(LEGAL, "sms")
    assert set(told(person, LEGAL, address="")) == {Channel.IN_APP, Channel.SMS}
    assert Message.objects.get(channel=Channel.SMS).address == "13800000000"


@pytest.mark.django_db
def test_a_mail_to_somebody_without_account_is_never_lost_to_a_rule():
    rule("registration.waits")
    said = {"unit": "茶学会", "number": "R1", "url": "u"}
    letter = Letter("registration.waits", address="a@example.org", variables=said, association_id=ASSOCIATION)
    with transaction.atomic():
        (row,) = queue(letter, key="k", at=NOON)
    assert row.channel == Channel.MAIL


@pytest.mark.django_db
def test_a_reviewed_kind_waits_for_a_look_in_the_site_as_well(person):
    rule(LEGAL, "mail", reviewed=True)
    assert told(person, LEGAL) == {Channel.IN_APP: (LOOKED_AT, NOON), Channel.MAIL: (LOOKED_AT, NOON)}
    assert delivery.hand_over(NOON + timedelta(days=1)) == []


@pytest.mark.django_db
def test_what_was_promised_at_once_cannot_be_held_back_and_costs_no_query(person, django_assert_num_queries):
    SendingRule.objects.create(association_id=ASSOCIATION, template=AT_ONCE, is_reviewed=True, channels=[])
    assert told(person, AT_ONCE) == {Channel.IN_APP: (SENT, NOON), Channel.MAIL: (WAITS, NOON)}
    variables = dict.fromkeys(letter_templates()[AT_ONCE].variables, "词")
    letter = Letter(AT_ONCE, recipient_id=person.pk, address="a@example.org", variables=variables)
    with transaction.atomic(), django_assert_num_queries(1):
        queue_new([letter], key="new", at=NOON)


@pytest.mark.django_db
def test_at_night_text_messages_wait_for_the_morning_and_mail_goes(person):
    rule(NOTICE, "mail", "sms", "wecom")
    wants(person, NOTICE, sms=True, wecom=True)
    due = {channel: at for channel, (_state, at) in told(person, NOTICE, NIGHT).items()}
    assert (due[Channel.MAIL], due[Channel.SMS], due[Channel.WECOM]) == (NIGHT, MORNING, MORNING)
    QuietHours.objects.create(association_id=ASSOCIATION, begins=time(23), ends=time(6))
    assert told(person, NOTICE, NIGHT)[Channel.SMS][1] == NIGHT


@pytest.mark.django_db
def test_a_text_message_that_comes_due_at_night_waits_without_costing_a_try(person):
    rule(NOTICE, "sms")
    wants(person, NOTICE, sms=True)
    told(person, NOTICE, NOON)
    for message_id, number in delivery.hand_over(NIGHT):
        delivery.attempt(UUID(message_id), number, handed_over=NIGHT)
    row = Message.objects.get(channel=Channel.SMS)
    assert (row.state, row.due_at, row.attempts, row.leased_until) == (WAITS, MORNING, 0, None)


@pytest.mark.parametrize(
    ("begins", "ends", "at", "earliest"),
    [
        (time(21, 30), time(7, 30), NIGHT, MORNING),
        (time(21, 30), time(7, 30), NIGHT + timedelta(hours=4), MORNING),  # 02:00
        (time(21, 30), time(7, 30), MORNING, MORNING),
        (time(21, 30), time(7, 30), NOON, NOON),
        (time(11, 30), time(13), NOON, NOON + timedelta(hours=1)),
        (time(0), time(0), NIGHT, NIGHT),
    ],
)
def test_quiet_hours_end_at_their_end_also_over_midnight(begins, ends, at, earliest):
    assert after_quiet(begins, ends, at) == earliest


@pytest.mark.django_db
def test_a_message_about_a_phase_that_is_over_is_cancelled_when_it_would_go(person, mailoutbox):
    told(person, NOTICE, until=NOON + timedelta(hours=1))
    at = NOON + timedelta(hours=2)
    for message_id, number in delivery.hand_over(at):
        delivery.attempt(UUID(message_id), number, handed_over=at)
    row = Message.objects.get(channel=Channel.MAIL)
    assert (row.state, row.fault, mailoutbox) == (MessageState.CANCELLED, phases.PHASE_CLOSED, [])


@pytest.mark.django_db
def test_a_room_above_says_that_a_case_has_moved_on(person, mailoutbox, monkeypatch):
    known = {("applications.application", LEGAL): lambda pk: "case_moved_on" if pk == "over" else ""}
    monkeypatch.setattr(phases, "_phases", lambda: known)
    told(person, LEGAL, about=("applications.application", "over"))
    told(person, LEGAL, about=("applications.application", "open"))
    for message_id, number in delivery.hand_over(NOON):
        delivery.attempt(UUID(message_id), number, handed_over=NOON)
    mails = Message.objects.filter(channel=Channel.MAIL).values_list("about_id", "state", "fault")
    assert sorted(mails) == [("open", SENT, ""), ("over", MessageState.CANCELLED, "case_moved_on")]
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_a_return_is_not_told_of_any_more_once_the_application_has_moved_on():
    assert (
        phases._phases()[("applications.application", "application.returned")](str(uuid4()))
        == "case_moved_on"
    )
