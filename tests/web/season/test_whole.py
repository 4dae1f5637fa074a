"""A season goes on after the formal check: experts judge, money is allotted, notices stand, projects begin. Once."""

import pytest

from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.audit.verification import checks
from keqiao.web.grants.models import Grant, Instalment
from keqiao.web.parties.queries import local_day
from keqiao.web.public_notice.models import Award, Notice, Objection, ResultLetter
from keqiao.web.review.models import Expert, Outcome, Round, Sheet, Task
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.playing import play_scene
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.world import Size
from proofs.seasons import expected
from tests.web.season import ground

pytestmark = pytest.mark.django_db
SIZE = Size(units=12, log_ins=1, applications=4, whole=True)
TABLES = (Expert, Round, Task, Sheet, Outcome, Decision, Selection, Notice, Objection, Award, ResultLetter)
TABLES += (Grant, Instalment)
EVERYWHERE = {
    stage: expected.EVERYWHERE[stage] for stage in ("reviewing", "deciding", "noticing", "agreeing")
}
HERE = {
    "henan": {"reviewing": {"fraud"}},
    "hunan": {"reviewing": {"vetoed"}, "deciding": {"second_key"}},
}


@pytest.fixture(autouse=True)
def _in_a_demonstration(settings):
    settings.DEMONSTRATION = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def kept():
    """Everything that a second play could change."""
    return [list(table.objects.order_by("pk").values_list()) for table in TABLES]


@pytest.mark.parametrize("slug", list(HERE))
def test_everything_happens_to_what_passed_the_formal_check_once_and_soundly(slug):
    stage = ground.stage(slug)
    world = draw_world(stage.ground, SIZE, day=local_day(stage.at), seed=7)
    until = Scene(stage.association, stage.at).moments.agreed

    once = play_scene(world, Scene(stage.association, stage.at, until=until))
    before = kept()
    again = play_scene(world, Scene(stage.association, stage.at, until=until))

    acts = {each.stage: set(each.acts) for each in once}
    for name, wanted in EVERYWHERE.items():
        assert acts[name] >= wanted | HERE[slug].get(name, set()), name
    assert {name: count for each in again for name, count in each.acts.items()} in ({}, {"late": 1})
    assert kept() == before
    assert [(name, fault) for name, check in checks() for fault in check().faults] == []


def test_nothing_is_reviewed_before_its_moment():
    stage = ground.stage("henan")
    world = draw_world(stage.ground, Size(3, 0, 1, whole=True), day=local_day(stage.at), seed=7)

    played = play_scene(world, Scene(stage.association, stage.at))

    assert {each.stage: each.made for each in played if each.stage in EVERYWHERE} == dict.fromkeys(
        EVERYWHERE, 0
    )
    assert not Expert.objects.exists()
