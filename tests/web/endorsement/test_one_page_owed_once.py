"""One stamped page is owed once: by the unit while its stage is on paper, then by the office that looks at it."""

from datetime import date

import pytest
from django.urls import reverse

from keqiao.core.workdays import last_moment
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.duties.models import Duty
from keqiao.web.duties.queries import waiting_for
from keqiao.web.duties.verification import check_duties
from keqiao.web.endorsement import actions
from keqiao.web.endorsement.owed import PAPER, SEEN
from keqiao.web.endorsement.stamps_owed import STAMP
from keqiao.web.filing.owed import PAGE
from tests.web.applications import makers as applying
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place
from tests.web.endorsement.test_stamped_lists import brought, forwarded, printed
from tests.web.filing import stamped_pages

pytestmark = pytest.mark.django_db
STAMPED = {"filing": {"channels": ["paper"], "stamped": True}}
GOVERNMENT = [
    {"words": "分管领导审核", "by": "分管领导", "act": "check"},
    {"words": "加盖政府公章", "by": "县政府", "act": "seal", "seal": "政府公章"},
]
COUNTY_FIRST = [makers.COUNTY["steps"][0], *GOVERNMENT]
LETTER = [{"words": "市委推荐函", "by": "市委", "act": "letter", "letter": "推荐函"}]


@pytest.fixture
def place():
    return Place()


@pytest.fixture(autouse=True)
def facts_and_duties_agree():
    """After each test the books are those that the facts give."""
    yield
    assert check_duties().faults == ()


def on_paper(place, steps=GOVERNMENT, **statements):
    """What a unit of the county submitted; its first stage is taken on paper."""
    return place.submitted(place.call(makers.chain(steps=steps), **STAMPED, **statements))


def open_kinds():
    return sorted(set(Duty.objects.filter(settled_at=None).values_list("kind", flat=True)))


def page_brought(passage):
    application = makers.fresh(passage).application
    (scan,) = stamped_pages.brought(stamped_pages.printed(application)[1], application, name="page.pdf")
    return scan


def test_while_the_stage_is_on_paper_the_unit_owes_one_page_by_the_deadline_of_the_call(place):
    passage = on_paper(place)

    (line,) = waiting_for(passage.application.created_by, makers.later(hours=1)).lines
    assert (line.kind.code, line.until) == (PAPER, applying.LAST_MOMENT)
    assert Duty.objects.filter(kind=PAGE).count() == 0


def test_the_day_of_the_stage_itself_comes_before_that_of_the_call(place):
    steps = [GOVERNMENT[0], {**GOVERNMENT[1], "deadline": "2026-06-20"}]

    on_paper(place, steps)

    assert set(Duty.objects.filter(kind=PAPER).values_list("due_at", flat=True)) == {
        last_moment(date(2026, 6, 20))
    }


def test_when_the_page_came_the_office_has_to_look_at_it_and_the_unit_owes_nothing(place):
    passage = on_paper(place)

    page_brought(passage)

    assert open_kinds() == [SEEN]
    (line,) = waiting_for(place.officer, makers.later(hours=1)).lines
    assert line.address == reverse("endorsement:sign_on_paper", args=[passage.pk])
    actions.sign_on_paper(passage.pk, actions.Paper("印章齐全"), actor=place.officer, at=NOW)
    assert open_kinds() == []


def test_what_the_office_saw_on_paper_is_not_asked_for_as_a_picture(place):
    passage = on_paper(place)

    actions.sign_on_paper(passage.pk, actions.Paper("原件已收到"), actor=place.officer, at=NOW)

    assert open_kinds() == []


def test_a_correction_after_it_was_signed_asks_for_the_page_again(place):
    passage = on_paper(place)
    actions.sign_on_paper(passage.pk, actions.Paper("原件已收到"), actor=place.officer, at=NOW)
    application = makers.fresh(passage).application
    applying.returned(application)
    applying.save(application, summary="六个乡镇，十二场。")
    applying.submit(application, at=makers.later(hours=1))

    assert open_kinds() == [PAGE]


def test_a_letter_is_another_sheet_than_the_page(place):
    on_paper(place, LETTER)

    assert open_kinds() == [PAPER, PAGE]


def test_a_list_is_not_to_be_stamped_while_the_pages_of_all_on_it_are_asked_for_on_paper(place):
    passage = place.recommended(place.call(makers.chain(steps=COUNTY_FIRST), **STAMPED))
    unit = passage.application.created_by
    assert [line.kind.code for line in waiting_for(unit, makers.later(hours=1)).lines] == [PAGE]

    forwarded(place, passage)

    assert open_kinds() == [PAPER]
    held = Duty.objects.filter(settled_at=None).values_list("role", flat=True)
    assert set(held) == set(OF_A_UNIT)


def test_a_list_that_goes_to_the_association_is_stamped_by_the_deadline_for_filing(place):
    batch = forwarded(place, place.recommended(place.call()))

    (due,) = Duty.objects.filter(kind=STAMP, settled_at=None).values_list("due_at", flat=True)
    assert due == applying.LAST_MOMENT
    brought(printed(batch, place.endorser)[1], batch, place.endorser)


def test_the_own_day_of_the_queue_holds_for_its_list(place):
    steps = [{**makers.COUNTY["steps"][0], "deadline": "2026-06-20"}]

    forwarded(place, place.recommended(place.call(makers.chain(steps=steps))))

    (due,) = Duty.objects.filter(kind=STAMP, settled_at=None).values_list("due_at", flat=True)
    assert due == last_moment(date(2026, 6, 20))
