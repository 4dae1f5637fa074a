"""Dated roles end by themselves: every role, on its day, everywhere; those for a call with the call and thirty days."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from keqiao.web.access import opening_of
from keqiao.web.accounts import actions
from keqiao.web.accounts.actions.grants import OUTLIVES_CALL
from keqiao.web.accounts.models import Grant
from keqiao.web.accounts.queries import holders_of, needs_second_factor, roles_at
from keqiao.web.accounts.roles import GUARDS, Role
from keqiao.web.audit.queries import timeline
from keqiao.web.config.middleware import arrival
from tests.web import make

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
END = NOW + timedelta(days=20)


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


@pytest.fixture(autouse=True)
def _clock_that_can_be_moved(monkeypatch):
    """On PostgreSQL requests are stamped by the server's clock, which no test can move."""
    monkeypatch.setattr(arrival, "database_now", lambda: datetime.now(UTC))


def dated(role: Role):
    """A holder of ``role`` until END, and the organisation."""
    organisation = None if role in GUARDS else make.association().organisation
    user = make.user()
    make.role_of(user, role, organisation, valid_until=END)
    return user, organisation


def pages_of(role: Role) -> list[str]:
    """The pages without an id that open to ``role`` by its name."""
    found = []
    for name in ("portal", "programmes", "calendars", "regulations", "accounts", "parties", "approvals"):
        for pattern in get_resolver().namespace_dict[name][1].url_patterns:
            opening = opening_of(pattern.callback, None)
            if opening is None or role.value not in opening.who:
                continue
            try:
                found.append(reverse(f"{name}:{pattern.name}"))
            except NoReverseMatch:
                continue
    return found


@pytest.mark.parametrize("role", list(Role))
def test_a_dated_role_is_gone_from_its_last_instant_on_in_every_query(role):
    user, organisation = dated(role)
    before, after = END - timedelta(microseconds=1), END
    assert (roles_at(user, before), roles_at(user, after)) == ({role.value}, set())
    if organisation is not None:
        held = [list(holders_of(role, organisation.pk, at)) for at in (before, after)]
        assert held == [[user], []]
        assert [user.organisations_as(role, at) for at in (before, after)] == [
            frozenset({organisation.pk}),
            frozenset(),
        ]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.APPLICANT, Role.EXPERT)])
def test_with_the_clock_moved_every_page_of_the_role_is_gone(role):
    user, _organisation = dated(role)
    client = Client()
    client.force_login(user)
    pages = pages_of(role)
    assert pages != []
    assert {page for page in pages if client.get(page).status_code == 404} == set()
    with time_machine.travel(END + timedelta(seconds=1)):
        later = Client()
        later.force_login(user)
        opened = [page for page in pages if later.get(page).status_code == 200]
    assert opened == []


def test_a_role_for_a_call_ends_with_the_call_and_some_days():
    association, call_id, ended = make.association(), uuid4(), NOW
    user, other = make.user(), make.user()
    make.role_of(user, Role.EXPERT, association.organisation, call_id=call_id)
    make.role_of(other, Role.EXPERT, association.organisation, call_id=uuid4())
    short = make.role_of(
        make.user(), Role.EXPERT, association.organisation, call_id=call_id, valid_until=ended
    )

    assert actions.let_grants_end_with_call(call_id, ended, actor=None, at=NOW) == 1
    last = ended + OUTLIVES_CALL
    assert [roles_at(user, at) for at in (last - timedelta(seconds=1), last)] == [{"expert"}, set()]
    assert roles_at(other, last) == {"expert"}
    assert Grant.objects.get(pk=short.pk).valid_until == ended
    assert timeline(user).last().act == "role_ends_with_call"
    assert actions.let_grants_end_with_call(call_id, ended, actor=None, at=NOW) == 0


def test_a_second_factor_is_not_asked_for_a_role_that_has_ended(settings):
    settings.SECOND_FACTOR_ROLES = frozenset({"officer"})
    user, _organisation = dated(Role.OFFICER)
    assert [needs_second_factor(user, at) for at in (NOW, END)] == [True, False]
