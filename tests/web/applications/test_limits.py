"""Limits at the moment of submitting: whose projects count, and that a limit says nothing as long as there is room.

The words are those of the Henan call of 2023: 企业科协应以依托的企业名义申报 (附件·四1, so in 三（三）1), and
每个申报单位最多可申报2个项目 (附件·四1). So the company is the unit that applies, and everybody who applies in its name
shares its two places.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from keqiao.core.rules.answers import Verdict
from keqiao.web.accounts.models import User
from keqiao.web.applications.definitions import asked_of
from keqiao.web.applications.limits import applying_of, limit_findings
from keqiao.web.applications.models import Application, Guard, Submission
from keqiao.web.applications.refusals import Refused
from keqiao.web.eligibility.cases import cases_on
from keqiao.web.parties.actions import NewTie, tie
from keqiao.web.parties.models import Organisation, TieKind
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.models import Call
from keqiao.web.registers.actions.keeping import Statement, state_kept
from keqiao.web.registers.models import Holding
from tests.web import make
from tests.web.applications import makers
from tests.web.registers.makers import PROGRAM

pytestmark = pytest.mark.django_db
CLAUSE = {"clause": "附件·四1"}
PROXY = {
    "id": "r1", "type": "proxy", "kinds": ["企业科协"], "in_name_of": ["依托的企业"],
    "summary": "企业科协以依托的企业名义申报", "source": CLAUSE,
}  # fmt: skip


def call(most: int = 2, *, through_hosts: bool = True, **statements: Any) -> Call:
    """A call for associations of companies, with a limit per unit."""
    stated = {
        "forms": [{"id": "f1", "title": "申报书", "fields": makers.FIELDS}],
        "form": "f1",
        "applicants": {"kinds": ["企业", "企业科协"]},
        "per_unit_limit": {"max": most, "source": CLAUSE},
        "rules": [PROXY] if through_hosts else [],
        **statements,
    }
    return make.published_call(make.association(), make.definition(**stated))


def quota(**details: Any) -> dict[str, Any]:
    """A call's statements with a quota on applying instead of the limit per unit."""
    rule = {
        "id": "q1",
        "type": "quota",
        "at": "apply",
        "summary": "原则上至多两项",
        "source": CLAUSE,
        **details,
    }
    return {"per_unit_limit": None, "rules": [PROXY, rule]}


def association_of(company: Organisation) -> User:
    """Somebody who applies for an association of people in a company (one of several: branches have their own)."""
    body = make.organisation(kind="company_association", level="prefecture")
    hosted = NewTie(body, company, TieKind.HOST, date(2020, 1, 1), "测试")
    tie(hosted, actor=None, role="tests", at=make.LONG_AGO)
    return makers.applicant(body)


def firm() -> Organisation:
    """A company."""
    return make.organisation(kind="company", level="prefecture")


def refusals(application: Application) -> list[tuple[str, str, str]]:
    """Code, weight and clause of what refuses a submission."""
    with pytest.raises(Refused) as refused:
        makers.submit(application)
    return [(each.code, each.weight.value, each.source.clause) for each in refused.value.findings]


FULL = [("quota.applied_full", "refuse", "附件·四1")]


def test_a_limit_that_leaves_room_says_nothing_at_all():
    opened = call(most=2)
    actor = makers.applicant(firm())
    first = makers.draft(opened, actor)
    before = limit_findings(first, makers.NOW)
    makers.submit(first)
    second = makers.draft(opened, actor)

    assert (before, limit_findings(second, makers.NOW)) == ((), ())
    makers.submit(second)
    assert list(Submission.objects.values_list("warnings", flat=True)) == [[], []]


def test_a_limit_that_is_reached_refuses_with_its_clause():
    opened = call(most=2)
    actor = makers.applicant(firm())
    for _ in range(2):
        makers.submitted(opened, actor)
    third = makers.draft(opened, actor)

    (found,) = limit_findings(third, makers.NOW)
    assert (found.values["held"], found.values["max"], found.values["too_many"]) == (2, 2, 1)
    assert refusals(third) == FULL


def test_a_hedged_limit_asks_for_a_reason_only_once_it_is_reached():
    opened = call(**quota(max=1, hedge="原则上"))
    actor = makers.applicant(firm())
    makers.submitted(opened, actor)  # without a reason: there was nothing to pass
    second = makers.draft(opened, actor)

    assert refusals(second) == [("quota.applied_full", "warn", "附件·四1")]
    makers.submit(second, reason="另一场次，经科协同意")
    assert sorted(Submission.objects.values_list("warnings", flat=True)) == [[], ["quota.applied_full"]]


def test_two_associations_of_one_company_have_its_places_together():
    opened, company = call(most=2), firm()
    one, other = association_of(company), association_of(company)
    first = makers.submitted(opened, one)
    makers.submitted(opened, other)

    for somebody in (one, other, makers.applicant(company)):
        assert refusals(makers.draft(opened, somebody)) == FULL
    assert refusals(makers.draft(opened, association_of(company))) == FULL
    makers.submitted(opened, association_of(firm()))  # in the name of another company there is room

    makers.withdraw(first)
    makers.submitted(opened, other)


def test_projects_of_the_company_itself_count_for_whoever_applies_in_its_name():
    opened, company = call(most=1), firm()
    makers.submitted(opened, makers.applicant(company))

    assert refusals(makers.draft(opened, association_of(company))) == FULL


def test_where_nobody_applies_in_anothers_name_each_has_its_own_places():
    opened, company = call(most=1, through_hosts=False), firm()

    for somebody in (association_of(company), association_of(company), makers.applicant(company)):
        makers.submitted(opened, somebody)

    assert Submission.objects.count() == 3
    assert not Holding.objects.filter(party_id=company.pk).exclude(lead_id=company.pk).exists()


def test_a_place_in_anothers_name_stands_with_both_and_is_one_project():
    opened, company = call(most=2), firm()
    application = makers.submitted(opened, association_of(company))

    lines = Holding.objects.filter(project=str(application.pk))
    assert set(lines.values_list("party_id", "lead_id")) == {
        (application.unit_id, application.unit_id),
        (company.pk, company.pk),
    }
    assert applying_of(application).of_record == company.pk
    makers.withdraw(application)
    assert set(lines.values_list("ended_on", flat=True)) == {local_day(makers.NOW)}


def test_a_correction_keeps_the_place_of_the_company():
    opened, company = call(most=1), firm()
    application = makers.submitted(opened, association_of(company))
    makers.returned(application)
    makers.save(application, summary="面向八个乡镇开展巡展。")

    makers.submit(application)

    assert set(Holding.objects.values_list("ended_on", flat=True)) == {None}
    assert refusals(makers.draft(opened, association_of(company))) == FULL


@pytest.mark.parametrize(
    ("in_hand", "verdict"), [(0, Verdict.PASSES), (1, Verdict.PASSES), (2, Verdict.FAILS)]
)
@pytest.mark.parametrize("by", ["itself", "company", "sister"])
def test_what_is_said_before_anything_is_typed_is_what_decides_under_the_lock(by, in_hand, verdict):
    opened, company = call(most=2), firm()
    state_kept(opened.association_id, Statement("holdings", "逐年登记"), by=PROGRAM)
    actor = association_of(company)
    others = {"itself": actor, "company": makers.applicant(company), "sister": association_of(company)}
    for _ in range(in_hand):
        makers.submitted(opened, others[by])
    draft = makers.draft(opened, actor)

    asked = asked_of(draft)
    cases = cases_on(local_day(makers.NOW), [draft.unit_id], [opened.association_id])
    said = asked.rules.answer(asked.path, cases[opened.association_id, draft.unit_id]).judged

    before = [each.verdict for each in said if each.rule == "per_unit_limit"]
    under_the_lock = Verdict.FAILS if limit_findings(draft, makers.NOW) else Verdict.PASSES
    assert (before, under_the_lock) == ([verdict], verdict)


@pytest.mark.django_db(transaction=True)
def test_two_associations_of_one_company_that_race_for_its_last_place_do_not_both_get_in():
    opened, company = call(most=1), firm()
    drafts = [makers.draft(opened, association_of(company)) for _ in range(4)]
    gate = Barrier(len(drafts))

    def press(draft: Application) -> list[str]:
        gate.wait(timeout=30)
        try:
            makers.submit(draft)
        except Refused as refused:
            return [each.code for each in refused.findings]
        finally:
            connection.close()
        return ["in"]

    with ThreadPoolExecutor(len(drafts)) as pool:
        came = sorted(pool.map(press, drafts))

    assert came == [["in"], *[["quota.applied_full"]] * 3]
    assert Submission.objects.count() == 1
    if connection.vendor == "postgresql":
        assert Guard.objects.filter(party_id=company.pk).count() == 1
