"""Drawn units apply by the acts of the room: in each of the five calls, in every state, and once."""

from collections import Counter

import pytest

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.applications import queries
from keqiao.web.applications.models import Application, Return, Submission
from keqiao.web.audit.verification import checks
from keqiao.web.parties.finding import parties_called
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.models import Holding
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.playing import play
from keqiao.web.season.stages import STAGES
from keqiao.web.season.stages import applications as stage_of_applications
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.world import Life, Size
from tests.web.season import ground

pytestmark = pytest.mark.django_db
SIZE = Size(units=38, log_ins=1, applications=8)
FIRST_STAGES = ("units", "people", "registers", "log_ins", "applications")
EVERY = {state.value for state in ApplicationState} - {"discarded"}


@pytest.fixture(autouse=True)
def _in_a_demonstration(settings):
    settings.DEMONSTRATION = True


def world_of(stage):
    return draw_world(stage.ground, SIZE, day=local_day(stage.at), seed=7)


def applied(world, stage):
    """What each stage did, those of them that come before anybody endorses or checks."""
    scene = Scene(stage.association, stage.at, "keqiao-demonstration")
    return [sum(map(bool, STAGES[name](world, scene))) for name in FIRST_STAGES]


def of_applications(played):
    """What became of the stage of applications."""
    return next(each for each in played if each.stage == "applications")


def kept():
    """Everything of applications that a second play could change."""
    tables = (Application, Submission, Return, Holding)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


@pytest.mark.parametrize("slug", list(ground.CALLS))
def test_each_of_the_five_calls_has_applications_in_every_state(slug):
    stage = ground.stage(slug)
    world = world_of(stage)
    applied(world, stage)

    states = Counter(Application.objects.values_list("state", flat=True))
    account = user_with_mail(world.log_ins[0].mail)
    own = queries.own_applications(account, stage.at)

    assert set(states) == EVERY
    assert {each.unit_id for each in own} == {parties_called(world.log_ins[0].name)[0].pk}
    assert {"draft", "submitted", "returned"} == {each.state for each in own}
    codes = [queries.findings_of(each)[:1] for each in own if each.state == "draft"]
    assert "form.missing" in {first.code for found in codes for first in found}


def test_applications_that_were_made_are_sound_and_playing_again_changes_nothing():
    stage = ground.stage("yinchuan")
    world = draw_world(stage.ground, Size(12, 1, 2), day=local_day(stage.at), seed=7)
    applied(world, stage)
    before = kept()

    again = applied(world, stage)

    assert (sum(again), kept()) == (0, before)
    assert Application.objects.count() > 2
    assert [(name, fault) for name, check in checks() for fault in check().faults] == []


def test_a_play_that_broke_off_leaves_no_application_in_the_middle(monkeypatch):
    stage = ground.stage("jining")
    world = world_of(stage)

    def break_off(_begun):
        raise KeyboardInterrupt

    saved_only = (stage_of_applications._save, break_off)
    monkeypatch.setitem(stage_of_applications.LIVES, Life.SUBMITTED, saved_only)
    with pytest.raises(KeyboardInterrupt):
        play(world, stage.association, at=stage.at)
    made = Application.objects.count()
    monkeypatch.undo()
    played = of_applications(play(world, stage.association, at=stage.at))

    assert [each.life for each in world.applications[: made + 1]] == ["ready", "faulty", "submitted"]
    assert (played.made, played.there) == (len(world.applications) - made, made)


def test_no_call_is_open_and_nobody_applies():
    body = ground.association("yinchuan")
    at = ground.CALLS["yinchuan"][1]
    world = draw_world(ground.grounds()["yinchuan"], Size(12, 1, 2), day=local_day(at), seed=7)

    played = of_applications(play(world, body, at=at))

    assert played.made == 0
    assert not Application.objects.exists()
