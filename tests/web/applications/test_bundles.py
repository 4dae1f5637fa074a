"""A pilot brings other applications with it: which are there, which one is marked, what stands against the pilot."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from keqiao.web.applications import actions
from keqiao.web.applications.bundles import bundles_shown, faults_of_bundle
from keqiao.web.applications.models import Application, BundleMark
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.models import Event
from keqiao.web.programmes.models import Offer
from keqiao.web.registers.models import Holding
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db

SOURCE = {"clause": "三（四）2"}


def category(name: str, **statements: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "source": SOURCE, **statements}


def city(**more: Any) -> SimpleNamespace:
    """A call with a pilot and two children, and somebody of a unit that may apply for all."""
    children = [{"name": "大会", "category": "fair"}, {"name": "平台", "category": "platform"}]
    bundle = {"children": children, "which_of_several": {"categories": ["platform"]}, "source": SOURCE}
    places = [category("pilot", bundle=bundle), *map(category, ("fair", "platform", "other"))]
    programme = makers.definition(categories=places, **more)
    call = make.published_call(make.association(), programme)
    return SimpleNamespace(call=call, actor=makers.applicant(makers.unit()))


def apply(where: SimpleNamespace, node: str, *, submit: bool = True, actor: Any = None) -> Application:
    """An application in one category, submitted or not."""
    actor = actor or where.actor
    (unit_id,) = actor.organisations_as("applicant", makers.NOW)
    offer = Offer.objects.get(call=where.call, node=node)
    started = actions.start(offer.pk, unit_id, actor=actor, at=makers.NOW)
    actions.save(actions.Edit(started.pk, 1, makers.ANSWERS), actor=actor, at=makers.NOW)
    if submit:
        makers.submit(makers.fresh(started))
    return makers.fresh(started)


def mark(where: SimpleNamespace, pilot: Application, one: Application, at: Any = makers.NOW) -> None:
    actions.mark(pilot.pk, one.pk, actor=where.actor, at=at)


def codes(pilot: Application) -> list[str]:
    return [each.code for each in faults_of_bundle(makers.fresh(pilot), makers.NOW)]


def refused(act: Any, *given: Any) -> list[str]:
    with pytest.raises(Refused) as stopped:
        act(*given)
    return [each.code for each in stopped.value.findings]


def marks_in_the_register() -> dict[str, str]:
    return dict(Holding.objects.exclude(mark="").values_list("project", "mark"))


def test_a_pilot_is_refused_until_its_children_are_filed():
    where = city()
    pilot = apply(where, "pilot", submit=False)
    apply(where, "fair", submit=False)
    missing = refused(makers.submit, pilot)
    for node in ("fair", "platform"):
        apply(where, node)
    makers.submit(makers.fresh(pilot))

    assert missing == ["bundle.child_missing", "bundle.child_missing"]
    assert makers.fresh(pilot).state == "submitted"


def test_of_two_in_one_child_category_one_is_marked():
    where = city()
    pilot = apply(where, "pilot", submit=False)
    apply(where, "fair")
    one, two = apply(where, "platform"), apply(where, "platform", submit=False)
    mark(where, pilot, two)
    makers.submit(two)
    marked = marks_in_the_register()
    actions.unmark(pilot.pk, two.pk, actor=where.actor, at=makers.NOW)
    unmarked = refused(makers.submit, pilot)
    mark(where, pilot, one)
    makers.submit(pilot)

    assert marked == {str(two.pk): str(pilot.pk)}
    assert unmarked == ["bundle.mark_missing"]
    assert marks_in_the_register() == {str(one.pk): str(pilot.pk)}


def test_the_mark_changes_after_submission_until_the_deadline_with_an_event():
    where = city()
    pilot = apply(where, "pilot", submit=False)
    apply(where, "fair")
    one, two = apply(where, "platform"), apply(where, "platform")
    mark(where, pilot, one)
    makers.submit(pilot)
    mark(where, pilot, two)
    over = refused(mark, where, pilot, one, makers.LAST_MOMENT + timedelta(seconds=1))
    acts = Event.objects.filter(chain_id=str(pilot.pk), act="child_marked")

    assert marks_in_the_register() == {str(two.pk): str(pilot.pk)}
    assert over == ["bundle.mark_late"]
    assert [each.data["after"] for each in acts] == [str(one.pk), str(two.pk)]
    assert acts[1].data["before"] == str(one.pk)


def test_what_is_withdrawn_loses_its_mark():
    where = city()
    pilot = apply(where, "pilot", submit=False)
    one = apply(where, "platform")
    apply(where, "platform")
    mark(where, pilot, one)
    makers.withdraw(one)

    assert (BundleMark.objects.count(), marks_in_the_register()) == (0, {})


def test_nobody_marks_what_is_no_child_or_of_another_unit():
    where = city()
    pilot, other = apply(where, "pilot", submit=False), apply(where, "other")
    foreign = apply(where, "platform", actor=makers.applicant(makers.unit()))

    assert refused(mark, where, pilot, other) == ["bundle.no_child"]
    with pytest.raises(Application.DoesNotExist):
        mark(where, pilot, foreign)


def test_the_table_holds_one_mark_for_each_child_of_a_pilot():
    where = city()
    pilot = apply(where, "pilot", submit=False)
    one, two = apply(where, "platform"), apply(where, "platform")
    mark(where, pilot, one)
    row = BundleMark.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        BundleMark.objects.create(
            association_id=row.association_id,
            pilot=pilot,
            child="platform",
            application=two,
            marked_at=makers.NOW,
        )


def test_the_pilot_and_its_children_show_the_bundle_and_nothing_else_does(client):
    where = city()
    pilot = apply(where, "pilot", submit=False)
    one, other = apply(where, "platform"), apply(where, "other")
    (shown,) = bundles_shown(pilot)
    (beside,) = bundles_shown(one)
    client.force_login(where.actor)
    page = client.get(reverse("applications:detail", args=[pilot.pk]))

    assert [(each.category, len(each.applications)) for each in shown.children] == [
        ("fair", 0),
        ("platform", 1),
    ]
    assert (beside.pilot.pk, bundles_shown(other)) == (pilot.pk, [])
    assert codes(pilot) == ["bundle.child_missing"]
    assert [each.code for each in page.context["bundle_faults"]] == ["bundle.child_missing"]


def test_marking_is_a_button_on_the_page(client):
    where = city(deadline={"on": make.LATER.isoformat()})
    pilot = apply(where, "pilot", submit=False)
    one, two = apply(where, "platform"), apply(where, "platform")
    client.force_login(where.actor)
    address = reverse("applications:mark", args=[pilot.pk])
    for said in ({"application": one.pk, "act": "mark"}, {"application": two.pk, "act": "mark"}):
        assert client.post(address, said).status_code == 302

    assert BundleMark.objects.get().application_id == two.pk
    assert client.post(address, {"application": "x", "act": "mark"}).status_code == 404
