"""Worlds are drawn, not written: the same seed gives the same world, and nothing in it could be somebody."""

from datetime import date

import pytest

from keqiao.core.identifiers import clean_credit_code, clean_mobile, read_identity_number
from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.readers.platforms import outside_platforms
from keqiao.readers.programmes import load, shipped
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.drawing.units import FLAWED
from keqiao.web.season.numbers import MAIL_ENDING, NO_PREFECTURE, NOWHERE, SEEDS, UNASSIGNED, block_of
from keqiao.web.season.stages.applications import LIVES
from keqiao.web.season.stages.checking import FATES, FITS, PASSED
from keqiao.web.season.stages.deciding import ACTS
from keqiao.web.season.stages.lists import ENDINGS
from keqiao.web.season.stages.registers import BOOKS, RECOGNITIONS
from keqiao.web.season.vocabulary import grounds, words
from keqiao.web.season.world import ASSOCIATION, Ending, Fate, Flaw, Life, Size

DAY = date(2026, 3, 2)
SLUGS = ("henan", "hunan", "jining", "sanmenxia", "yinchuan")


def drawn(slug: str = "sanmenxia", size: int = 60, seed: int = 7, log_ins: int = 1, applications: int = 0):
    return draw_world(grounds()[slug], Size(size, log_ins, applications), day=DAY, seed=seed)


def test_the_same_seed_gives_the_same_world_and_another_seed_another():
    assert drawn() == drawn()
    assert drawn(seed=8).units != drawn().units


def test_a_larger_world_begins_with_the_smaller_one():
    small, large = drawn(size=30), drawn(size=300)

    assert large.units[:30] == small.units
    assert large.people[: len(small.people)] == small.people


def test_each_association_of_the_demonstration_has_its_ground_and_its_registers():
    assert tuple(grounds()) == SLUGS
    assert set(words("registers")) == {"everywhere", *SLUGS}


def test_every_kind_of_organisation_and_every_flaw_is_drawn():
    world = drawn()

    assert {unit.kind for unit in world.units} == set(organisation_kinds())
    assert {unit.flaw for unit in drawn(size=300).units} == set(Flaw)
    assert set(FLAWED) | {Flaw.NONE, Flaw.DEBARRED, Flaw.OVERDUE, Flaw.PROJECT_POOR} == set(Flaw)


def test_the_first_unit_of_each_mould_is_sound():
    firsts = {unit.mould: unit.flaw for unit in reversed(drawn(size=300).units)}

    assert firsts == dict.fromkeys(words("units")["moulds"], Flaw.NONE)


@pytest.mark.parametrize("slug", SLUGS)
def test_names_and_numbers_are_each_borne_once(slug):
    world = drawn(slug, size=300)

    for values in (
        [unit.name for unit in world.units],
        [unit.credit_code for unit in world.units if unit.credit_code],
        [person.identity_number for person in world.people if person.identity_number],
        [(person.unit, person.name) for person in world.people],
        [person.key for person in world.people],
    ):
        assert len(values) == len(set(values))


def test_another_seed_calls_its_units_and_people_otherwise():
    for named in (lambda world: world.units, lambda world: world.people):
        assert [each.name for each in named(drawn(seed=8))] != [each.name for each in named(drawn())]


def test_no_two_worlds_share_a_block_of_identity_numbers():
    blocks = [block_of(slug, seed) for slug in SLUGS for seed in range(SEEDS)]
    assert sorted(blocks) == list(range(100))


def test_no_two_worlds_share_an_identity_number():
    worlds = [drawn(slug, 200, seed) for slug in ("henan", "sanmenxia") for seed in (0, 7, SEEDS - 1)]
    numbers = [
        person.identity_number for world in worlds for person in world.people if person.identity_number
    ]

    assert len(numbers) == len(set(numbers))
    assert {number[:2] for number in numbers} == {"41"}


@pytest.mark.parametrize("seed", [-1, SEEDS])
def test_other_seeds_are_refused(seed):
    with pytest.raises(ValueError, match="seeds are 0 to 19"):
        drawn(seed=seed)


def test_units_apply_once_and_those_with_an_account_some_more():
    world = drawn(size=38, applications=8)
    own = [each for each in world.applications if each.unit == world.log_ins[0].units[0]]
    others = [each for each in world.applications[len(own) :] if not each.category]

    assert [each.life for each in own] == words("applications")["own"]
    assert [each.life for each in others] == words("applications")["lives"][:8]
    assert len({each.unit for each in others}) == 8
    assert {each.leader.rpartition("-")[0] for each in world.applications} == {
        each.unit for each in world.applications
    }


def test_whoever_applies_has_an_account_and_an_officer_reads_it():
    world = drawn(size=38, applications=8)
    by_role = {
        role: {unit for each in world.log_ins if each.role == role for unit in each.units}
        for role in ("applicant", "officer")
    }

    assert by_role == {"applicant": {each.unit for each in world.applications}, "officer": {ASSOCIATION}}
    assert {each.role for each in world.log_ins} == {"applicant", "officer", "endorser"}
    assert drawn(size=38).applications == ()
    assert {log_in.role for log_in in drawn(size=38).log_ins} == {"applicant"}


def test_every_life_of_an_application_can_be_played_and_is_drawn():
    said = words("applications")

    assert set(LIVES) == set(Life)
    assert {Life(life) for life in said["own"] + said["lives"]} == set(Life)
    assert set(said["calls"].values()) == set(shipped())


def test_two_associations_share_no_code():
    codes = [unit.credit_code for slug in SLUGS for unit in drawn(slug, 200).units if unit.credit_code]
    assert len(codes) == len(set(codes))


def test_numbers_check():
    world = drawn(size=300)

    for unit in world.units:
        assert clean_credit_code(unit.credit_code) == unit.credit_code
    for person in world.people:
        assert clean_mobile(person.phone) == person.phone
        if person.identity_number:
            assert read_identity_number(person.identity_number).birth_date == person.birth_date


def test_nothing_could_be_a_real_unit_or_person():
    world, mark = drawn(size=300), words("people")["mark"]

    assert all(each.name.endswith(mark) for each in (*world.units, *world.people))
    assert {unit.credit_code[2:8] for unit in world.units if unit.credit_code} == {NOWHERE}
    assert {each.identity_number[2:4] for each in world.people if each.identity_number} == {NO_PREFECTURE}
    assert {each.phone[: len(UNASSIGNED)] for each in world.people} == {UNASSIGNED}
    assert all(log_in.mail.endswith(MAIL_ENDING) for log_in in drawn(log_ins=3).log_ins)
    assert all(mark in unit.name for slug in SLUGS for unit in drawn(slug, applications=1).around)


def test_the_ways_of_endorsing_have_their_bodies_and_every_ending_and_fate_is_drawn():
    worlds = [drawn(slug, size=40, applications=8) for slug in SLUGS]
    endings = {queue.ending for world in worlds for queue in world.queues}
    fates = {each.fate for world in worlds for each in world.applications if each.category}

    assert endings == set(ENDINGS) == set(Ending)
    assert fates == set(ACTS) == set(Fate)
    assert set(words("checking")["fates"]) == set(FITS) == set(FATES) - {PASSED}
    for world in worlds:
        mails = {log_in.mail for log_in in world.log_ins}
        assert {queue.mail for queue in world.queues} | {queue.treasury_mail for queue in world.queues} <= {
            *mails,
            "",
        }
        assert {queue.taker for queue in world.queues} <= {unit.key for unit in world.units}
        names = [unit.name for unit in world.everybody]
        assert len(names) == len(set(names))


def test_what_is_drawn_for_endorsing_does_not_change_with_the_size_of_a_world():
    small, large = drawn(size=30, applications=4), drawn(size=200, applications=4)

    assert small.around == large.around
    assert small.people[-len(small.around) :] == large.people[-len(large.around) :]


def test_a_world_too_small_for_a_body_goes_without_its_lists():
    world = drawn(size=1, applications=1)

    assert [queue.taker for queue in world.queues] == ["sanmenxia-0"]
    assert drawn(size=30).queues == drawn(size=30).around == ()


def test_people_stand_on_both_sides_of_the_limits_of_the_calls():
    known = [person.birth_date for person in drawn(size=300).people if person.birth_date]

    for age in (35, 40):
        birthday = date(DAY.year - age, DAY.month, DAY.day)
        assert {(born > birthday) - (born < birthday) for born in known} == {-1, 0, 1}
    assert len(known) < len(drawn(size=300).people)


def test_whatever_is_referred_to_is_drawn():
    world = drawn(size=300)
    units = {unit.key for unit in world.units}
    people = {person.key for person in world.people}

    for unit in world.units:
        others = {unit.affiliated, unit.host, unit.supervisor, unit.recommender} - {"", ASSOCIATION}
        assert others <= units
        assert unit.key not in others
    assert {person.unit for person in world.people} == units
    for unit, lines in world.registers.lines.items():
        assert unit in units
        assert {line.holder for line in lines} <= units | people
        assert {line.register for line in lines} <= {RECOGNITIONS, *BOOKS}


def test_the_registers_that_the_calls_ask_for_by_name_are_there():
    asked = {
        rule.register_name
        for name in shipped()
        for node in _nodes(load(name))
        for rule in node.rules
        if rule.type == "recognition"
    }
    opened = {scheme.name for slug in SLUGS for scheme in drawn(slug).registers.schemes}

    assert asked
    assert asked - opened == set()


def test_platforms_and_grades_are_known():
    world = drawn(size=300)
    lines = [line for of in world.registers.lines.values() for line in of]
    grades = {scheme.name: {"", *scheme.grades} for scheme in world.registers.schemes}

    assert {line.values["platform"] for line in lines if line.register == "platforms"} <= set(
        outside_platforms()
    )
    for line in lines:
        if line.register == RECOGNITIONS:
            assert line.values["grade"] in grades[line.values["scheme"]]


def _nodes(node):
    yield node
    for child in node.categories:
        yield from _nodes(child)
