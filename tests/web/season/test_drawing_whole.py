"""What is drawn for the stages after the formal check: who goes the whole way, who judges, what a sheet says."""

from datetime import date

import pytest

from keqiao.core.programme import effective
from keqiao.core.programme.tree import walk
from keqiao.readers.programmes import demonstration
from keqiao.web.review.sheets import faults_of
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.stages.sheets import sheet_for
from keqiao.web.season.vocabulary import grounds, words
from keqiao.web.season.world import Size

DAY = date(2026, 3, 2)
SLUGS = ("henan", "hunan", "jining", "sanmenxia", "yinchuan")


def drawn(slug: str, *, whole: bool = True, units: int = 12):
    return draw_world(grounds()[slug], Size(units, 1, 4, whole=whole), day=DAY, seed=7)


def cards(slug: str):
    """The scorecards of the categories that go the whole way."""
    programme = demonstration(words("applications")["calls"][slug])
    wanted = {each.category for each in drawn(slug, units=40).applications if each.course}
    paths = [path for path, node in walk(programme) if node.id in wanted]
    assert len(paths) == len(wanted)
    return [effective(programme, path).scorecard.fact for path in paths]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_whole_world_adds_to_the_same_world(slug):
    plain, whole = drawn(slug, whole=False), drawn(slug)

    assert whole.applications[: len(plain.applications)] == plain.applications
    assert whole.people[: len(plain.people)] == plain.people
    assert {each.course for each in plain.applications} == {""}
    assert plain.experts == ()


@pytest.mark.parametrize("slug", SLUGS)
def test_experts_work_where_nobody_applies_and_some_are_tied_to_who_does(slug):
    world = drawn(slug)
    people = {person.key: person for person in world.people}
    applying = {each.unit for each in world.applications}
    mark = words("people")["mark"]

    assert {people[each.person].unit for each in world.experts} & applying == set()
    assert len({each.mail for each in world.experts}) == words("reviewing")["experts"]
    assert {each.relation for each in world.experts} == {"", *words("reviewing")["ties"].values()}
    assert {each.tied for each in world.experts if each.relation} <= applying
    assert all(mark in unit.name for unit in world.around)
    assert len({unit.name for unit in world.everybody}) == len(world.everybody)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_course_fills_the_sheets_of_its_call_without_a_fault(slug):
    for card in cards(slug):
        for course in words("reviewing")["shares"]:
            for number in range(10):
                assert faults_of(card, sheet_for(card, course, f"{slug}/{number}")) == ()


def test_every_course_is_drawn_somewhere():
    found = {each.course for slug in SLUGS for each in drawn(slug).applications}

    assert found == set(words("reviewing")["shares"])


def test_a_large_world_has_pilots_with_what_goes_into_them_filed_first():
    pilots = [each for each in drawn("henan", units=40).applications if each.category == "shidianshi"]
    filed = {
        pilot.unit: [each for each in drawn("henan", units=40).applications if each.unit == pilot.unit]
        for pilot in pilots
    }

    assert len(filed) == 2
    for each in filed.values():
        assert [one.category for one in each] == ["yishiyipin", "baihui", "gongzuozhan", "shidianshi"]
        assert [one.marks for one in each] == ["", "", "", "yishiyipin"]
        assert each[0].partner
    assert not any(each.category == "shidianshi" for each in drawn("henan").applications)


def test_a_large_world_has_more_than_fourteen_that_want_to_share_one_envelope():
    wanted = {"dangjian", "lianghua", "lianheti", "zhineng", "pingtai"}
    courses = [each.course for each in drawn("hunan", units=40).applications if each.category in wanted]

    assert len([each for each in courses if each not in ("below", "vetoed")]) > 14
