"""Drawn applications go on by the acts of the rooms: through those who endorse them, and through the formal check."""

from collections import Counter
from datetime import timedelta

import pytest

from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.audit.verification import checks
from keqiao.web.duties.queries import count_for
from keqiao.web.endorsement.models import Batch, Endorsement, Passage, Queue
from keqiao.web.filing.models import Scan
from keqiao.web.parties.queries import local_day
from keqiao.web.review.models import CheckAnswer, FormalCheck
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.playing import play
from keqiao.web.season.world import Size
from tests.web.season import ground

pytestmark = pytest.mark.django_db
SIZE = Size(units=12, log_ins=1, applications=2)
LOOKS_BACK = timedelta(days=9)
DECIDED = {"assigned", "limited", "recommended", "declined", "corrected", "returned"}
ACTS = {
    "hunan": DECIDED | {"proposed", "disputed", "forwarded"},
    "sanmenxia": DECIDED | {"signed", "recalled", "late"},
}
CHECKED = {"passed", "refused", "irrelevant", "returned"}


@pytest.fixture(autouse=True)
def _in_a_demonstration(settings):
    settings.DEMONSTRATION = True


def kept():
    """Everything that a second play could change."""
    tables = (Passage, Endorsement, Queue, Batch, FormalCheck, CheckAnswer)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


def something_waits_for_whoever_logs_in(stage):
    for mail in ("endorser@hunan.example", "finance@hunan.example", "officer@hunan.example"):
        assert count_for(user_with_mail(mail), stage.at) > 0, mail
    assert Counter(Batch.objects.values_list("state", flat=True)) == {
        "proposed": 1,
        "refused": 1,
        "forwarded": 2,
    }


def a_stamped_page_that_is_brought_is_matched_and_its_seal_seen(_stage):
    assert list(Scan.objects.values_list("state", "seal")) == [("matched", "yes")]


ALSO = {
    "hunan": something_waits_for_whoever_logs_in,
    "sanmenxia": a_stamped_page_that_is_brought_is_matched_and_its_seal_seen,
}
"""What is so of the one and of the other call: a season takes too long to be played for each of these."""


@pytest.mark.parametrize("slug", list(ACTS))
def test_everything_happens_to_lists_and_to_what_is_checked_once_and_soundly(slug):
    stage = ground.stage(slug)
    world = draw_world(stage.ground, SIZE, day=local_day(stage.at), seed=7)
    until = stage.at + LOOKS_BACK
    acts = {each.stage: each.acts for each in play(world, stage.association, at=stage.at, until=until)}
    before = kept()

    again = play(world, stage.association, at=stage.at, until=until)

    assert set(acts["endorsing"]) == ACTS[slug]
    assert set(acts["checking"]) >= CHECKED
    assert acts["checking"]["passed"] > acts["checking"]["refused"]
    assert kept() == before
    assert {name: count for each in again for name, count in each.acts.items()} in ({}, {"late": 1})
    assert [(name, fault) for name, check in checks() for fault in check().faults] == []
    ALSO[slug](stage)
