"""Worlds come in by the acts of the rooms: once, soundly, and never among real data."""

import pytest
from django.core.management import CommandError, call_command

from keqiao.core.rules.answers import Verdict
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.audit.verification import checks
from keqiao.web.eligibility.queries import decisions_for
from keqiao.web.parties.finding import parties_called
from keqiao.web.parties.models import Organisation, OrganisationFact, Party, Person, PersonFact, Tie
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.models import (
    Debarment,
    Holding,
    KeptRegister,
    PlatformCount,
    Recognition,
    RecognitionScheme,
    SocietyAffair,
    TrackRecord,
)
from keqiao.web.season import stages
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.playing import RealInstallation, play
from keqiao.web.season.stages import people as stage_of_people
from keqiao.web.season.vocabulary import grounds
from keqiao.web.season.world import Flaw, Size
from tests.web.season import ground

pytestmark = pytest.mark.django_db
TABLES = (Organisation, Person, OrganisationFact, PersonFact, Tie, RecognitionScheme, Recognition, Debarment)
TABLES += (SocietyAffair, TrackRecord, Holding, PlatformCount, KeptRegister)
SMALL = 46  # the first draw: every mould


@pytest.fixture(autouse=True)
def _in_a_demonstration(settings):
    settings.DEMONSTRATION = True


def drawn(slug: str, at, size: int = SMALL, *, log_ins: int = 1, applications: int = 0, seed: int = 7):
    wanted = Size(size, log_ins, applications)
    return draw_world(grounds()[slug], wanted, day=local_day(at), seed=seed)


def counts() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in TABLES}


def test_a_played_world_is_sound_and_playing_it_again_changes_nothing():
    stage = ground.stage("sanmenxia")
    world = drawn("sanmenxia", stage.at)
    play(world, stage.association, at=stage.at)
    before = counts()

    again = play(world, stage.association, at=stage.at)

    assert all(before.values())
    assert counts() == before
    assert {progress.stage: progress.made for progress in again} == dict.fromkeys(stages.STAGES, 0)
    assert [(name, fault) for name, check in checks() for fault in check().faults] == []


@pytest.mark.parametrize("slug", list(ground.CALLS))
def test_in_each_call_some_pass_some_fail_and_some_need_a_person(slug):
    stage = ground.stage(slug)
    world = drawn(slug, stage.at)
    play(world, stage.association, at=stage.at)

    found = {unit.key: verdicts(unit, stage.at) for unit in world.units}

    assert set().union(*found.values()) == set(Verdict)
    barred = [found[unit.key] for unit in world.units if unit.flaw is Flaw.DEBARRED]
    assert barred
    assert set().union(*barred) == {Verdict.FAILS}


def verdicts(unit, at) -> set[Verdict]:
    """The answers that a unit gets in the open categories."""
    return {decision.verdict for decision in decisions_for(parties_called(unit.name)[0].pk, at).values()}


def test_who_logs_in_acts_for_a_sound_society():
    stage = ground.stage("jining")
    world = drawn("jining", stage.at)
    play(world, stage.association, at=stage.at, password="keqiao-demonstration")

    account = user_with_mail("applicant@jining.example")
    unit = parties_called(world.log_ins[0].name)[0]

    assert account.organisations_as("applicant", stage.at) == {unit.pk}
    assert account.is_demonstration
    assert account.check_password("keqiao-demonstration")


def test_a_play_that_broke_off_goes_on_where_it_stopped(monkeypatch):
    body = ground.association("yinchuan")
    at = ground.CALLS["yinchuan"][1]
    world = drawn("yinchuan", at, size=8, log_ins=0)
    register = stage_of_people._register

    def break_off_at_the_fourth(person, scene):
        if Person.objects.count() == 5:
            raise KeyboardInterrupt
        return register(person, scene)

    monkeypatch.setattr(stage_of_people, "_register", break_off_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        play(world, body, at=at)
    monkeypatch.undo()
    made = {progress.stage: progress.there for progress in play(world, body, at=at)}

    assert made == {**dict.fromkeys(stages.STAGES, 0), "units": 8, "people": 4}
    assert Person.objects.count() == len(world.people)


def test_a_larger_world_adds_to_the_smaller_one():
    body = ground.association("yinchuan")
    at = ground.CALLS["yinchuan"][1]
    play(drawn("yinchuan", at, size=4, log_ins=0), body, at=at)

    units, *_rest = play(drawn("yinchuan", at, size=7, log_ins=0), body, at=at)

    assert (units.made, units.there) == (3, 4)


def test_worlds_of_two_seeds_stand_beside_each_other():
    body = ground.association("sanmenxia")
    at = ground.CALLS["sanmenxia"][1]
    for seed in (7, 8):
        play(drawn("sanmenxia", at, size=12, log_ins=0, seed=seed), body, at=at)
    before = counts()

    again = [play(drawn("sanmenxia", at, size=12, log_ins=0, seed=seed), body, at=at) for seed in (7, 8)]

    assert counts() == before
    assert {progress.made for played in again for progress in played} == {0}


@pytest.mark.parametrize(("demonstration", "shown"), [(False, True), (True, False)])
def test_nothing_is_played_among_real_data(settings, demonstration, shown):
    settings.DEMONSTRATION = demonstration
    body = ground.association("yinchuan", is_demonstration=shown)
    at = ground.CALLS["yinchuan"][1]
    before = Party.objects.count()

    with pytest.raises(RealInstallation, match="yinchuan"):
        play(drawn("yinchuan", at, size=4), body, at=at)

    assert Party.objects.count() == before


def test_the_command_says_what_was_made_and_what_was_there(capsys):
    ground.association("henan")

    call_command("season", "henan", units=6, seed=3)
    call_command("season", "henan", units=6, seed=3)

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("units")] == [
        "units: 6 made, 0 there before",
        "units: 0 made, 6 there before",
    ]


def test_the_command_refuses_a_real_installation_and_an_association_that_is_not_there(settings):
    with pytest.raises(CommandError, match="no such association"):
        call_command("season", "henan")
    settings.DEMONSTRATION = False
    ground.association("henan")
    with pytest.raises(CommandError, match="demonstration only"):
        call_command("season", "henan", units=2)
