"""Staff work with two factors or not at all: no way of logging in, no fragment and no reset leads round it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.test import Client
from django.urls import reverse

from keqiao.web.accounts import actions
from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.config.environment import STAFF_ROLES, second_factor_roles
from keqiao.web.notifications.models import Message
from tests.web import make

pytestmark = pytest.mark.django_db
SETUP, DESK, ME = "mfa_activate_totp", "portal:desk", "accounts:me"


@pytest.fixture(autouse=True)
def _second_factor_asked(settings, second_factor_not_asked):
    settings.SECOND_FACTOR_ROLES = STAFF_ROLES
    cache.clear()


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def with_factor(user: User) -> str:
    """Give ``user`` a second factor and return its key."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def log_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": make.PASSWORD})
    return client


def staff(role: Role) -> User:
    return make.holder(role, None if role in actions_guards() else make.association().organisation)


def actions_guards() -> set[Role]:
    return {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}


def opens(client: Client, name: str = ME) -> bool:
    return client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_without_a_second_factor_nothing_opens_to_staff_but_the_way_to_set_it_up(role):
    client = log_in(staff(Role(role)))
    for name in (ME, DESK, "portal:home", "notifications:inbox", "account_change_password", "mfa_index"):
        assert client.get(reverse(name)).headers["Location"] == reverse(SETUP)
    assert client.post(reverse("accounts:acting"), {"unit": ""}).headers["Location"] == reverse(SETUP)
    fragment = client.get(reverse(ME), headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (401, reverse(SETUP))
    assert client.get(reverse(SETUP)).status_code == 200


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.UNIT_ADMIN, Role.ENDORSER, Role.EXPERT])
def test_others_work_without_one_unless_the_installation_asks_for_it(role, settings):
    client = log_in(make.holder(role, make.organisation()))
    assert opens(client)
    settings.SECOND_FACTOR_ROLES = STAFF_ROLES | {role.value}
    assert not opens(client)


def test_setting_it_up_opens_everything_at_once_and_shows_recovery_codes():
    user = make.officer(make.association())
    client = log_in(user)
    client.get(reverse(SETUP))
    secret = client.session["mfa.totp.secret"]
    answer = client.post(reverse(SETUP), {"code": code_of(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert opens(client, "mfa_view_recovery_codes")
    assert opens(client)


def test_the_page_shows_the_key_as_a_drawing_that_the_content_policy_lets_pass():
    client = log_in(make.officer(make.association()))
    page = client.get(reverse(SETUP)).content.decode()
    assert "<svg" in page
    assert "data:image" not in page
    assert "style=" not in page.split("kq-qr")[1].split("</div>")[0]


def test_a_password_alone_does_not_log_in_where_there_is_a_second_factor():
    user = make.officer(make.association())
    secret = with_factor(user)
    client = log_in(user)
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert opens(client)


def test_a_mail_code_alone_does_not_log_in_either():
    user = make.officer(make.association())
    with_factor(user)
    client = Client()
    client.post(reverse("account_request_login_code"), {"login": user.email})
    code = Message.objects.get(template="account.login_code").variables["code"]
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_stands_in_once():
    user = make.officer(make.association())
    with_factor(user)
    code = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()[0]
    first, second = log_in(user), log_in(user)
    first.post(reverse("mfa_authenticate"), {"code": code})
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert opens(first)
    assert "_auth_user_id" not in second.session


def test_changing_it_later_asks_for_the_password_again():
    user = make.officer(make.association())
    secret = with_factor(user)
    client = log_in(user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**record, "at": record["at"] - 600} for record in records]
    session.save()
    answer = client.get(reverse("mfa_deactivate_totp"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_a_role_given_during_a_session_asks_for_it_at_the_next_request():
    user = make.user()
    client = log_in(user)
    assert opens(client)
    make.role_of(user, Role.OFFICER, make.association().organisation)
    assert not opens(client)


def test_a_session_from_before_the_second_factor_has_to_give_it_too():
    user = make.holder(Role.APPLICANT, make.organisation())
    old = log_in(user)
    with_factor(user)
    make.role_of(user, Role.OFFICER, make.association().organisation)
    assert old.get(reverse(ME)).headers["Location"] == reverse("mfa_reauthenticate")


def test_a_new_password_by_mail_logs_nobody_in():
    user = make.officer(make.association())
    with_factor(user)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = Message.objects.get(template="account.password_reset").variables["url"]
    form = client.get(link[link.index("/account/") :], follow=True)
    words = {"password1": "another-bridge-here", "password2": "another-bridge-here"}
    client.post(form.request["PATH_INFO"], words)
    assert "_auth_user_id" not in client.session
    user.refresh_from_db()
    assert user.check_password("another-bridge-here")


def test_people_of_a_demonstration_are_let_off_while_it_is_shown_and_are_told_so(settings):
    settings.DEMONSTRATION = True
    association = make.association()
    shown = make.user(is_demonstration=True)
    make.role_of(shown, Role.OFFICER, association.organisation)
    real = make.officer(association)

    client = Client()
    client.post(reverse("accounts:demonstration", args=[shown.pk]))
    assert "演示账号免两步验证" in client.get(reverse(ME)).content.decode()
    assert not opens(log_in(real))


def test_the_security_administrator_takes_a_lost_one_away_and_all_sessions_end():
    user, admin = make.officer(make.association()), make.holder(Role.SECURITY_ADMIN)
    secret = with_factor(user)
    client = log_in(user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert opens(client)
    actions.reset_second_factor(user, actor=admin, at=make.LONG_AGO, reason="手机遗失，已当面核实")
    assert client.get(reverse(ME)).headers["Location"].startswith(reverse("account_login"))
    assert log_in(user).get(reverse(ME)).headers["Location"] == reverse(SETUP)


def test_nobody_resets_the_own_second_factor_nor_without_being_security_administrator():
    admin, officer = make.holder(Role.SECURITY_ADMIN), make.officer(make.association())
    for actor, user in ((admin, admin), (officer, make.user())):
        with pytest.raises(ValidationError):
            actions.reset_second_factor(user, actor=actor, at=make.LONG_AGO, reason="x")


def test_settings_add_roles_and_never_take_the_staff_out():
    assert second_factor_roles({}) == STAFF_ROLES
    assert second_factor_roles({"KEQIAO_SECOND_FACTOR": "expert, endorser"}) == STAFF_ROLES | {
        "expert",
        "endorser",
    }
    with pytest.raises(ImproperlyConfigured):
        second_factor_roles({"KEQIAO_SECOND_FACTOR": "nobody"})
