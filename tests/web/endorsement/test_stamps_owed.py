"""The stamped page of a forwarded list is owed where the call asks for a seal, until it came or all is received."""

from datetime import timedelta

import pytest
from django.urls import reverse

from keqiao.web.duties.models import Duty
from keqiao.web.duties.queries import differences, waiting_for
from keqiao.web.endorsement import actions
from keqiao.web.endorsement.stamps_owed import KIND, STAMP
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place
from tests.web.endorsement.test_stamped_lists import BATCH, brought, corrected, forwarded, printed
from tests.web.filing import stamped_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return Place()


@pytest.fixture(autouse=True)
def facts_and_duties_agree():
    """After each test the books are those that the facts give."""
    yield
    assert differences(KIND) == ([], [])


def owed_to(viewer):
    lines = waiting_for(viewer, NOW + timedelta(hours=1)).lines
    return [line.address for line in lines if line.kind.code == STAMP]


def facts():
    return sorted(Duty.objects.filter(kind=STAMP).values_list("fact", flat=True))


def test_a_forwarded_list_owes_its_page_until_it_came(place):
    batch = forwarded(place, place.recommended(place.call()))
    address = reverse("filing:stamped_about", args=[BATCH, batch.pk])
    assert (owed_to(place.endorser), owed_to(place.officer)) == ([address], [])

    brought(printed(batch, place.endorser)[1], batch, place.endorser)

    assert (owed_to(place.endorser), facts()) == ([], ["matched"])


def test_a_correction_after_the_page_came_opens_it_again(place):
    passage = place.recommended(place.call())
    batch = forwarded(place, passage)
    brought(printed(batch, place.endorser)[1], batch, place.endorser)

    corrected(passage, "六个乡镇，十二场。")

    assert (len(owed_to(place.endorser)), facts()) == (1, ["", "matched"])


def test_what_was_received_or_taken_back_owes_nothing(place):
    passage = place.recommended(place.call())
    batch = forwarded(place, passage)
    actions.recall(batch.pk, "漏了附件", actor=place.endorser, at=NOW)
    assert (owed_to(place.endorser), facts()) == ([], ["recalled"])

    actions.forward(batch.queue_id, actor=place.endorser, at=NOW)
    actions.receive([passage.pk], actor=place.officer, at=NOW)
    assert (owed_to(place.endorser), facts()) == ([], ["recalled", "received"])


def test_pages_of_all_applications_on_it_do_as_well(place):
    passage = place.recommended(place.call())
    forwarded(place, passage)
    assert len(owed_to(place.endorser)) == 1

    application = makers.fresh(passage).application
    stamped_pages.brought(stamped_pages.printed(application)[1], application, name="page.pdf")

    assert owed_to(place.endorser) == []


def test_where_the_call_asks_for_no_seal_nothing_is_owed(place):
    steps = [{"words": "县科协审核", "by": "县（市、区）科协", "act": "check"}]
    forwarded(place, place.recommended(place.call(makers.chain(steps=steps))))

    assert owed_to(place.endorser) == []
