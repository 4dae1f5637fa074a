"""Who presses 开始申报 on the public page and applies for no unit is told who may apply."""

import pytest
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db


def test_an_officer_is_told_who_may_apply_and_offered_the_dry_run(client):
    call = makers.call(
        deadline={"on": make.LATER.isoformat()}, applicants={"kinds": ["学会"], "source": {"clause": "二"}}
    )
    address = reverse("applications:begin", args=[makers.offer(call).pk])
    client.force_login(make.officer(call.association))
    own = client.get(address)
    client.force_login(make.holder(Role.OFFICER, make.association().organisation))
    other = client.get(address)

    assert (own.status_code, own.context["kinds"], own.context["trial_of"]) == (200, ("学会",), call.pk)
    assert (other.status_code, other.context["trial_of"]) == (200, None)
    assert own.templates[0].name == "applications/only_units.html"


def test_whoever_applies_for_a_unit_begins_as_before(client):
    call = makers.call(deadline={"on": make.LATER.isoformat()})
    client.force_login(makers.applicant(makers.unit()))
    page = client.get(reverse("applications:begin", args=[makers.offer(call).pk]))

    assert page.templates[0].name == "applications/begin.html"
