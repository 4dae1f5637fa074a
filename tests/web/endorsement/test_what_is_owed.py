"""What verification says of the duties of endorsing: each of its kinds is compared with what is owed by the facts."""

import pytest

from keqiao.web.accounts.roles import Role
from keqiao.web.duties.models import Duty
from keqiao.web.duties.verification import check_duties
from keqiao.web.endorsement import actions
from keqiao.web.endorsement.models import Batch, Passage
from keqiao.web.endorsement.owed import CO_SIGN, PAPER, QUEUE
from tests.web import make
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place

pytestmark = pytest.mark.django_db
TOGETHER = [makers.COUNTY["steps"][0], {**makers.COUNTY["steps"][1], "together_with": ["同级财政部门"]}]


@pytest.fixture
def case():
    """A list that lies with the finance bureau of the county, and an application whose stage is taken on paper."""
    place = Place()
    bureau = make.organisation("渑池县财政局", kind="government_body", region=place.county)
    make.holder(Role.FINANCE, bureau)
    call = place.call(makers.chain(steps=TOGETHER))
    place.listed = place.recommended(call)
    place.batch = actions.propose(place.listed.queue_id, actor=place.endorser, at=NOW)
    place.paper = place.submitted(call)
    unstaffed = make.organisation("灵宝市科学技术协会", kind="association", level="county")
    actions.assign(place.paper.pk, actions.Assigned(unstaffed.pk), actor=place.officer, at=NOW)
    return place


def keys(case):
    """What is owed in the case, by kind."""
    return {
        QUEUE: f"queue:{case.listed.queue_id}",
        CO_SIGN: f"co_sign:{case.batch.pk}",
        PAPER: f"paper:{case.paper.pk}:1",
    }


def found():
    return [(fault.code, fault.about) for fault in check_duties().faults]


@pytest.mark.parametrize("kind", [QUEUE, CO_SIGN, PAPER])
def test_a_duty_that_is_owed_and_was_lost_is_found(case, kind):
    assert found() == []

    Duty.objects.filter(kind=kind).delete()

    assert found() == [("duty.missing", keys(case)[kind])]


OVER = {
    QUEUE: lambda case: Passage.objects.filter(pk=case.listed.pk).update(state="returned"),
    CO_SIGN: lambda case: Batch.objects.filter(pk=case.batch.pk).update(state="void"),
    PAPER: lambda case: Passage.objects.filter(pk=case.paper.pk).update(state="filed"),
}
"""What makes each of them over, done past the act that would have closed the duty."""


@pytest.mark.parametrize("kind", [QUEUE, CO_SIGN, PAPER])
def test_a_duty_that_is_over_and_was_left_open_is_found(case, kind):
    left = set(Duty.objects.filter(kind=kind, settled_at=None).values_list("pk", flat=True))
    assert found() == []

    OVER[kind](case)

    assert sorted(found()) == sorted(("duty.not_owed", str(pk)) for pk in left)


def test_a_duty_of_another_date_than_the_queue_has_is_found(case):
    later = makers.later(days=3)
    assert Duty.objects.filter(kind=QUEUE, settled_at=None, due_at=None).count() == 1

    Duty.objects.filter(kind=QUEUE).update(due_at=later, first_due_at=later)

    assert found() == [("duty.missing", keys(case)[QUEUE])]
