"""The address of a unit: written by officers and rolls, shown, merged, and filled into forms."""

import pytest
from django.urls import reverse

from keqiao.core.forms.prefilling import prefilled
from keqiao.web.applications.profiles import profile_of, unit_parts
from keqiao.web.applications.queries import specification_of
from keqiao.web.parties import actions
from keqiao.web.parties.actions.taking_over import take_over
from keqiao.web.parties.models import Organisation
from keqiao.web.parties.queries import local_day
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import words_of
from tests.web.parties.rolls import BY

pytestmark = pytest.mark.django_db
BLOCK = ["name", "address", "postcode"]
STREET = "三门峡市湖滨区崤山路1号"


def described(unit: Organisation, **said: str) -> Organisation:
    actions.describe_organisation(unit, actions.Details(**said), **BY)
    return Organisation.objects.get(pk=unit.pk)


def test_an_officer_writes_the_address_and_everybody_who_sees_the_unit_reads_it(client):
    association = make.association()
    unit = association.organisation
    client.force_login(make.officer(association))
    address = reverse("parties:describe", args=[unit.pk])

    wrong = client.post(address, {"address": STREET, "postcode": "47200"})
    client.post(address, {"address": f" {STREET} ", "postcode": "472000"})

    assert list(wrong.context["form"].errors) == ["postcode"]
    shown = words_of(client.get(reverse("parties:organisation", args=[unit.pk])))
    assert f"{STREET} 472000" in shown


def test_what_says_nothing_of_the_address_leaves_it():
    unit = described(make.organisation(), address=STREET, postcode="472000")

    kept = described(unit, bank_name="工商银行")
    emptied = described(kept, address="")

    assert (kept.address, kept.postcode) == (STREET, "472000")
    assert (emptied.address, emptied.postcode) == ("", "472000")


def test_forms_are_filled_in_with_the_address():
    asked = [
        {"id": "place", "kind": "text", "label": "单位地址", "fills": "unit.address"},
        {"id": "unit", "kind": "unit", "label": "申报单位", "role": "applicant", "parts": BLOCK},
    ]
    call = make.published_call(
        programme=make.definition(forms=[{"id": "f1", "title": "申报书", "fields": asked}], form="f1")
    )
    unit = described(makers.unit(), address=STREET, postcode="472000")
    account = makers.applicant(unit)
    draft = makers.actions.start(makers.offer(call).pk, unit.pk, actor=account, at=makers.NOW)

    answers = prefilled(
        specification_of(draft), profile_of(draft, specification_of(draft), account, local_day(makers.NOW))
    )

    assert answers["place"] == STREET
    assert (answers["unit"]["address"], answers["unit"]["postcode"]) == (STREET, "472000")


def test_a_unit_that_is_merged_hands_its_address_over():
    kept, gone = make.organisation(), described(make.organisation(), address=STREET, postcode="472000")

    taken = take_over(kept, gone)

    assert {"address", "postcode"} <= set(taken)
    assert unit_parts(Organisation.objects.get(pk=kept.pk), local_day(makers.NOW))["address"] == STREET
