"""Values go when their time is over, and not before; what is gone says so, and the event holds ids only."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models
from django.urls import reverse

from keqiao.web.accounts.models import Invitation, LogIn
from keqiao.web.accounts.roles import Role
from keqiao.web.audit import log
from keqiao.web.audit.log import ERASED
from keqiao.web.audit.queries import timeline
from keqiao.web.audit.verification import check_chains, check_reasons
from keqiao.web.notifications.actions import Letter, letter_templates, queue_mail
from keqiao.web.notifications.models import Message
from keqiao.web.privacy import actions
from keqiao.web.privacy.actions import REVEALED
from keqiao.web.privacy.catalogue import Eraser
from keqiao.web.privacy.models import RequestKind, RequestState, SubjectRequest
from keqiao.web.privacy.retention import CLOCK, ROUNDS, ROWS_AT_ONCE, dues, erase_all, erase_due, erase_for
from keqiao.web.privacy.shown import looks, looks_of, own_values
from tests.web import make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 9, 1, 2, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
HALF_A_YEAR, THREE_YEARS = timedelta(days=184), timedelta(days=1096)
ADDRESS, AGENT = "203.0.113.7", "Mozilla/5.0"


def by_clock(at: datetime = NOW) -> Eraser:
    return Eraser(None, CLOCK, at)


def log_in(at: datetime, user=None) -> LogIn:
    return LogIn.objects.create(user=user or make.user(), outcome="in", at=at, address=ADDRESS, agent=AGENT)


def test_a_value_is_due_after_the_last_instant_of_its_period_and_not_before():
    row = log_in(NOW - HALF_A_YEAR)
    assert erase_all(by_clock()) == {}

    assert erase_all(by_clock(NOW + INSTANT)) == {"accounts.login": 1}

    row.refresh_from_db()
    assert (row.address, row.agent, row.whence) == (None, ERASED, ERASED)
    assert erase_all(by_clock(NOW + INSTANT)) == {}


def test_one_step_is_one_event_with_ids_and_no_value():
    gone, kept = log_in(NOW - HALF_A_YEAR - INSTANT), log_in(NOW)

    erase_all(by_clock())

    event = timeline(log.Chain("privacy.retention", "accounts.login")).get()
    assert (event.act, event.role, event.actor_id, event.at) == ("erased_in_time", "clock", None, NOW)
    assert event.data == {"columns": ["address", "agent"], "rows": [str(gone.pk)]}
    kept.refresh_from_db()
    assert (kept.address, kept.agent) == (ADDRESS, AGENT)


def test_many_rows_go_in_steps():
    user = make.user()
    LogIn.objects.bulk_create(
        LogIn(user=user, outcome="in", at=NOW - HALF_A_YEAR - INSTANT, agent=AGENT)
        for _ in range(ROWS_AT_ONCE + 1)
    )

    assert erase_all(by_clock()) == {"accounts.login": ROWS_AT_ONCE + 1}

    events = timeline(log.Chain("privacy.retention", "accounts.login"))
    assert [len(event.data["rows"]) for event in events] == [ROWS_AT_ONCE, 1]


def test_a_request_is_kept_three_years_after_its_answer_and_an_open_one_for_good():
    guard = make.holder(Role.SECURITY_ADMIN)
    settled = actions.ask(make.user(), RequestKind.CORRECT, "姓名应为王伍", at=NOW - THREE_YEARS)
    refusal = actions.Answer(RequestState.REFUSED, "依据不足")
    actions.settle(settled.pk, refusal, actor=guard, at=NOW - THREE_YEARS)
    waiting = actions.ask(make.user(), RequestKind.ERASE, "删除登录记录", at=NOW - 2 * THREE_YEARS)

    assert erase_all(by_clock()) == {}
    assert erase_all(by_clock(NOW + INSTANT)) == {"privacy.subjectrequest": 1}

    words = dict(SubjectRequest.objects.values_list("pk", "words"))
    assert words == {settled.pk: ERASED, waiting.pk: "删除登录记录"}
    settled.refresh_from_db()
    assert settled.answer == ERASED


def test_what_was_never_said_is_not_called_erased():
    asked = actions.ask(make.user(), RequestKind.EXPLAIN, "", at=NOW)
    actions.settle(asked.pk, actions.Answer(RequestState.DONE, "见目录"), actor=None, at=NOW)

    erase_all(by_clock(NOW + THREE_YEARS + INSTANT))

    asked.refresh_from_db()
    assert (asked.words, asked.answer) == ("", ERASED)


def test_the_address_of_a_letter_goes_after_it_was_settled_only():
    letter = Letter("account.locked", address="wang@example.org", variables=variables_of("account.locked"))
    sent, queued = (queue_mail(letter, key=key, at=NOW)[0] for key in ("sent", "queued"))
    Message.objects.filter(pk=sent.pk).update(state="sent", settled_at=NOW)

    erase_all(by_clock(NOW + HALF_A_YEAR + INSTANT))

    addresses = dict(Message.objects.values_list("pk", "address"))
    assert addresses == {sent.pk: ERASED, queued.pk: "wang@example.org"}


def variables_of(template: str) -> dict[str, str]:
    return dict.fromkeys(letter_templates()[template].variables, "x")


@pytest.mark.parametrize("end", ["accepted_at", "revoked_at", "expires_at"])
def test_the_address_of_an_invitation_goes_half_a_year_after_its_end_however_it_ended(end):
    times = {"invited_at": NOW - timedelta(days=400), "expires_at": NOW + timedelta(days=400), end: NOW}
    if end == "accepted_at":
        times["accepted_by"] = make.user()
    made = Invitation.objects.create(
        email="zhao@example.org", role="applicant", organisation=make.organisation(), reason="测试", **times
    )
    assert erase_all(by_clock(NOW + HALF_A_YEAR)) == {}

    assert erase_all(by_clock(NOW + HALF_A_YEAR + INSTANT)) == {"accounts.invitation": 1}

    made.refresh_from_db()
    assert made.email == ERASED


def test_the_reason_of_a_look_goes_after_three_years_and_those_of_other_acts_stay():
    case = log.Chain("parties.party", "1")
    look = log.record(REVEALED, case, actor=None, role="officer", at=NOW, reason="核对王五的酬金")
    other = log.record("corrected", case, actor=None, role="officer", at=NOW, reason="据来函更正")
    assert looks_of(looks())[0].reason == "核对王五的酬金"

    assert erase_all(by_clock(NOW + THREE_YEARS)) == {}
    assert erase_all(by_clock(NOW + THREE_YEARS + INSTANT)) == {"audit.reason": 1}

    assert looks_of(looks())[0].reason == ERASED
    assert [event.reason_words for event in timeline(case)] == [ERASED, "据来函更正", ""]
    assert [event.act for event in timeline(case)] == [look.act, other.act, "reason_erased"]
    assert check_chains().faults == check_reasons().faults == ()


def test_what_was_erased_reads_so_on_the_page_of_the_person():
    me = make.user()
    log_in(NOW - HALF_A_YEAR - INSTANT, me)
    erase_all(by_clock())

    (kept,) = [values for values in own_values(me) if values.table.label == "accounts.login"]

    assert [words for _title, words in kept.rows[0]] == [ERASED, ERASED]


def test_every_column_with_a_term_can_say_or_be_that_it_was_erased():
    """A new column with a term: words must fit, other kinds must be able to be empty beside one with words."""
    looked_at = 0
    for due in dues():
        columns = [due.table.model._meta.get_field(field.name) for field in due.fields]
        wordy = [c for c in columns if isinstance(c, models.CharField | models.TextField)]
        assert wordy != []
        for column in columns:
            looked_at += 1
            assert not column.unique
            assert column.null or (column in wordy and (column.max_length or 99) >= len(ERASED))
    assert looked_at >= 6


def test_the_clock_does_a_round_a_day_step_by_step():
    log_in(NOW - HALF_A_YEAR - INSTANT)

    erase_due(NOW)
    assert timeline(ROUNDS).count() == 0
    erase_due(NOW)
    assert [event.act for event in timeline(ROUNDS)] == ["round_ended"]
    late = log_in(NOW - HALF_A_YEAR - INSTANT)
    erase_due(NOW + timedelta(hours=23))
    late.refresh_from_db()
    assert late.agent == AGENT

    erase_due(NOW + timedelta(days=1))

    late.refresh_from_db()
    assert late.agent == ERASED


def test_the_security_administrator_sees_how_much_is_due_and_erases_it_after_a_second_look(client):
    guard = make.holder(Role.SECURITY_ADMIN)
    client.force_login(guard)
    page, old = reverse("privacy:retention"), make.LONG_AGO
    assert client.get(page).context["total"] == 0
    row = log_in(old)
    shown = client.get(page)
    assert shown.context["total"] == 1
    endless = {f"{entry.table.label}.{entry.field.name}" for entry in shown.context["endless"]}
    assert {"parties.person.identity_number", "accounts.user.display_name"} <= endless
    assert "imports.importrow.content" not in endless

    assert client.post(page, {"shown": 1}).status_code == 422
    log_in(old)
    changed = client.post(page, {"shown": 1, "sure": "on"})
    assert (changed.status_code, changed.context["form"]["shown"].value()) == (422, 2)
    row.refresh_from_db()
    assert row.agent == AGENT
    assert client.post(page, {"shown": 2, "sure": "on"}).status_code == 302


def test_what_the_security_administrator_confirmed_is_erased_in_that_name_and_nothing_later():
    guard = make.holder(Role.SECURITY_ADMIN)
    due, later = log_in(NOW - HALF_A_YEAR - INSTANT), log_in(NOW - HALF_A_YEAR)

    erase_for.func(str(guard.pk), NOW.isoformat())

    for row in (due, later):
        row.refresh_from_db()
    assert (due.agent, later.agent) == (ERASED, AGENT)
    event = timeline(log.Chain("privacy.retention", "accounts.login")).get()
    assert (event.role, event.actor_id) == ("security_admin", guard.pk)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_others_have_no_such_page(client, role):
    client.force_login(make.holder(role))
    assert client.get(reverse("privacy:retention")).status_code == 404


def test_the_command_only_counts_unless_it_is_told_to_do_it():
    row = log_in(make.LONG_AGO)
    told = StringIO()

    call_command("retention", stdout=told)
    row.refresh_from_db()
    assert (row.agent, "accounts.login\taddress, agent\t1 due" in told.getvalue()) == (AGENT, True)

    call_command("retention", "--do", stdout=told)
    row.refresh_from_db()
    assert (row.agent, told.getvalue().splitlines()[-1]) == (ERASED, "Erased: accounts.login 1.")
