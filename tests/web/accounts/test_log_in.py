"""Logging in: by mail address or number, limited, without telling who exists; demonstration people only there."""

import re
from typing import ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.accounts.actions.log_ins import LOCKED_AFTER
from keqiao.web.accounts.models import LogIn, Outcome
from keqiao.web.accounts.roles import Role
from keqiao.web.notifications import delivery
from keqiao.web.notifications.models import Message
from tests.web import make

pytestmark = pytest.mark.django_db
LOGIN = "account_login"


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


def try_log_in(client, login: str, password: str = make.PASSWORD):
    return client.post(reverse(LOGIN), {"login": login, "password": password})


def page_without_tokens(response) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+', r"\1", response.content.decode())


@pytest.mark.parametrize(
    "login", ["wang@example.org", "WANG@example.org", "13812345678", "+86 138 1234 5678"]
)
def test_people_log_in_by_address_or_number(client, login):
    user = make.user(email="wang@example.org", phone="13812345678")
    response = try_log_in(client, login)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert LogIn.objects.get(user=user).outcome == Outcome.IN


def test_logging_in_gives_the_session_a_new_key_and_logging_out_ends_it(client):
    user = make.user(email="wang@example.org")
    client.get(reverse(LOGIN))
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    try_log_in(client, "wang@example.org")
    during = client.session.session_key
    assert before != during
    assert not Session.objects.filter(session_key=before).exists()

    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=during).exists()
    outcomes = LogIn.objects.filter(user=user).order_by("at").values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.IN, Outcome.OUT]


def test_a_failed_try_is_written_down_without_what_was_typed(client):
    user = make.user(email="wang@example.org")
    try_log_in(client, "wang@example.org", "my other secret")
    try_log_in(client, "nobody@example.org", "my other secret")
    rows = LogIn.objects.order_by("at")
    assert [(row.user, row.outcome) for row in rows] == [(user, Outcome.FAILED), (None, Outcome.FAILED)]


def test_known_and_unknown_names_get_the_same_answer(client):
    make.user(email="known@example.org")
    wrong = try_log_in(client, "known@example.org", "wrong password")
    unknown = try_log_in(client, "other@example.org", "wrong password")
    assert (wrong.status_code, page_without_tokens(wrong).replace("known", "other")) == (
        unknown.status_code,
        page_without_tokens(unknown),
    )


def test_after_ten_wrong_passwords_the_right_one_is_refused_too(client):
    make.user(email="wang@example.org")
    for _number in range(10):
        try_log_in(client, "wang@example.org", "wrong password")
    assert "_auth_user_id" not in client.session
    try_log_in(client, "wang@example.org")
    assert "_auth_user_id" not in client.session
    assert LogIn.objects.filter(outcome=Outcome.FAILED).count() == 10


def test_an_account_that_was_closed_cannot_log_in(client):
    user = make.user(email="wang@example.org")
    user.is_active = False
    user.save()
    try_log_in(client, "wang@example.org")
    assert "_auth_user_id" not in client.session


def test_sign_up_is_closed(client):
    response = client.post(
        reverse("account_signup"), {"email": "new@example.org", "password1": make.PASSWORD}
    )
    assert "_auth_user_id" not in client.session
    assert response.status_code in (200, 404)


def test_a_forgotten_password_is_set_anew_by_a_link_to_the_configured_site(client, settings):
    settings.SITE_URL = "http://keqiao.example"
    user = make.user(email="wang@example.org")
    answers = [
        client.post(reverse("account_reset_password"), {"email": address}, headers={"host": "localhost"})
        for address in ("wang@example.org", "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert set(Message.objects.values_list("template", flat=True)) == {
        "account.password_reset",
        "account.unknown",
    }

    message = Message.objects.get(template="account.password_reset")
    for message_id, number in delivery.hand_over(message.due_at):
        delivery.attempt(message_id, number, handed_over=message.due_at)
    (letter,) = [sent for sent in mail.outbox if sent.to == ["wang@example.org"]]
    link = re.search(r"http://keqiao\.example(/\S+)", letter.body)[1]
    form = client.get(link, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "another-bridge-here", "password2": "another-bridge-here"}
    )
    user.refresh_from_db()
    assert user.check_password("another-bridge-here")
    assert Message.objects.filter(template="account.password_changed").count() == 1


def test_demonstration_people_are_offered_in_a_demonstration(client, settings):
    settings.DEMONSTRATION = True
    association = make.association("三门峡市科协").organisation
    shown = make.user("演示工作人员", is_demonstration=True)
    make.role_of(shown, Role.OFFICER, association)
    make.user("真实人员")

    page = client.get(reverse(LOGIN)).content.decode()
    assert "演示工作人员 · 科协工作人员（三门峡市科协）" in page
    assert "真实人员" not in page
    response = client.post(reverse("accounts:demonstration", args=[shown.pk]))
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(shown.pk)


def test_a_person_who_is_not_of_the_demonstration_cannot_be_entered_by_a_click(client, settings):
    settings.DEMONSTRATION = True
    person = make.user()
    assert client.post(reverse("accounts:demonstration", args=[person.pk])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_elsewhere_demonstration_people_are_neither_offered_nor_entered(client, settings):
    settings.DEMONSTRATION = False
    shown = make.user("演示工作人员", is_demonstration=True)
    assert "演示工作人员" not in client.get(reverse(LOGIN)).content.decode()
    client.post(reverse("accounts:demonstration", args=[shown.pk]))
    assert "_auth_user_id" not in client.session


def test_a_click_is_a_post(client, settings):
    settings.DEMONSTRATION = True
    shown = make.user(is_demonstration=True)
    assert client.get(reverse("accounts:demonstration", args=[shown.pk])).status_code == 405


@pytest.mark.parametrize("people", [1, 3])
def test_the_log_in_page_costs_the_same_for_any_number_of_people(
    client, settings, people, django_assert_num_queries
):
    settings.DEMONSTRATION = True
    association = make.association().organisation
    for _number in range(people):
        make.role_of(make.user(is_demonstration=True), Role.OFFICER, association)
    client.get(reverse(LOGIN))
    with django_assert_num_queries(3 + clock_queries()):
        client.get(reverse(LOGIN))


def clock_queries() -> int:
    return 0 if connection.vendor == "sqlite" else 1


def test_people_of_the_demonstration_cannot_log_in_where_it_is_shown_no_more(client, settings):
    known = make.user(is_demonstration=True)

    settings.DEMONSTRATION = True
    try_log_in(client, known.email)
    assert client.get(reverse("accounts:me")).status_code == 200

    settings.DEMONSTRATION = False
    assert client.get(reverse("accounts:me")).status_code == 302
    client.cookies.clear()
    assert try_log_in(client, known.email).headers["Location"] == reverse("account_inactive")
    assert not LogIn.objects.filter(user=known, outcome=Outcome.IN).exclude(session_key="").count() > 1
    assert client.get(reverse("accounts:me")).status_code == 302


@pytest.fixture
def hashes(settings) -> list[str]:
    """What was hashed, by the hasher's own count: each password is worked on once, whoever it is tried for."""
    CountingHasher.done.clear()
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    return CountingHasher.done


class CountingHasher(MD5PasswordHasher):
    """Notes each piece of hashing work; the time that a log-in takes is nearly all this."""

    algorithm = "counted"
    done: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.done.append(password)
        return super().encode(password, salt)


@pytest.mark.parametrize(
    ("known", "unknown"), [("known@example.org", "other@example.org"), ("13812345678", "13987654321")]
)
@pytest.mark.parametrize("tries_before", [0, LOCKED_AFTER - 1])
def test_a_wrong_password_is_the_same_work_for_known_and_unknown_names(hashes, known, unknown, tries_before):
    """Row W7, by construction instead of by the clock: as many hashes, and the same statements on the same tables."""
    make.user(email="known@example.org", phone="13812345678")
    work = []
    for login in (known, unknown):
        cache.clear()
        LogIn.objects.all().delete()
        client = Client()
        client.get(reverse(LOGIN))
        for _ in range(tries_before):
            try_log_in(client, login, "wrong password")
        hashes.clear()
        with CaptureQueriesContext(connection) as queries:
            assert try_log_in(client, login, "wrong password").status_code == 200
        work.append((list(hashes), [shape_of(query["sql"]) for query in queries]))
    assert work[0] == work[1], work
    assert work[0][0] == ["wrong password"]


def shape_of(statement: str) -> str:
    """A statement without its values: its verb and its table."""
    table = re.search(r'(?:FROM|INTO|UPDATE) "(\w+)"', statement)
    return f"{statement.split(maxsplit=1)[0]} {table.group(1) if table else ''}".strip()
