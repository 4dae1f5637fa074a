"""Whom an application names, and what the rules are told of them."""

from datetime import date

import pytest

from keqiao.core.findings import Weight
from keqiao.web.applications.queries import findings_of
from keqiao.web.applications.refusals import Refused
from tests.web import make
from tests.web.applications import makers
from tests.web.parties import rolls
from tests.web.registers import makers as registers

pytestmark = pytest.mark.django_db

TWO_UNITS = {
    "id": "joint",
    "type": "joint",
    "mode": "required",
    "min_units": 2,
    "summary": "须两家以上单位联合申报",
    "source": {"clause": "一"},
}


def codes(application, weight=None) -> list[str]:
    found = findings_of(makers.fresh(application))
    return [each.code for each in found if weight in (None, each.weight)]


def test_a_partner_whose_full_name_is_typed_joins():
    partner = make.organisation("渑池县果树协会")
    draft = makers.draft(makers.call(rules=[TWO_UNITS]), partner={"name": "渑池县果树协会"})

    assert [row.unit_id for row in draft.partners.all()] == [partner.pk]
    assert codes(draft, Weight.REFUSE) == []


def test_a_partner_that_nobody_knows_is_named_and_refuses_nothing():
    draft = makers.draft(makers.call(rules=[TWO_UNITS]), partner={"name": "无名合作社"})
    (named,) = [each for each in findings_of(draft) if each.code == "application.not_in_register"]

    assert (draft.partners.count(), named.weight, named.values) == (0, Weight.ASK, {"names": ("无名合作社",)})
    assert "eligibility.joint" not in codes(draft)
    makers.submit(draft)


def test_two_units_of_one_name_are_nobody():
    make.organisation("渑池县果树协会")
    make.organisation("渑池县果树协会", kind="company")
    draft = makers.draft(makers.call(rules=[TWO_UNITS]), partner={"name": "渑池县果树协会"})

    assert draft.partners.count() == 0
    assert "application.not_in_register" in codes(draft)


def test_who_applies_alone_is_refused():
    draft = makers.draft(makers.call(rules=[TWO_UNITS]))

    assert "eligibility.joint" in codes(draft, Weight.REFUSE)
    with pytest.raises(Refused):
        makers.submit(draft)


BORN = date(1980, 1, 1)
"""As the identity number of the leader in ``makers.ANSWERS`` tells it."""


def leader(unit, born=BORN, name: str = "张工"):
    """Somebody of a unit whom the register knows."""
    known = rolls.person(name, birth_date=born)
    rolls.tie(known, unit)
    return known


def unsure(draft) -> bool:
    return "application.person_unsure" in codes(draft, Weight.ASK)


def test_a_leader_who_was_typed_is_the_one_of_that_name_who_was_born_on_that_day_wherever_tied():
    actor = makers.applicant(makers.unit())
    alone = makers.draft(makers.call(), actor)
    assert (alone.leader_id, unsure(alone)) == (None, False)

    rolls.person("张工", birth_date=date(1981, 1, 1))
    known = rolls.person("张工", birth_date=BORN)
    found = makers.draft(alone.call, actor)
    assert (found.leader_id, unsure(found)) == (known.pk, False)

    rolls.person("张工", birth_date=BORN)
    assert makers.draft(alone.call, actor).leader_id is None


@pytest.mark.parametrize(
    ("born", "typed", "is_unsure"),
    [
        (None, {}, True),
        (date(1981, 1, 1), {}, False),
        (BORN, {"id_number": ""}, True),
        (date(1981, 1, 1), {"id_number": ""}, True),
    ],
    ids=["register does not know", "another day", "form does not say", "nobody says the same"],
)
def test_a_name_alone_is_no_person_and_somebody_looks(born, typed, is_unsure):
    actor = makers.applicant(makers.unit())
    call = makers.call()
    unit = makers.draft(call, actor).unit
    barred = leader(unit, born)
    registers.debarment(call.association, barred, valid_until=None)

    draft = makers.draft(call, actor, leader={**makers.ANSWERS["leader"], **typed})

    assert (draft.leader_id, unsure(draft)) == (None, is_unsure)
    assert "eligibility.debarred" not in codes(draft)


def test_two_of_a_unit_who_share_name_and_day_of_birth_are_for_somebody_to_tell_apart():
    actor = makers.applicant(makers.unit())
    call = makers.call()
    unit = makers.draft(call, actor).unit
    leader(unit)
    sure = makers.draft(call, actor)
    leader(unit)

    draft = makers.draft(call, actor)

    assert (sure.leader_id is None, unsure(sure)) == (False, False)
    assert (draft.leader_id, unsure(draft)) == (None, True)


def test_who_is_picked_is_sure_whatever_else_is_known():
    actor = makers.applicant(makers.unit())
    call = makers.call()
    known = leader(makers.draft(call, actor).unit, None)

    draft = makers.draft(call, actor, leader={**makers.ANSWERS["leader"], "id": str(known.pk)})

    assert (draft.leader_id, unsure(draft)) == (known.pk, False)


def test_who_leads_and_is_debarred_is_refused_even_where_the_name_was_typed():
    call, actor = makers.call(), makers.applicant(makers.unit())
    known = leader(makers.draft(call, actor).unit)
    registers.debarment(call.association, known, valid_until=None)

    draft = makers.draft(call, actor)

    assert draft.leader_id == known.pk
    assert "eligibility.debarred" in codes(draft, Weight.REFUSE)
    with pytest.raises(Refused):
        makers.submit(draft)


@pytest.mark.parametrize("picked", [True, False], ids=["picked", "typed"])
def test_a_unit_that_joins_and_is_debarred_is_refused_with_the_clause_at_draft_and_at_submission(picked):
    ban = {
        "id": "ban",
        "type": "sanction",
        "effect": "ban",
        "years": 2,
        "summary": "弄虚作假的，两年内不得申报",
        "source": {"clause": "六"},
    }
    call = makers.call(rules=[TWO_UNITS, ban])
    partner = make.organisation("渑池县果树协会")
    block = {"name": partner.name, **({"id": str(partner.pk)} if picked else {})}
    free = makers.draft(call, partner=block)
    registers.debarment(call.association, partner, valid_until=None)

    draft = makers.draft(call, partner=block)

    found = [each for each in findings_of(makers.fresh(draft)) if each.code == "eligibility.debarred"]
    assert {(each.weight, each.source.clause) for each in found} == {(Weight.REFUSE, "六")}
    for one in (draft, free):  # the other was made ready before
        with pytest.raises(Refused) as refused:
            makers.submit(one)
        assert "eligibility.debarred" in [each.code for each in refused.value.findings]


def test_who_was_barred_and_does_not_join_bars_nothing():
    call, other = makers.call(rules=[TWO_UNITS]), make.organisation("渑池县果树协会")
    registers.debarment(call.association, other, valid_until=None)
    make.organisation("灵宝市苹果协会")

    draft = makers.draft(call, partner={"name": "灵宝市苹果协会"})

    assert "eligibility.debarred" not in codes(draft)
    makers.submit(draft)
