"""A unit's people: invited by mail, once; handed over; ended; looked after by the association when nobody is left."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from keqiao.web.accounts import actions
from keqiao.web.accounts.models import Grant, Invitation, User
from keqiao.web.accounts.people.invitations import Invited, accept_invitation, invite, revoke_invitation
from keqiao.web.accounts.people.links import address_of
from keqiao.web.accounts.queries import roles_at
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.notifications.models import Message
from keqiao.web.parties.actions import NewTie, tie
from keqiao.web.parties.models import TieKind
from tests.web import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MAIL = "new@example.org"


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


def unit_of(association, name: str = ""):
    unit = make.organisation(name)
    wanted = NewTie(unit, association.organisation, TieKind.AFFILIATION, date(2020, 1, 1), "测试")
    tie(wanted, actor=None, role="tests", at=make.LONG_AGO)
    return unit


def administrator(unit) -> User:
    return make.holder(Role.UNIT_ADMIN, unit)


def invited(
    unit, actor, email: str = MAIL, role: Role = Role.APPLICANT, at: datetime | None = None
) -> Invitation:
    wanted = Invited(email, actions.Terms(role, unit.pk))
    return invite(wanted, actor=actor, at=at or datetime.now(UTC), reason="新同事")


def path_of(invitation: Invitation) -> str:
    return re.sub(r"^https?://[^/]+", "", address_of(invitation))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --------------------------------------------------------------------------------------- invitations


def test_an_administrator_invites_a_colleague_who_opens_an_account_by_accepting():
    unit = make.organisation("三门峡市果树学会")
    client = signed_in(administrator(unit))
    said = {"email": MAIL, "role": "applicant", "reason": "新同事"}
    client.post(reverse("accounts:people", args=[unit.pk]), said)
    letter = Message.objects.get(template="invitation.sent")
    assert (letter.address, letter.variables["organisation"]) == (MAIL, "三门峡市果树学会")

    path = re.sub(r"^https?://[^/]+", "", letter.variables["url"])
    visitor = Client()
    assert "三门峡市果树学会" in visitor.get(path).content.decode()
    assert visitor.post(path, {"name": "李明"}).headers["Location"] == reverse("account_request_login_code")
    user = User.objects.get(email=MAIL)
    assert (user.display_name, roles_at(user, datetime.now(UTC))) == ("李明", {"applicant"})
    assert [event.act for event in timeline(Invitation.objects.get())] == ["invited", "invitation_accepted"]


def test_scanners_that_open_links_change_nothing():
    unit = make.organisation()
    invitation = invited(unit, administrator(unit))
    for _number in range(3):
        Client().get(path_of(invitation))
        Client().head(path_of(invitation))
    invitation.refresh_from_db()
    assert invitation.is_open(datetime.now(UTC))
    assert User.objects.filter(email=MAIL).count() == 0


def test_an_invitation_is_accepted_once():
    unit = make.organisation()
    invitation = invited(unit, administrator(unit))
    assert Client().post(path_of(invitation), {"name": "李明"}).status_code == 302
    assert Client().post(path_of(invitation), {"name": "王强"}).status_code == 200
    assert Grant.objects.filter(role="applicant").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_succeeds():
    unit = make.organisation()
    invitation = invited(unit, administrator(unit))
    gate, at = Barrier(2), datetime.now(UTC)

    def run(name: str) -> str:
        gate.wait(timeout=30)
        try:
            accept_invitation(invitation.pk, user=None, name=name, at=at)
        except ValidationError as refused:
            return refused.code or ""
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, ["李明", "王强"])) == ["done", "invitation.over"]
    assert (User.objects.filter(email=MAIL).count(), Grant.objects.filter(role="applicant").count()) == (1, 1)


def test_an_invitation_opens_nothing_once_it_is_over():
    unit = make.organisation()
    admin = administrator(unit)
    expired = invited(unit, admin, at=datetime.now(UTC) - timedelta(days=8))
    revoked = invited(unit, admin, "two@example.org")
    revoke_invitation(revoked.pk, actor=admin, at=datetime.now(UTC), reason="误发")
    for invitation in (expired, revoked):
        assert "邀请已被使用、撤销或过期" in Client().get(path_of(invitation)).content.decode()
        Client().post(path_of(invitation), {"name": "李明"})
    assert Grant.objects.filter(role="applicant").count() == 0


def test_a_link_holds_for_its_address_role_and_unit_alone():
    unit = make.organisation()
    invitation = invited(unit, administrator(unit))
    path = path_of(invitation)
    assert Client().get(path[:-3] + "xx/").status_code == 404
    assert Client().get(path).status_code == 200
    for change in (
        {"email": "else@example.org"},
        {"role": "unit_admin"},
        {"organisation": make.organisation()},
    ):
        Invitation.objects.filter(pk=invitation.pk).update(**change)
        assert Client().get(path).status_code == 404
        Invitation.objects.filter(pk=invitation.pk).update(email=MAIL, role="applicant", organisation=unit)


def test_somebody_signed_in_under_another_address_cannot_accept():
    unit = make.organisation()
    invitation = invited(unit, administrator(unit))
    other = make.user(email="other@example.org")
    client = signed_in(other)
    assert "发给另一个邮箱" in client.get(path_of(invitation)).content.decode()
    client.post(path_of(invitation))
    assert roles_at(other, datetime.now(UTC)) == set()


def test_whoever_has_an_account_logs_in_first_and_gets_the_role_there():
    unit = make.organisation()
    invitation = invited(unit, administrator(unit))
    user = make.user(email=MAIL)
    Client().post(path_of(invitation), {"name": "别人"})
    assert roles_at(user, datetime.now(UTC)) == set()
    signed_in(user).post(path_of(invitation))
    assert roles_at(User.objects.get(pk=user.pk), datetime.now(UTC)) == {"applicant"}


def test_inviting_says_the_same_of_known_and_unknown_addresses():
    unit = make.organisation()
    client = signed_in(administrator(unit))
    make.user(email="known@example.org")
    pages = []
    for address in ("known@example.org", "other@example.org"):
        said = {"email": address, "role": "applicant", "reason": "新同事"}
        answer = client.post(reverse("accounts:people", args=[unit.pk]), said)
        letter = Message.objects.get(address=address)
        pages.append((answer.status_code, answer.headers["Location"], letter.template, letter.recipient_id))
    assert pages[0] == pages[1]


def test_an_invitation_dies_with_the_right_of_who_sent_it():
    unit = make.organisation()
    admin = administrator(unit)
    administrator(unit)
    invitation = invited(unit, admin)
    Grant.objects.filter(user=admin).update(valid_until=make.LONG_AGO)
    Client().post(path_of(invitation), {"name": "李明"})
    assert User.objects.filter(email=MAIL).count() == 0


@pytest.mark.parametrize("role", ["officer", "leader", "system_admin", "endorser"])
def test_a_unit_gives_away_nothing_it_does_not_have(role):
    unit = make.organisation()
    client = signed_in(administrator(unit))
    answer = client.post(
        reverse("accounts:people", args=[unit.pk]), {"email": MAIL, "role": role, "reason": "x"}
    )
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)
    with pytest.raises(ValidationError):
        invited(unit, User.objects.get(grants__role="unit_admin"), role=Role(role))


def test_a_unit_that_endorses_passes_endorsing_on():
    unit = make.organisation()
    make.role_of(make.user(), Role.ENDORSER, unit)
    assert invited(unit, administrator(unit), role=Role.ENDORSER).role == "endorser"


# -------------------------------------------------------------------------------- keeping the people


def test_people_are_kept_by_their_unit_their_association_and_the_security_administrator_alone():
    association = make.association()
    unit = unit_of(association)
    address = reverse("accounts:people", args=[unit.pk])
    may = [administrator(unit), make.officer(association), make.holder(Role.SECURITY_ADMIN)]
    may_not = [
        administrator(make.organisation()),
        make.officer(make.association()),
        make.holder(Role.APPLICANT, unit),
        make.holder(Role.LEADER, association.organisation),
    ]
    assert [signed_in(user).get(address).status_code for user in may] == [200] * 3
    assert [signed_in(user).get(address).status_code for user in may_not] == [404] * 4


def test_the_last_administrator_cannot_leave_but_the_association_can_replace_him():
    association = make.association()
    unit = unit_of(association)
    admin, officer = administrator(unit), make.officer(association)
    held = Grant.objects.get(user=admin)
    with pytest.raises(ValidationError) as refused:
        actions.end_grant(held.pk, actor=admin, at=NOW, reason="离职")
    assert refused.value.code == "grant.last_admin"

    actions.end_grant(held.pk, actor=officer, at=NOW, reason="失去联系")
    assert roles_at(User.objects.get(pk=admin.pk), NOW) == set()
    invitation = invited(unit, officer, role=Role.UNIT_ADMIN)
    accept_invitation(invitation.pk, user=None, name="新管理员", at=datetime.now(UTC))
    assert roles_at(User.objects.get(email=MAIL), datetime.now(UTC)) == {"unit_admin"}


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_leave_at_once_do_not_both_leave():
    unit = make.organisation()
    grants = [Grant.objects.get(user=administrator(unit)) for _ in range(2)]
    gate = Barrier(2)

    def run(held: Grant) -> str:
        gate.wait(timeout=30)
        try:
            actions.end_grant(held.pk, actor=User.objects.get(pk=held.user_id), at=NOW, reason="离职")
        except ValidationError as refused:
            return refused.code or ""
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, grants)) == ["done", "grant.last_admin"]


def test_administration_is_handed_over_on_a_day():
    unit = make.organisation()
    admin, successor = administrator(unit), make.holder(Role.APPLICANT, unit)
    held, on = Grant.objects.get(user=admin), NOW + timedelta(days=10)
    actions.hand_over(held.pk, successor, on, actor=admin, at=NOW)

    def admins(at: datetime) -> list[str]:
        rows = Grant.objects.in_force(at).filter(role="unit_admin", organisation=unit)
        return [grant.user.display_name for grant in rows]

    before, after = on - timedelta(microseconds=1), on
    assert (admins(before), admins(after)) == ([admin.display_name], [successor.display_name])
    assert [event.act for event in timeline(admin)] == ["account_opened", "role_granted", "role_handed_over"]


def test_the_page_hands_over_to_a_colleague_and_to_nobody_else():
    unit = make.organisation()
    admin, successor, stranger = administrator(unit), make.holder(Role.APPLICANT, unit), make.user()
    held = Grant.objects.get(user=admin)
    client, address = signed_in(admin), reverse("accounts:hand_over", args=[held.pk])
    day = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    assert client.post(address, {"successor": stranger.pk, "on": day}).status_code == 422
    assert client.post(address, {"successor": successor.pk, "on": "2020-01-01"}).status_code == 422
    assert client.post(address, {"successor": successor.pk, "on": day}).status_code == 302
    assert Grant.objects.filter(user=successor, role="unit_admin").count() == 1


def test_ending_a_role_needs_a_reason_and_works_at_the_next_request():
    unit = make.organisation()
    admin, colleague = administrator(unit), make.holder(Role.UNIT_ADMIN, unit)
    theirs = signed_in(colleague)
    address = reverse("accounts:people", args=[unit.pk])
    assert theirs.get(address).status_code == 200
    ending = reverse("accounts:end_role", args=[Grant.objects.get(user=colleague).pk])
    assert signed_in(admin).post(ending, {"reason": ""}).status_code == 422
    signed_in(admin).post(ending, {"reason": "调离"})
    assert theirs.get(address).status_code == 404


@pytest.mark.parametrize("page", ["people", "invitations"])
@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_people_and_invitations_cost_the_same_for_any_number(
    page, number, django_assert_num_queries
):
    unit = make.organisation()
    admin = administrator(unit)
    for each in range(number):
        make.role_of(make.user(), Role.APPLICANT, unit)
        invited(unit, admin, f"p{each}@example.org")
    client = signed_in(admin)
    address = reverse(f"accounts:{page}", args=[unit.pk])
    client.get(address)
    with django_assert_num_queries({"people": 10, "invitations": 8}[page] + (connection.vendor != "sqlite")):
        client.get(address)


def test_people_are_found_by_name_and_role_and_invitations_by_what_came_of_them():
    unit = make.organisation()
    admin = administrator(unit)
    make.role_of(make.user("王小明"), Role.APPLICANT, unit)
    waiting, gone = invited(unit, admin, "a@example.org"), invited(unit, admin, "b@example.org")
    revoke_invitation(gone.pk, actor=admin, at=datetime.now(UTC), reason="不来了")
    invited(unit, admin, "c@example.org", at=datetime.now(UTC) - timedelta(days=60))
    client = signed_in(admin)

    def found(page: str, **asked: str) -> list[str]:
        listed = client.get(reverse(f"accounts:{page}", args=[unit.pk]), asked).context["list"].page
        return sorted(str(row.user) if page == "people" else row.email for row in listed)

    assert (found("people", q="小明"), found("people", role="endorser")) == (["王小明"], [])
    assert found("people", q="角色:申报人 姓名:小") == ["王小明"]
    assert found("invitations") == ["a@example.org", "b@example.org", "c@example.org"]
    assert [found("invitations", state=state) for state in ("waiting", "revoked", "expired", "accepted")] == [
        ["a@example.org"],
        ["b@example.org"],
        ["c@example.org"],
        [],
    ]
    page = client.get(reverse("accounts:invitations", args=[unit.pk])).content.decode()
    assert page.count("/revoke/") == 1
    assert reverse("accounts:revoke", args=[waiting.pk]) in page


def test_invitations_of_a_unit_are_not_there_for_others():
    unit = make.organisation()
    invited(unit, administrator(unit))
    page = reverse("accounts:invitations", args=[unit.pk])
    assert signed_in(administrator(unit)).get(page).status_code == 200
    assert signed_in(administrator(make.organisation())).get(page).status_code == 404
    assert signed_in(make.holder(Role.APPLICANT, unit)).get(page).status_code == 404
