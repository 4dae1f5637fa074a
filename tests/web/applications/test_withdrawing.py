"""Withdrawing frees the place, and coming again has to win it anew."""

import pytest

from keqiao.web.applications.models import Application
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.verification import check_chains
from keqiao.web.registers.models import Holding
from keqiao.web.registers.verification import check_lines
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db


def test_withdrawing_frees_the_place_for_another_application():
    call, actor = makers.call(limit=1), makers.applicant(makers.unit())
    first = makers.submitted(call, actor)
    second = makers.draft(call, actor)
    with pytest.raises(Refused):
        makers.submit(second)

    makers.withdraw(first)
    makers.submit(second)

    assert [makers.fresh(each).state for each in (first, second)] == ["withdrawn", "submitted"]


def test_what_is_taken_up_again_does_not_evade_the_limit():
    call, actor = makers.call(limit=1), makers.applicant(makers.unit())
    first = makers.submitted(call, actor)
    makers.withdraw(first)
    makers.submit(makers.draft(call, actor))
    makers.take_up_again(first)

    with pytest.raises(Refused) as refused:
        makers.submit(first)

    assert [finding.code for finding in refused.value.findings] == ["quota.applied_full"]
    assert Holding.objects.filter(ended_on=None).count() == 1


def test_what_comes_again_keeps_its_number_and_its_one_line_of_the_register():
    application = makers.submitted(makers.call(limit=1))
    makers.withdraw(application)
    makers.take_up_again(application)

    receipt = makers.submit(application)

    assert (receipt.number, receipt.ordinal) == (f"{application.number}-2", 2)
    assert Holding.objects.get().ended_on is None
    assert (check_chains().faults, check_lines().faults) == ((), ())


def test_a_draft_cannot_be_withdrawn_and_others_find_nothing():
    draft = makers.draft(makers.call())

    with pytest.raises(Refused):
        makers.withdraw(draft)
    draft.created_by = make.user()
    with pytest.raises(Application.DoesNotExist):
        makers.withdraw(draft)
