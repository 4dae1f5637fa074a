"""Acting for a unit: narrower than the person and than the unit, seen on every page, gone with the session."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from keqiao.web.accounts.acting import acting_of
from keqiao.web.accounts.models import Grant, LogIn, Outcome, User
from keqiao.web.accounts.queries import open_sessions
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from tests.web import make

pytestmark = pytest.mark.django_db
ME = "accounts:me"


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


def log_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": make.PASSWORD})
    return client


def act_for(client: Client, unit=None):
    return client.post(reverse("accounts:acting"), {"unit": unit.pk if unit else ""})


def opens(client: Client, unit) -> bool:
    return client.get(reverse("accounts:people", args=[unit.pk])).status_code == 200


@pytest.fixture
def of_two():
    """A person who administers two units and only applies for a third."""
    first, second, third = (make.organisation(name) for name in ("甲学会", "乙学会", "丙学会"))
    user = make.holder(Role.UNIT_ADMIN, first)
    make.role_of(user, Role.UNIT_ADMIN, second)
    make.role_of(user, Role.APPLICANT, third)
    return user, first, second, third


def test_who_acts_for_a_unit_has_its_roles_and_no_others(of_two):
    user, first, second, third = of_two
    client = log_in(user)
    assert [opens(client, unit) for unit in (first, second, third)] == [True, True, False]
    act_for(client, first)
    assert [opens(client, unit) for unit in (first, second, third)] == [True, False, False]
    act_for(client, third)
    assert [opens(client, unit) for unit in (first, second, third)] == [False, False, False]
    act_for(client)
    assert [opens(client, unit) for unit in (first, second, third)] == [True, True, False]


def test_never_more_than_the_person_nor_than_the_unit(of_two):
    user, *units = of_two
    at = datetime.now(UTC)
    own = {(grant.role, grant.organisation_id) for grant in user.own_grants_at(at)}
    assert len(own) == 3
    for unit in units:
        user.acting_for = unit.pk
        held = {(grant.role, grant.organisation_id) for grant in user.grants_at(at)}
        of_the_unit = {(row.role, row.organisation_id) for row in Grant.objects.filter(organisation=unit)}
        assert held == own & of_the_unit


def test_nobody_acts_for_a_unit_without_a_role_there(of_two):
    user, first, *_others = of_two
    client = log_in(user)
    act_for(client, make.organisation("丁学会"))
    assert "acting_for" not in client.session
    assert opens(client, first)


def test_the_banner_asks_shows_and_switches_on_every_page(of_two):
    user, first, *_others = of_two
    client = log_in(user)
    assert "您在 3 个单位有角色" in client.get(reverse(ME)).content.decode()
    act_for(client, first)
    for name in (ME, "portal:desk", "notifications:inbox"):
        assert "您正在代表“甲学会”办理" in client.get(reverse(name)).content.decode()


def test_somebody_of_one_unit_sees_no_banner():
    user = make.holder(Role.APPLICANT, make.organisation())
    assert "kq-acting" not in log_in(user).get(reverse(ME)).content.decode()


def test_a_role_that_ends_meanwhile_opens_nothing_wider(of_two):
    user, first, second, _third = of_two
    client = log_in(user)
    act_for(client, first)
    Grant.objects.filter(user=user, organisation=first).update(valid_until=make.LONG_AGO)
    assert not opens(client, second)
    assert "您在所选单位的角色已终止" in client.get(reverse(ME)).content.decode()


def test_events_say_who_and_for_whom(of_two):
    user, first, *_others = of_two
    client = log_in(user)
    act_for(client, first)
    client.post(reverse("accounts:language"), {"language": "en"})
    events = {event.act: event for event in timeline(user)}
    assert events["acting_began"].data == {"organisation": str(first.pk)}
    assert (events["language_chosen"].actor_id, events["language_chosen"].data["acting_for"]) == (
        user.pk,
        str(first.pk),
    )


def test_the_choice_gives_the_session_a_new_key_that_can_still_be_ended(of_two):
    user, first, *_others = of_two
    client = log_in(user)
    before = client.session.session_key
    act_for(client, first)
    after = client.session.session_key
    assert before != after
    assert not Session.objects.filter(session_key=before).exists()
    assert [row.session_key for row in open_sessions(user, datetime.now(UTC))] == [after]


def test_the_choice_ends_with_the_session(of_two):
    user, first, second, _third = of_two
    client = log_in(user)
    act_for(client, first)
    client.post(reverse("account_logout"))
    assert opens(log_in(user), second)


def test_choosing_costs_no_query_on_a_page(of_two, django_assert_num_queries):
    user, *_units = of_two
    at = datetime.now(UTC)
    user.own_grants_at(at)
    with django_assert_num_queries(0):
        assert [unit.name for unit in acting_of(user, at).units] == ["丙学会", "乙学会", "甲学会"]


# ------------------------------------------------------------------------------------------- sessions


def test_all_other_sessions_are_ended_at_once():
    user = make.user()
    here, *others = (log_in(user) for _ in range(3))
    here.post(reverse("accounts:end_other_sessions"))
    assert here.get(reverse(ME)).status_code == 200
    assert [client.get(reverse(ME)).status_code for client in others] == [302, 302]
    assert LogIn.objects.filter(user=user, outcome=Outcome.ENDED).count() == 2


def test_a_new_password_ends_the_others_and_keeps_this_one():
    user = make.user()
    here, there = log_in(user), log_in(user)
    words = {
        "oldpassword": make.PASSWORD,
        "password1": "another-bridge-here",
        "password2": "another-bridge-here",
    }
    here.post(reverse("account_change_password"), words)
    assert here.get(reverse(ME)).status_code == 200
    assert there.get(reverse(ME)).status_code == 302
    assert Session.objects.filter(session_key=there.session.session_key).exists() is False
    assert [event.act for event in timeline(user)][-2:] == ["password_changed", "session_ended"]
    (kept,) = open_sessions(user, datetime.now(UTC))
    assert kept.session_key == here.session.session_key


def test_the_page_says_which_device_and_network():
    user = make.user()
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/109.0 Safari/537.36"
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": make.PASSWORD})
    page = client.get(reverse(ME)).content.decode()
    assert "Chrome · Windows" in page
    assert "本单位网络" in page
