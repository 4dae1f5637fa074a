"""The pilot of Henan: three children, one of which may be marked where two stand in it."""

from dataclasses import replace

import pytest

from keqiao.core.findings import Weight
from keqiao.core.programme.tree import category_at, path_of
from keqiao.core.rules.bundles import Fate, check_bundle, resolve_bundle
from keqiao.core.rules.facts import Holding, Stage
from keqiao.readers.programmes import load

HENAN = load("henan-2023")
BUNDLE = category_at(HENAN, path_of(HENAN, "shidianshi")).bundle


def filed(category, project, mark="", **more):
    about = {"unit": "甲市科协", "call": HENAN.id, "year": 2023, "stage": Stage.APPLIED} | more
    return Holding(project=project, path=path_of(HENAN, category), mark=mark, **about)


PILOT = filed("shidianshi", "pilot")
FAIR, TEAMS, BASE = filed("yishiyipin", "fair"), filed("baihui", "teams"), filed("chanxueyan", "base")
STATION = filed("gongzuozhan", "station")
TOGETHER = (PILOT, FAIR, TEAMS, BASE)


def found(*applications):
    return [(each.code, each.weight, each.values) for each in check_bundle(BUNDLE, PILOT, applications)]


def test_the_children_are_applied_for_as_well():
    assert found(*TOGETHER) == []
    assert found(PILOT, FAIR) == [
        ("bundle.child_missing", Weight.REFUSE, {"name": "“百会链千企”科技志愿服务活动"}),
        ("bundle.child_missing", Weight.REFUSE, {"name": "“科创中原”协同创新服务平台"}),
    ]


def test_an_application_of_another_unit_is_no_child():
    assert [code for code, *_ in found(PILOT, FAIR, TEAMS, replace(BASE, unit="乙市科协"))] == [
        "bundle.child_missing"
    ]


def test_a_child_may_be_applied_for_together_with_partners_as_long_as_the_unit_leads():
    assert found(PILOT, FAIR, TEAMS, replace(BASE, unit="某高校", lead="甲市科协")) == []


@pytest.mark.parametrize(
    ("marks", "code"),
    [(("", ""), "bundle.mark_missing"), (("pilot", "pilot"), "bundle.marks_several")],
)
def test_where_two_stand_in_one_child_exactly_one_is_marked(marks, code):
    base, station = (replace(each, mark=mark) for each, mark in zip((BASE, STATION), marks, strict=True))

    assert [code for code, *_ in found(PILOT, FAIR, TEAMS, base, station)] == [code]
    assert found(PILOT, FAIR, TEAMS, BASE, replace(STATION, mark="pilot")) == []


def test_a_mark_on_the_application_of_another_unit_is_refused():
    foreign = filed("daren", "other", mark="pilot", unit="乙市科协")

    assert [code for code, *_ in found(*TOGETHER, foreign)] == ["bundle.mark_outside"]


@pytest.mark.parametrize(
    ("selected", "going"), [(True, Fate.ABSORBED), (False, Fate.REVIEWED), (None, Fate.WAITING)]
)
def test_the_children_follow_the_pilot_and_the_unmarked_one_is_always_reviewed(selected, going):
    marked = replace(STATION, mark="pilot")

    resolution = resolve_bundle(BUNDLE, PILOT, (*TOGETHER, marked), selected=selected)

    assert resolution.fates == {"fair": going, "teams": going, "station": going, "base": Fate.REVIEWED}
    assert resolution.findings == ()


def test_without_a_mark_nobody_guesses_which_one_goes_in():
    resolution = resolve_bundle(BUNDLE, PILOT, (*TOGETHER, STATION), selected=True)

    assert (resolution.fates["base"], resolution.fates["station"]) == (Fate.UNCLEAR, Fate.UNCLEAR)
    assert [each.code for each in resolution.findings] == ["bundle.mark_missing"]


def test_the_list_is_open_so_that_another_application_may_be_marked_to_go_in():
    other = filed("daren", "other", mark="pilot")

    assert found(*TOGETHER, other) == []
    assert resolve_bundle(BUNDLE, PILOT, (*TOGETHER, other), selected=True).fates["other"] is Fate.ABSORBED
    closed = BUNDLE.model_copy(update={"open_list": False})
    assert [each.code for each in check_bundle(closed, PILOT, (*TOGETHER, other))] == ["bundle.mark_outside"]


def test_with_two_pilots_of_one_unit_each_child_is_marked_for_one_of_them():
    second = filed("shidianshi", "second")

    assert [code for code, *_ in found(*TOGETHER, second)] == ["bundle.mark_missing"] * 3
    marked = tuple(replace(each, mark="pilot") for each in (FAIR, TEAMS, BASE))
    assert found(PILOT, second, *marked) == []
    assert resolve_bundle(BUNDLE, second, (PILOT, *marked), selected=True).fates == {}


def test_a_child_that_is_only_named_is_asked_about():
    unlinked = BUNDLE.model_copy(
        update={"children": (*BUNDLE.children, BUNDLE.children[0].model_copy(update={"category": None}))}
    )

    assert [each.code for each in check_bundle(unlinked, PILOT, TOGETHER)] == ["bundle.child_unlinked"]
