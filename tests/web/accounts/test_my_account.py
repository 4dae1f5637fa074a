"""The page of one's own account."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from keqiao.web.accounts.models import LogIn, Outcome
from keqiao.web.accounts.roles import Role
from tests.web import make

pytestmark = pytest.mark.django_db
ME = "accounts:me"


def logged_in(user) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": make.PASSWORD})
    return client


def test_my_page_shows_my_roles_and_nobody_elses():
    mine, other = make.association("甲市科协"), make.association("乙市科协")
    user = make.officer(mine)
    make.holder(Role.FINANCE, other.organisation)
    page = logged_in(user).get(reverse(ME)).content.decode()
    assert "甲市科协" in page
    assert "科协工作人员" in page
    assert "乙市科协" not in page


def test_without_log_in_my_page_asks_for_it(client):
    response = client.get(reverse(ME))
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_i_can_end_my_session_on_another_device():
    user = make.user()
    here, there = logged_in(user), logged_in(user)
    other = LogIn.objects.get(session_key=there.session.session_key)

    here.post(reverse("accounts:end_session", args=[other.pk]))
    assert not Session.objects.filter(session_key=other.session_key).exists()
    assert there.get(reverse(ME)).status_code == 302
    assert here.get(reverse(ME)).status_code == 200
    assert LogIn.objects.filter(user=user, outcome=Outcome.ENDED).count() == 1


def test_nobody_can_end_the_session_of_somebody_else():
    mine, theirs = logged_in(make.user()), logged_in(make.user())
    log_in = LogIn.objects.get(session_key=theirs.session.session_key)
    assert mine.post(reverse("accounts:end_session", args=[log_in.pk])).status_code == 404
    assert theirs.get(reverse(ME)).status_code == 200


def test_a_role_that_is_taken_away_is_gone_with_the_next_request():
    association = make.association()
    user = make.officer(association)
    client = logged_in(user)
    address = reverse("parties:association", args=[association.pk])
    assert client.get(address).status_code == 200
    user.grants.update(valid_until=make.LONG_AGO)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("/organisations/", "/organisations/"),
        ("https://elsewhere.example/", None),
        ("//elsewhere.example", None),
    ],
)
def test_the_chosen_language_is_kept_and_only_pages_of_this_site_are_gone_back_to(asked, goes_to):
    user = make.user()
    response = logged_in(user).post(reverse("accounts:language"), {"language": "en", "next": asked})
    user.refresh_from_db()
    assert user.language == "en"
    assert response.headers["Location"] == (goes_to or reverse(ME))


def test_an_unknown_language_changes_nothing():
    user = make.user()
    logged_in(user).post(reverse("accounts:language"), {"language": "xx"})
    user.refresh_from_db()
    assert user.language == "zh-hans"


def test_the_page_of_addresses_leads_to_my_page_and_changes_nothing():
    client = logged_in(make.user())
    address = reverse("account_email")

    assert client.get(address).headers["Location"] == reverse(ME)
    assert client.post(address, {"action_add": "", "email": "else@example.org"}).status_code == 405
