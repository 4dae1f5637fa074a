"""What follows a failure or a breach, in the words of the three calls that say so."""

from datetime import date

import pytest

from keqiao.core.programme import effective
from keqiao.core.programme.tree import leaves
from keqiao.core.rules.consequences import Breach, Hit, consequences_of, every_consequence, last_day
from keqiao.readers.breach_words import breach_names, breach_words
from keqiao.readers.programmes import load

DAY = date(2024, 1, 10)


def paths(programme):
    return [path for path, _category in leaves(load(programme))]


def rules_of(programme, path):
    return effective(load(programme), path).rules


def told(programme, path, breach):
    return [
        (each.rule, each.effect, each.hits, each.until, each.what, each.source.clause)
        for each in consequences_of(rules_of(programme, path), breach, DAY, breach_words())
    ]


def kepu():
    """The first category of the track 科普项目."""
    return next(path for path in paths("sanmenxia-2023") if path[0].startswith("kepu"))


def test_sanmenxia_bars_unit_and_leader_for_three_years():
    # 通知一（二）2：结项验收或绩效考评不合格，单位和项目主持人三年内不得申报新的科普项目
    hits = ((Hit.UNIT, "单位"), (Hit.LEADER, "项目主持人"))

    assert told("sanmenxia-2023", kepu(), Breach.FAILED) == [
        ("kepu.r6", "ban", hits, date(2027, 1, 10), "新的科普项目", "通知一（二）2")
    ]
    assert told("sanmenxia-2023", kepu(), Breach.FRAUD) == []


def test_hunan_bars_the_unit_for_fraud_and_takes_the_right_to_apply_for_subcontracting():
    # 二3：弄虚作假的连续3年取消申报资格；一5：转包的取消申报资格，没有期限
    assert told("hunan-2022", paths("hunan-2022")[0], Breach.FRAUD) == [
        ("general.r12", "ban", ((Hit.UNIT, "单位"),), date(2027, 1, 10), "申报资格", "二3")
    ]
    assert told("hunan-2022", paths("hunan-2022")[0], Breach.SUBCONTRACTED) == [
        ("general.r6", "revoke", ((Hit.UNIT, "单位"),), None, "申报资格", "一5")
    ]


def test_jining_takes_the_hosting_right_for_this_item():
    # 通知三3：不按申报标准开展活动的取消承办资格
    assert told("jining-2023", paths("jining-2023")[0], Breach.BELOW_STANDARD) == [
        ("general.r14", "revoke", ((Hit.UNIT, "单位"),), None, "承办资格", "通知三3")
    ]


@pytest.mark.parametrize("programme", ["henan-2023", "yinchuan-2022"])
def test_the_others_threaten_nothing(programme):
    for path in paths(programme):
        assert list(every_consequence(rules_of(programme, path), DAY, breach_words())) == []


@pytest.mark.parametrize(
    ("since", "years", "until"),
    [
        (date(2020, 4, 10), 3, date(2023, 4, 10)),
        (date(2023, 12, 31), 1, date(2024, 12, 31)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
    ],
)
def test_years_end_on_the_day_of_the_same_number(since, years, until):
    assert last_day(since, years) == until


def test_unknown_words_go_to_a_person():
    words = breach_words()

    assert words.breach("造成不良影响") is Breach.OTHER
    assert words.hit("相关责任方") is Hit.PERSON
    assert set(breach_names()) == set(Breach)
