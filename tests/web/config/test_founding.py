"""A system administrator founds a further association; its first officer comes by invitation."""

import re

import pytest
from django.urls import reverse

from keqiao.web.access import opening_of
from keqiao.web.accounts.models import Invitation
from keqiao.web.accounts.people.invitations import accept_invitation
from keqiao.web.accounts.roles import GUARDS, Role
from keqiao.web.audit.queries import timeline
from keqiao.web.config import views
from keqiao.web.parties.models import Association, Organisation
from tests.web import make

pytestmark = pytest.mark.django_db

SAID = {
    "name": "灵宝市科学技术协会",
    "level": "county",
    "region": "",
    "credit_code": "",
    "site_name": "灵宝市科协",
    "slug": "lingbao",
    "document_mark": "灵科协",
    "number_pattern": "{mark}〔{year}〕{number}号",
    "officer": "first@example.org",
}


@pytest.fixture
def administrator():
    return make.holder(Role.SYSTEM_ADMIN)


def found(client, administrator, **changes):
    client.force_login(administrator)
    return client.post(reverse("found_association"), SAID | changes)


def test_an_association_is_founded_and_its_first_officer_begins_to_work(client, administrator):
    make.region("411282", "灵宝市", "county")

    answer = found(client, administrator, region="灵宝市")

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("associations"))
    founded = Association.objects.get(slug="lingbao")
    unit = founded.organisation
    assert (unit.name, unit.kind, unit.level, unit.region.code) == (
        "灵宝市科学技术协会",
        "association",
        "county",
        "411282",
    )
    assert (founded.document_mark, founded.keeps_the_site, founded.is_demonstration) == (
        "灵科协",
        False,
        False,
    )
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.organisation_id) == (
        "first@example.org",
        "officer",
        founded.pk,
    )
    held = accept_invitation(invitation.pk, user=None, name="王新", at=invitation.invited_at)
    client.force_login(held.user)
    assert held.user.organisations_as(Role.OFFICER, invitation.invited_at) == {founded.pk}


def test_founding_is_one_event_that_names_the_administrator(client, administrator):
    found(client, administrator)

    events = [(event.act, event.role, event.actor_id) for event in timeline(Association.objects.get())]
    assert events == [("founded", "system_admin", administrator.pk)]


def test_the_list_shows_every_association(client, administrator):
    found(client, administrator)
    make.association("卢氏县科学技术协会", "lushi")

    page = client.get(reverse("associations")).content.decode()

    rows = re.findall(r'<th scope="row"[^>]*><span>([^<]*)', page)
    assert rows == ["灵宝市科协", "卢氏县科学技术协会"]


def test_all_faults_come_at_once_and_nothing_typed_is_lost(client, administrator):
    make.association("别的科协", "lingbao")

    answer = found(client, administrator, number_pattern="{nonsense}", officer="nobody", name="")

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["name", "number_pattern", "officer", "slug"]
    assert 'value="灵科协"' in answer.content.decode()
    assert (Association.objects.count(), Invitation.objects.count()) == (1, 0)


@pytest.mark.parametrize("role", sorted(GUARDS))
def test_no_administrator_becomes_the_first_officer(client, administrator, role):
    guard = administrator if role == Role.SYSTEM_ADMIN else make.holder(role)

    answer = found(client, administrator, officer=guard.email.upper())

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["officer"])
    assert not Association.objects.exists()


def test_an_association_that_is_registered_as_a_unit_is_not_registered_again(client, administrator):
    unit = make.organisation("灵宝市科学技术协会", kind="association")

    found(client, administrator)

    assert Association.objects.get().pk == unit.pk
    assert Organisation.objects.count() == 1


def test_a_unit_that_runs_calls_already_is_refused(client, administrator):
    make.association("灵宝市科学技术协会", "old")

    answer = found(client, administrator)

    assert answer.status_code == 422
    assert list(Association.objects.values_list("slug", flat=True)) == ["old"]


def test_of_two_units_of_one_name_none_is_guessed(client, administrator):
    for _number in range(2):
        make.organisation("灵宝市科学技术协会", kind="association")

    answer = found(client, administrator)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])


def test_the_pages_open_to_the_system_administrator_alone(client):
    for view in (views.associations, views.found_association):
        assert opening_of(view, None).who == {Role.SYSTEM_ADMIN}
    for role in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        client.force_login(make.holder(role))
        assert client.post(reverse("found_association"), SAID).status_code == 404
    assert not Association.objects.exists()
