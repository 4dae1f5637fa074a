"""Who presses 开始申报 on the public page and applies for no unit is told who may apply."""

import pytest
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import words_of

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


def test_after_the_last_day_the_button_of_an_old_page_leads_to_why_and_where_to_go(client):
    call = makers.call(deadline={"on": "2026-01-31"}, opens=None)
    address = reverse("applications:begin", args=[makers.offer(call).pk])
    client.force_login(make.officer(call.association))
    office = client.get(address)
    client.force_login(makers.applicant(makers.unit()))
    unit = client.get(address)

    assert (office.status_code, office.context["trial_of"], office.context["applies"]) == (
        409,
        call.pk,
        False,
    )
    assert (unit.status_code, unit.context["trial_of"], unit.context["applies"]) == (409, None, True)
    assert "申报已于 2026年1月31日 23:59 截止" in words_of(unit)
    assert reverse("portal:call", args=[call.slug]) in unit.content.decode()


def test_a_closed_call_says_its_state_and_what_was_never_offered_is_not_there(client):
    call = make.closed(makers.call(deadline={"on": make.LATER.isoformat()}))
    client.force_login(makers.applicant(makers.unit()))

    page = client.get(reverse("applications:begin", args=[makers.offer(call).pk]))

    assert (page.status_code, f"这份通知现为“{call.get_state_display()}”" in words_of(page)) == (409, True)
    assert client.get(reverse("applications:begin", args=[10**6])).status_code == 404


def test_whoever_applies_for_a_unit_begins_as_before(client):
    call = makers.call(deadline={"on": make.LATER.isoformat()})
    client.force_login(makers.applicant(makers.unit()))
    page = client.get(reverse("applications:begin", args=[makers.offer(call).pk]))

    assert page.templates[0].name == "applications/begin.html"
