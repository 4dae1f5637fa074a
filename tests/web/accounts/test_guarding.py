"""The security administrator gives and ends roles with reasons; the three administrators need a second person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from keqiao.web.accounts import actions
from keqiao.web.accounts.models import Grant, User
from keqiao.web.accounts.queries import roles_at
from keqiao.web.accounts.roles import GUARDS, Role
from keqiao.web.approvals.actions import approve
from keqiao.web.approvals.models import Approval
from keqiao.web.approvals.queries import waiting_for
from tests.web import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin() -> User:
    return make.holder(Role.SECURITY_ADMIN)


def give(admin: User, user: User, **said):
    address = reverse("accounts:account", args=[user.pk])
    return signed_in(admin).post(address, {"reason": "到岗", **said})


def roles(user: User) -> set[str]:
    return set(roles_at(User.objects.get(pk=user.pk), datetime.now(UTC)))


PAGES = ("accounts:accounts", "accounts:new_account")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECURITY_ADMIN])
def test_the_pages_exist_for_the_security_administrator_alone(role, admin):
    organisation = None if role in GUARDS else make.association().organisation
    other = signed_in(make.holder(role, organisation))
    addresses, one = [reverse(name) for name in PAGES], reverse("accounts:account", args=[admin.pk])
    assert [signed_in(admin).get(address).status_code for address in [*addresses, one]] == [200] * 3
    assert [other.get(address).status_code for address in addresses] == [404] * 2
    assert other.get(one).status_code == (200 if role in GUARDS else 404)  # who agrees must see to what
    assert other.post(one, {"role": "officer", "reason": "x"}).status_code == 404


def test_an_officer_role_is_given_with_its_last_day_and_ended_with_a_reason(admin):
    association, user = make.association("三门峡市科协"), make.user()
    day = (datetime.now(UTC) + timedelta(days=30)).date()
    answer = give(admin, user, role="officer", organisation="三门峡市科协", until=day.isoformat())
    assert answer.status_code == 302
    held = Grant.objects.get(user=user)
    assert (held.role, held.organisation_id, held.granted_by) == ("officer", association.pk, admin)

    ending = reverse("accounts:end_grant", args=[held.pk])
    assert signed_in(admin).post(ending, {"reason": ""}).status_code == 422
    signed_in(admin).post(ending, {"reason": "离岗"})
    assert roles(user) == set()
    page = signed_in(admin).get(reverse("accounts:account", args=[user.pk])).content.decode()
    assert "离岗" in page


def test_an_unknown_or_doubtful_organisation_and_a_missing_reason_are_said(admin):
    make.organisation("果树学会甲")
    make.organisation("果树学会乙")
    user = make.user()
    for words in ("", "没有的单位", "果树学会"):
        assert give(admin, user, role="applicant", organisation=words).status_code == 422
    assert give(admin, user, role="applicant", organisation="果树学会甲", reason="").status_code == 422
    assert give(admin, user, role="system_admin", organisation="果树学会甲").status_code == 422
    assert roles(user) == set()


@pytest.mark.parametrize("second", sorted(GUARDS))
def test_a_guard_role_is_given_once_a_second_of_the_three_agrees(second, admin):
    user, other = make.user(), make.holder(second)
    give(admin, user, role="audit_admin")
    assert roles(user) == set()

    approval = Approval.objects.get()
    now = datetime.now(UTC)
    assert list(waiting_for(other, now)) == [approval]
    assert list(waiting_for(admin, now)) == []
    assert str(user.pk) in str(approval.difference)
    approve(approval.pk, actor=other, at=now)
    assert roles(user) == {"audit_admin"}


def test_a_guard_role_ends_the_same_way_and_the_last_of_its_kind_stays(admin):
    other, leaving = make.holder(Role.AUDIT_ADMIN), make.holder(Role.SECURITY_ADMIN)
    for user, left in ((leaving, set()), (other, {"audit_admin"})):
        held = Grant.objects.get(user=user)
        signed_in(admin).post(reverse("accounts:end_grant", args=[held.pk]), {"reason": "轮岗"})
        approval = Approval.objects.latest("proposed_at")
        second = make.holder(Role.SYSTEM_ADMIN)
        signed_in(second).post(reverse("approvals:decide", args=[approval.pk]), {"decision": "approve"})
        assert roles(user) == left


def test_no_one_person_gives_or_ends_a_guard_role(admin):
    user, guard = make.user(), make.holder(Role.SYSTEM_ADMIN)
    at = datetime.now(UTC)
    with pytest.raises(ValidationError) as refused:
        actions.grant(user, actions.Terms(Role.AUDIT_ADMIN), actor=admin, at=at, reason="x")
    assert refused.value.code == "grant.needs_second_person"
    with pytest.raises(ValidationError) as refused:
        actions.end_grant(Grant.objects.get(user=guard).pk, actor=admin, at=at, reason="x")
    assert refused.value.code == "grant.needs_second_person"


def test_guards_never_meet_even_with_a_second_person(admin):
    user, other = make.holder(Role.SYSTEM_ADMIN), make.holder(Role.AUDIT_ADMIN)
    give(admin, user, role="audit_admin")
    approval = Approval.objects.get()
    signed_in(other).post(reverse("approvals:decide", args=[approval.pk]), {"decision": "approve"})
    approval.refresh_from_db()
    assert (approval.state, roles(user)) == ("proposed", {"system_admin"})


def test_new_unused_and_stale_accounts_are_found(admin):
    now = datetime.now(UTC)
    fresh = actions.open_account(actions.NewAccount("新人", "n@example.org"), actor=admin, role="x", at=now)
    stale = make.user("久未登录")
    stale.log_ins.create(outcome="in", at=now - timedelta(days=91))
    active = make.user("常用")
    active.log_ins.create(outcome="in", at=now)
    closed = make.user("停用")
    actions.close_account(closed, actor=admin, at=now, reason="离职")

    def shown(state: str) -> set[str]:
        page = signed_in(admin).get(reverse("accounts:accounts"), {"state": state})
        return {str(person) for person in page.context["list"].page.object_list} - {str(admin)}

    assert shown("new") == {str(fresh)}
    assert shown("unused") == {str(fresh), str(closed)}
    assert shown("stale") == {str(stale)}
    assert shown("closed") == {str(closed)}
    assert shown("") == {"新人", "久未登录", "常用", "停用"}


def test_a_closed_account_is_out_at_the_next_request_and_comes_back(admin):
    user = make.user()
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": make.PASSWORD})
    assert client.get(reverse("accounts:me")).status_code == 200
    signed_in(admin).post(reverse("accounts:close_account", args=[user.pk]), {"reason": "离职"})
    assert client.get(reverse("accounts:me")).status_code == 302
    signed_in(admin).post(reverse("accounts:reopen_account", args=[user.pk]), {"reason": "返聘"})
    client.post(reverse("account_login"), {"login": user.email, "password": make.PASSWORD})
    assert client.get(reverse("accounts:me")).status_code == 200


def test_staff_are_opened_an_account_by_mail_address(admin):
    said = {"display_name": "李工", "email": "li@example.org"}
    answer = signed_in(admin).post(reverse("accounts:new_account"), said)
    user = User.objects.get(email="li@example.org")
    assert answer.headers["Location"] == reverse("accounts:account", args=[user.pk])
    assert signed_in(admin).post(reverse("accounts:new_account"), said).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number(number, admin, django_assert_num_queries):
    association = make.association()
    for _each in range(number):
        make.officer(association)
    client = signed_in(admin)
    client.get(reverse("accounts:accounts"))
    with django_assert_num_queries(8 + (connection.vendor != "sqlite")):  # one: saved views
        client.get(reverse("accounts:accounts"))
