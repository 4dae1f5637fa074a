"""Projects of a season are worked on, accepted or not, and next year's call refuses whom it has to."""

from collections import Counter

import pytest

from keqiao.web.acceptance.models import Acceptance, CreditEntry, OwedPaper
from keqiao.web.activities.models import Activity
from keqiao.web.grants.models import ChangeRequest, Grant, Instalment, LedgerEntry, Receipt, Settlement
from keqiao.web.indicators.models import Snapshot
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.models import Debarment, TrackRecord
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.playing import play_scene
from keqiao.web.season.stages.accepting import play_accepting
from keqiao.web.season.stages.next_year import play_next_year
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.stages.working import play_working
from keqiao.web.season.world import Size
from tests.web.season import ground, winners

pytestmark = pytest.mark.django_db
SIZE = Size(units=12, log_ins=1, applications=4)
LATER_STAGES = (play_working, play_accepting, play_next_year)
TABLES = (
    Activity,
    Receipt,
    ChangeRequest,
    Instalment,
    LedgerEntry,
    Settlement,
    Grant,
    Acceptance,
    OwedPaper,
    CreditEntry,
    Debarment,
    TrackRecord,
    Snapshot,
)


@pytest.fixture(autouse=True)
def _in_a_demonstration(settings):
    settings.DEMONSTRATION = True


def running(slug):
    """A world with its projects under way."""
    stage = ground.stage(slug)
    world = draw_world(stage.ground, SIZE, day=local_day(stage.at), seed=7)
    scene = Scene(stage.association, stage.at)
    play_scene(world, scene)
    winners.projects_of(world, scene)
    scene.until = scene.moments.next_call
    return world, scene


def played(world, scene):
    """What each of the later stages did."""
    return [Counter(act for act in stage(world, scene) if act) for stage in LATER_STAGES]


def kept():
    """Everything that a second play could change."""
    return [list(table.objects.order_by("pk").values_list()) for table in TABLES]


WORKED = {
    *("recorded", "sent_back", "disallowed", "verified"),
    *("target_met", "target_exceeded", "target_nearly", "target_missed", "target_person"),
    *("paid", "receipt_admitted", "receipt_cut", "receipt_refused"),
    *("change_approved", "change_refused", "change_noted"),
}
ACCEPTED = {
    *("opened", "handed_in", "handed_in_late", "put_right_until", "put_right", "passed", "failed", "closed"),
    *("condition_met", "paid", "bounced", "instalment_cancelled", "settlement_admitted", "settled_for_unit"),
    *("demanded", "paid_back", "waived", "nothing_follows", "points_given"),
    *("told_unit", "told_leader", "answered", "recorded_ban", "appeal_refused"),
    *("recorded", "sent_back", "disallowed", "verified", "target_met", "target_missed"),
}
REFUSES = {"refuses_applicants", "refuses_debarment", "unit_debarment", "unit_sanction"}


def test_a_season_goes_on_to_the_refusals_of_the_next_year_and_changes_nothing_when_it_is_played_again():
    world, scene = running("sanmenxia")

    working, accepting, next_year = played(world, scene)
    before = kept()
    again = played(world, scene)

    assert set(working) == WORKED
    assert set(accepting) == ACCEPTED
    assert set(next_year) >= REFUSES | {"opened", "leader_debarment", "leader_sanction"}
    assert again == [Counter(), Counter(), next_year - Counter(opened=1)]
    assert kept() == before
    assert Debarment.objects.filter(clause="通知一（二）2").count() == 2
