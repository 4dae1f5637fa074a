"""Limits of the five calls, counted over holdings."""

import pytest

from keqiao.core.findings import Weight
from keqiao.core.programme import effective
from keqiao.core.programme.tree import path_of
from keqiao.core.rules.facts import UNKNOWN, Holding, Records, Stage
from keqiao.core.rules.quotas import Asking, Per, check_limits, limits_of, room, whose
from keqiao.readers.programmes import load

KEPT = frozenset({"holdings"})
HENAN = load("henan-2023")
SANMENXIA = load("sanmenxia-2023")


def held(programme, category, project, stage=Stage.APPLIED, **more):
    about = {"unit": "甲", "call": programme.id, "year": 2023} | more
    return Holding(project=project, path=path_of(programme, category), stage=stage, **about)


def ask(programme, category, holdings, stage=Stage.APPLIED, kept=KEPT):
    path = path_of(programme, category)
    asking = Asking(unit="甲", call=programme.id, year=2023, path=path)
    found = check_limits(
        limits_of(effective(programme, path)), asking, Records(holdings=holdings, kept=kept), stage=stage
    )
    return [(each.code, each.weight, each.source.clause) for each in found]


def test_a_limit_on_a_category_is_shared_by_its_kinds():
    base, station = held(HENAN, "chanxueyan", "p1"), held(HENAN, "gongzuozhan", "p2")

    assert ask(HENAN, "gongzuozhan", (base,)) == []
    assert ask(HENAN, "gongzuozhan", (base, station)) == [
        ("quota.applied_full", Weight.REFUSE, "附件·三（三）2")
    ]
    assert ask(HENAN, "yishiyipin", (base, station)) == []


def test_a_joint_application_counts_for_the_unit_that_leads_it():
    led = [held(HENAN, "yishiyipin", f"p{n}", lead="甲") for n in range(2)]
    joined = [held(HENAN, "yishiyipin", f"p{n}", lead="乙") for n in range(2)]

    assert ask(HENAN, "yishiyipin", tuple(joined)) == []
    assert [code for code, *_ in ask(HENAN, "yishiyipin", tuple(led))] == ["quota.applied_full"]


def test_one_project_in_the_rows_of_all_its_partners_counts_once():
    rows = tuple(held(HENAN, "yishiyipin", "p1", unit=unit, lead="甲") for unit in ("甲", "乙", "丙"))

    assert ask(HENAN, "yishiyipin", rows) == []


def test_a_limit_on_undertaking_warns_at_the_award_and_says_nothing_about_applying():
    two = tuple(held(SANMENXIA, category, category, Stage.UNDERTAKEN) for category in ("ikepu", "shifanyuan"))

    assert ask(SANMENXIA, "xiaoyuan", two) == []
    assert ask(SANMENXIA, "xiaoyuan", two, Stage.UNDERTAKEN) == [
        ("quota.undertaken_full", Weight.WARN, "通知一（二）2")
    ]
    assert ask(SANMENXIA, "zhiyuan", two, Stage.UNDERTAKEN) == []


def test_what_is_only_applied_for_or_of_another_year_is_not_undertaken():
    applied = tuple(held(SANMENXIA, "ikepu", f"p{n}") for n in range(3))
    earlier = tuple(held(SANMENXIA, "ikepu", f"q{n}", Stage.UNDERTAKEN, year=2022) for n in range(3))

    assert ask(SANMENXIA, "ikepu", applied + earlier, Stage.UNDERTAKEN) == []


def test_an_unlimited_call_says_so_and_counts_nothing():
    jining = load("jining-2023")
    limits = limits_of(effective(jining, path_of(jining, "a3")))
    asking = Asking(unit="甲", call=jining.id, year=2023, path=path_of(jining, "a3"))

    assert [(limit.id, limit.most, room(limit, asking, Records()).left) for limit in limits] == [
        ("general.r2", None, None)
    ]
    assert ask(jining, "a3", tuple(held(jining, "a3", f"p{n}") for n in range(99))) == []


def test_holdings_that_are_not_fully_registered_are_asked_about_unless_they_fill_the_limit_already():
    one = (held(HENAN, "yishiyipin", "p1"),)
    two = (*one, held(HENAN, "yishiyipin", "p2"))

    assert [code for code, *_ in ask(HENAN, "yishiyipin", one, kept=frozenset())] == ["quota.not_known"]
    assert [code for code, *_ in ask(HENAN, "yishiyipin", two, kept=frozenset())] == ["quota.applied_full"]
    assert ask(HENAN, "yishiyipin", one, kept=frozenset({"holdings:henan-2023"})) == []


@pytest.mark.parametrize(("registered", "left"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_how_many_are_left(registered, left):
    path = path_of(HENAN, "yishiyipin")
    (limit,) = limits_of(effective(HENAN, path))
    asking = Asking(unit="甲", call=HENAN.id, year=2023, path=path)
    holdings = tuple(held(HENAN, "yishiyipin", f"p{n}") for n in range(registered))

    assert room(limit, asking, Records(holdings=holdings, kept=KEPT)).left == left
    assert room(limit, asking, Records(holdings=holdings)).left == (left if left == 0 else UNKNOWN)


@pytest.mark.parametrize(
    ("words", "per"),
    [
        ((), Per.LEAD),
        (("同一单位", "同一年度"), Per.LEAD),
        (("每年",), Per.LEAD),
        (("同一项目负责人",), Per.PERSON),
        (("参与单位",), Per.MEMBER),
        (("每个场地",), None),
    ],
)
def test_the_words_say_whose_projects_are_counted(words, per):
    assert whose(words) is per
