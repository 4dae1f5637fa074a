"""Tokens: made once, shown once, no more than their account, gone when revoked."""

import re
import time
from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as METHODS_OF
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.api.actions import Wanted, make_token, revoke_token
from keqiao.web.api.models import Token, TokenUse
from keqiao.web.api.queries import digest_of
from keqiao.web.api.scopes import Scope
from keqiao.web.api.shown_once import KEY
from keqiao.web.api.use import note_use
from keqiao.web.audit.queries import timeline
from keqiao.web.config.middleware.arrival import database_now
from tests.web import make
from tests.web.api.callers import program, secret_of, sent
from tests.web.applications import makers

pytestmark = pytest.mark.django_db


def wanted(**changes):
    said = {
        "name": "业务系统",
        "scopes": frozenset({Scope.ELIGIBILITY}),
        "expires_at": database_now() + timedelta(days=9),
    }
    return Wanted(**{**said, **changes})


def test_of_a_token_only_its_digest_is_kept():
    account = make.user()

    secret = secret_of(account)

    token = Token.objects.get()
    assert secret.startswith("kq_")
    assert token.digest == digest_of(secret)
    assert secret not in str([getattr(token, each.name) for each in Token._meta.fields])
    assert [event.act for event in timeline(account)][-1] == "token_made"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scopes": frozenset()}, "token.opens_nothing"),
        ({"expires_at": make.LONG_AGO}, "token.lasts_too_long"),
        ({"expires_at": make.LONG_AGO + timedelta(days=36500)}, "token.lasts_too_long"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(changes, code):
    with pytest.raises(ValidationError) as refused:
        make_token(wanted(**changes), actor=make.user(), at=database_now())

    assert refused.value.code == code
    assert not Token.objects.exists()


def test_a_token_for_a_unit_of_others_is_refused():
    with pytest.raises(ValidationError) as refused:
        make_token(wanted(unit_id=makers.unit().pk), actor=make.user(), at=database_now())

    assert refused.value.code == "token.unit_foreign"


def test_a_token_opens_what_its_account_sees():
    unit = makers.unit(name="三门峡市林学会")
    caller = program(makers.applicant(unit))

    answer = sent(caller, "GET", "/units")

    assert (answer.status_code, answer.json()) == (200, [{"id": str(unit.pk), "name": "三门峡市林学会"}])


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer kq_nobody", "Basic a2s6", "kq_x", "Bearer \udcff"])
def test_without_a_valid_token_a_closed_address_says_401(header):
    makers.applicant(makers.unit())

    answer = (
        Client().get("/api/v1/units", HTTP_AUTHORIZATION=header) if header else Client().get("/api/v1/units")
    )

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="keqiao"')
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_revoked_token_opens_nothing():
    account = makers.applicant(makers.unit())
    caller = program(account)
    assert sent(caller, "GET", "/units").status_code == 200

    revoke_token(Token.objects.get().pk, actor=account, at=database_now())

    assert sent(caller, "GET", "/units").status_code == 401
    assert [event.act for event in timeline(account)][-2:] == ["token_made", "token_revoked"]


def test_a_token_past_its_day_opens_nothing():
    account = makers.applicant(makers.unit())
    caller = program(account, at=database_now() - timedelta(days=31))

    assert sent(caller, "GET", "/units").status_code == 401


def test_a_closed_account_takes_its_tokens_with_it():
    account = makers.applicant(makers.unit())
    caller = program(account)
    account.is_active = False
    account.save(update_fields=["is_active"])

    assert sent(caller, "GET", "/units").status_code == 401


def test_a_scope_that_is_missing_is_named():
    caller = program(makers.applicant(makers.unit()), Scope.ELIGIBILITY)

    answer = sent(caller, "GET", "/applications")

    assert answer.status_code == 403
    assert answer.json()["detail"] == "这个令牌没有“读取本单位的申报书和回执”的权限（applications:read）。"


def test_a_token_narrowed_to_a_unit_sees_no_other():
    account, first, second = make.user(), makers.unit(), makers.unit()
    for unit in (first, second):
        make.role_of(account, Role.APPLICANT, unit)
    wide = sent(program(account), "GET", "/units").json()
    narrow = sent(program(account, unit_id=first.pk), "GET", "/units").json()

    assert {each["id"] for each in wide} == {str(first.pk), str(second.pk)}
    assert [each["id"] for each in narrow] == [str(first.pk)]


def test_a_session_counts_for_nothing_on_the_interface(client):
    client.force_login(makers.applicant(makers.unit()))

    assert client.get("/api/v1/units").status_code == 401


def test_too_many_requests_are_told_to_wait(settings):
    settings.OWN_RATE_LIMITS = {**settings.OWN_RATE_LIMITS, "api": "2/m/key"}
    caller = program(makers.applicant(makers.unit()))

    answers = [sent(caller, "GET", "/units") for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"


WANTED = {"name": "业务系统", "scopes": ["eligibility:read"], "days": "90", "unit": ""}


def logged_in(client, account):
    client.post(reverse("account_login"), {"login": account.email, "password": make.PASSWORD})
    return account


def secrets_on(page):
    return re.findall(r"kq_[\w-]{43}", page.content.decode())


def test_a_token_is_made_once_and_shown_once_however_often_the_page_is_loaded(client):
    account = logged_in(client, makers.applicant(makers.unit()))

    answer = client.post(reverse("api:tokens"), WANTED)

    token = Token.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("api:token_made", args=[token.pk])
    assert client.head(answer.headers["Location"]).status_code == 200
    shown, again = (client.get(answer.headers["Location"]) for _look in range(2))
    (secret,) = secrets_on(shown)
    assert token.digest == digest_of(secret)
    assert "no-store" in shown.headers["Cache-Control"]
    assert secrets_on(again) == []
    assert "令牌只在新建后显示一次" in again.content.decode()
    assert secrets_on(client.get(reverse("api:tokens"))) == []
    assert [each.account_id for each in Token.objects.all()] == [account.pk]


def test_the_page_narrows_a_token_to_a_chosen_unit(client):
    unit = makers.unit()
    logged_in(client, makers.applicant(unit))

    client.post(reverse("api:tokens"), {**WANTED, "unit": str(unit.pk)})

    assert [each.unit_id for each in Token.objects.all()] == [unit.pk]


def test_between_the_two_pages_the_secret_lies_locked_and_for_its_token_alone(client):
    account = logged_in(client, makers.applicant(makers.unit()))
    secret_of(account)
    other = Token.objects.get()

    address = client.post(reverse("api:tokens"), WANTED).headers["Location"]

    kept = dict(client.session.items())
    assert secrets_on(client.get(reverse("api:token_made", args=[other.pk]))) == []
    (secret,) = secrets_on(client.get(address))
    assert secret not in str(kept)
    assert KEY in kept
    assert KEY not in client.session


def test_nobody_sees_the_page_of_somebody_elses_token(client):
    secret_of(makers.applicant(makers.unit()))
    address = reverse("api:token_made", args=[Token.objects.get().pk])
    logged_in(client, makers.applicant(makers.unit()))

    assert client.get(address).status_code == 404


def test_the_last_use_is_kept_and_written_once_an_hour():
    caller = program(makers.applicant(makers.unit()))
    with CaptureQueriesContext(connection) as first:
        sent(caller, "GET", "/units")
    noted = TokenUse.objects.get().used_at
    with CaptureQueriesContext(connection) as second:
        sent(caller, "GET", "/units")

    assert [writes_of(seen) for seen in (first, second)] == [1, 0]
    assert TokenUse.objects.get().used_at == noted
    cache.clear()
    long_ago = noted - timedelta(hours=1, seconds=1)
    TokenUse.objects.update(used_at=long_ago)
    sent(caller, "GET", "/units")
    assert TokenUse.objects.get().used_at > noted


def writes_of(seen):
    return sum("INSERT INTO" in each["sql"] and "api_tokenuse" in each["sql"] for each in seen)


def test_a_use_that_is_noted_late_does_not_turn_the_clock_back():
    account = makers.applicant(makers.unit())
    secret_of(account)
    token, now = Token.objects.get(), database_now()
    note_use(token, now)
    note_use(Token.objects.get(), now - timedelta(minutes=5))
    note_use(token, now - timedelta(hours=2))

    assert TokenUse.objects.get().used_at == now


def proved(client, account, method, seconds_ago=0):
    """Log in as somebody who proved it by ``method`` then."""
    client.force_login(account)
    session = client.session
    session[METHODS] = [{"method": method, "at": time.time() - seconds_ago, "reauthenticated": True}]
    session[METHODS_OF] = str(account.pk)
    session.save()


def test_the_second_factor_is_asked_again_where_there_is_one(client):
    account = makers.applicant(makers.unit())
    TOTP.activate(account, generate_totp_secret())
    address = reverse("api:tokens")
    proved(client, account, "password")

    answers = [client.get(address), client.post(address, WANTED)]
    assert {each.headers["Location"].split("?")[0] for each in answers} == {reverse("mfa_reauthenticate")}
    assert not Token.objects.exists()

    proved(client, account, "mfa")
    made = client.post(address, WANTED, follow=True)
    assert len(secrets_on(made)) == 1
    assert Token.objects.count() == 1


@pytest.mark.parametrize(("seconds", "status"), [(290, 200), (310, 302)])
def test_a_proof_counts_while_it_is_fresh(client, seconds, status):
    proved(client, makers.applicant(makers.unit()), "password", seconds)

    assert client.get(reverse("api:tokens")).status_code == status


def test_nobody_revokes_the_token_of_somebody_else(client):
    secret_of(makers.applicant(makers.unit()))
    token = Token.objects.get()
    client.force_login(make.user())

    assert client.post(reverse("api:revoke", args=[token.pk])).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
