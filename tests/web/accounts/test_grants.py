"""Roles are dated grants; three guards never meet in one account."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from keqiao.web.accounts import actions
from keqiao.web.accounts.models import Grant, User
from keqiao.web.accounts.queries import grants_of, holders_of, roles_at
from keqiao.web.accounts.roles import GUARDS, LABELS, Role
from keqiao.web.accounts.verification import check_grants
from keqiao.web.audit.log import Chain
from keqiao.web.audit.queries import timeline
from tests.web import make

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PAIRS = [(one, other) for one in sorted(GUARDS) for other in sorted(GUARDS)]


def acts_about(user: User) -> list[str]:
    return [event.act for event in timeline(Chain("accounts.user", str(user.pk)))]


def test_every_role_has_a_label():
    assert set(LABELS) == set(Role)


@pytest.mark.django_db
def test_a_role_holds_from_its_first_instant_to_before_its_last():
    association = make.association()
    user = make.user()
    terms = actions.Terms(Role.OFFICER, association.pk, valid_until=NOW + timedelta(days=1))
    actions.grant(user, terms, actor=None, at=NOW, reason="到岗")

    moments = [NOW - timedelta(microseconds=1), NOW, NOW + timedelta(days=1)]
    assert [roles_at(user, moment) for moment in moments] == [set(), {"officer"}, set()]
    assert list(holders_of("officer", association.pk, NOW)) == [user]
    assert acts_about(user) == ["account_opened", "role_granted"]


@pytest.mark.django_db
def test_an_ended_role_is_gone_at_once_and_its_row_stays():
    user = make.holder(Role.OFFICER, make.association().organisation)
    admin = make.holder(Role.SECURITY_ADMIN)
    (held,) = grants_of(user, NOW)
    actions.end_grant(held.pk, actor=admin, at=NOW, reason="离岗")

    assert roles_at(user, NOW) == set()
    assert roles_at(User.objects.get(pk=user.pk), NOW - timedelta(seconds=1)) == {"officer"}
    with pytest.raises(ValidationError):
        actions.end_grant(held.pk, actor=admin, at=NOW, reason="离岗")


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_no_account_holds_two_guard_roles(one, other):
    user = make.holder(one)
    with pytest.raises(ValidationError) as refused:
        make.role_of(user, other)
    assert refused.value.code == "grant.guards_meet"


@pytest.mark.django_db
def test_a_guard_role_may_follow_another_that_has_ended():
    user = make.user()
    first = make.role_of(user, Role.SYSTEM_ADMIN)
    actions.end_grant(first.pk, actor=None, at=NOW, reason="轮岗")
    actions.grant(user, actions.Terms(Role.AUDIT_ADMIN), actor=None, at=NOW, reason="轮岗")
    assert roles_at(user, NOW) == {"audit_admin"}
    assert check_grants().faults == ()


@pytest.mark.django_db
def test_guard_roles_that_met_past_the_program_are_found():
    user = make.holder(Role.SYSTEM_ADMIN)
    row = {"role": "audit_admin", "valid_from": make.LONG_AGO, "reason": "x"}
    Grant.objects.create(user=user, valid_until=NOW, **row)
    Grant.objects.create(user=user, organisation=make.organisation(), role="king", valid_from=NOW, reason="x")
    assert {fault.code for fault in check_grants().faults} == {"grant.guards_meet", "grant.role_unknown"}


@pytest.mark.django_db
def test_the_table_refuses_a_second_open_guard_role_and_a_role_without_its_organisation():
    user = make.holder(Role.SYSTEM_ADMIN)
    row = {"user": user, "valid_from": NOW, "reason": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(role="audit_admin", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(role="officer", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(role="security_admin", organisation=make.organisation(), **row)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECURITY_ADMIN])
def test_only_a_security_administrator_gives_and_ends_roles(role):
    association = make.association().organisation
    actor = make.holder(role, None if role in GUARDS else association)
    held = make.role_of(make.user(), Role.LEADER, association)
    terms = actions.Terms(Role.OFFICER, association.pk)
    with pytest.raises(ValidationError):
        actions.grant(make.user(), terms, actor=actor, at=NOW, reason="x")
    with pytest.raises(ValidationError):
        actions.end_grant(held.pk, actor=actor, at=NOW, reason="x")
    assert Grant.objects.filter(role="officer").exclude(user=actor).count() == 0


@pytest.mark.django_db
def test_a_role_is_not_given_twice():
    association = make.association().organisation
    user = make.holder(Role.OFFICER, association)
    with pytest.raises(ValidationError):
        make.role_of(user, Role.OFFICER, association)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["13812345678", "+86 138-1234-5678", "0086 13812345678", "8613812345678"])
def test_a_telephone_number_is_stored_in_one_spelling(typed):
    assert make.user(phone=typed).phone == "13812345678"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "details",
    [
        {"email": "", "phone": ""},
        {"email": "no address"},
        {"email": "", "phone": "12345"},
        {"password": "12345678901"},
        {"email": "Taken@example.org"},
    ],
)
def test_an_account_that_could_not_log_in_or_is_taken_is_refused(details):
    make.user(email="taken@EXAMPLE.org")
    with pytest.raises(ValidationError):
        make.user(**details)
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_first_administrator_is_opened_from_the_console(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("stone-bridge-over-water\n"))
    call_command("account", "create", "管理员", "--email", "root@example.org", "--role", "security_admin")
    user = User.objects.get()
    assert user.check_password("stone-bridge-over-water")
    assert [grant.role for grant in user.grants.all()] == ["security_admin"]
    assert capsys.readouterr().out == f"{user.pk}\troot@example.org\tsecurity_admin\n"


@pytest.mark.django_db
def test_an_administrator_with_a_weak_password_is_refused(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("password\n"))
    with pytest.raises(CommandError) as refused:
        call_command("account", "create", "管理员", "--email", "root@example.org", "--role", "system_admin")
    assert refused.value.returncode == 2
    assert User.objects.count() == 0
