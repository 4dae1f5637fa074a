"""The performance table: rows from targets, points, scores, grades; expected numbers reckoned by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from keqiao.core.performance import (
    Advice,
    Course,
    Given,
    Grade,
    Level,
    Owed,
    Sublevel,
    conclude,
    grade_of,
    rows_of,
    sublevel_of,
    table_of,
)
from keqiao.core.programme.closing import Closing, Weights
from keqiao.core.programme.targets import Target
from keqiao.core.targets import Index, Record, Setting, Term, judge
from keqiao.core.targets.results import Alternatives, GroupResult, Judgement, Progress, Result
from keqiao.readers.fact_kinds import fact_words
from keqiao.readers.performance_words import performance_words

PLACES = performance_words()
DONE = Course(date(2023, 12, 31), date(2023, 12, 20), 5_000_000, 4_842_000)  # 5万元, 4.842万元 spent


def key(name):
    """The id of the target of this name."""
    return "t" + name.encode().hex()[:60]


def target(name="活动", value=10, **more):
    stated = {"id": key(name), "metric": name, "comparator": ">=", "value": value, "unit": "次", **more}
    return Target.model_validate(stated)


def result(name="活动", asked=10, has=10, progress=None, groups=(), **more):
    stated = target(name, asked, **more)
    state = progress or (Progress.MET if has is not None and has >= asked else Progress.MISSED)
    return Result(stated, state, asked, has, has, groups=groups)


def table(*results, course=DONE, closing=None, given=None, alternatives=(), places=None):
    judgement = Judgement(results, alternatives)
    return table_of(rows_of(judgement, course, PLACES, places), closing or Closing(), given)


def scores(made):
    return {each.row.name or each.row.key: each.score for part in made.parts for each in part.rows}


def points(made):
    return {part.level: part.points for part in made.parts}


def test_all_reached_is_a_hundred_but_for_what_was_not_spent():
    made = table(result("活动"), result("浏览量"), result("满意率", 90, 95, unit="%"))

    # 4.842 of 5 is 96.84 %: 9.684 of 10, rounded 9.68
    assert made.total == Decimal("99.68")
    assert made.grade is Grade.EXCELLENT
    assert points(made) == {
        Level.EXECUTION: 10,
        Level.OUTPUT: 50,
        Level.EFFECT: 30,
        Level.SATISFACTION: 10,
    }


def test_scores_are_cut_where_the_call_says_so():
    cut = Closing(rounding="truncated", decimals=2)
    course = Course(None, None, 10_000_000, 9_685_900)  # 96.859 %

    assert scores(table(result(), course=course, closing=cut))["execution"] == Decimal("9.68")
    assert scores(table(result(), course=course))["execution"] == Decimal("9.69")


def test_a_part_without_rows_leaves_its_points_and_says_so():
    made = table(result())

    assert points(made) == {Level.EXECUTION: 10, Level.OUTPUT: 90}
    assert [each.code for each in made.findings] == [
        "performance.no_satisfaction_rows",
        "performance.no_effect_rows",
    ]
    assert [each.values["points"] for each in made.findings] == ["10", "40"]


def test_a_project_without_money_has_no_rows_about_money():
    made = table(result(), course=Course(None, None, 0, None))

    assert list(scores(made)) == ["活动"]
    assert made.total == 100


def test_cost_is_a_part_of_its_own_where_the_form_has_it():
    weights = Weights(execution=10, output=40, cost=20, effect=20, satisfaction=10)
    made = table(result(), result("浏览量"), closing=Closing(weights=weights))

    assert points(made) == {Level.EXECUTION: 10, Level.OUTPUT: 40, Level.COST: 20, Level.EFFECT: 30}


def test_points_are_divided_to_the_last_decimal():
    made = table(result("a"), result("b"), result("c"), course=Course(None, None, 0, None))

    assert [each.points for each in made.parts[0].rows] == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]


@pytest.mark.parametrize(
    ("has", "score"),
    [(10, Decimal(100)), (9, Decimal(90)), (1, Decimal(10)), (0, Decimal(0))],
)
def test_what_is_not_reached_brings_its_share(has, score):
    assert table(result("活动", 10, has), course=Course(None, None, 0, None)).total == score


def test_of_a_cap_less_is_better():
    over = Result(target("时长", 3, comparator="<="), Progress.MISSED, 3, 4, 4)

    assert rows_of(Judgement((over,)), Course(None, None, 0, None), PLACES)[0].share == Fraction(3, 4)


def test_of_groups_the_share_that_reached_it_counts():
    groups = (
        GroupResult("甲县", 4, 4, Progress.MET),
        GroupResult("乙县", 0, 0, Progress.MISSED),
        GroupResult("丙县", 5, 5, Progress.MET),
        GroupResult("丁县", 4, 4, Progress.MET),
    )
    each = result("讲座", 4, 0, Progress.MISSED, groups=groups)

    assert rows_of(Judgement((each,)), Course(None, None, 0, None), PLACES)[0].share == Fraction(3, 4)


def test_numbers_that_reach_it_and_do_not_meet_it_need_a_person():
    each = result("活动", 10, 10, Progress.MISSED, comparator=">")

    assert rows_of(Judgement((each,)), Course(None, None, 0, None), PLACES)[0].share is None


def of_each_video(comparator, *minutes):
    """The row about the length of each video, of videos that are so long; None: nobody knows."""
    measure = {"kind": "sum", "facts": "work", "field": "minutes", "each": "work"}
    asked = target("视频时长", 3, comparator=comparator, unit="分钟", measure=measure)
    counted = {
        "kind": "work",
        "project": "p",
        "start": date(2023, 3, 1),
        "verified_by": "乙",
        "has_evidence": True,
    }
    videos = [
        Record(str(number), values={} if each is None else {"minutes": each}, **counted)
        for number, each in enumerate(minutes)
    ]
    setting = Setting("p", date(2024, 1, 1), Term(date(2023, 1, 1), date(2023, 12, 31)), 2023)
    (row,) = rows_of(
        judge([asked], Index(videos, fact_words()), setting), Course(None, None, 0, None), PLACES
    )
    return row


@pytest.mark.parametrize("comparator", [">=", "<="])
def test_the_length_of_each_video_needs_a_person_where_there_is_no_video_or_no_length(comparator):
    assert of_each_video(comparator, 3).share == 1
    for minutes in ([], [None], [3, None]):
        row = of_each_video(comparator, *minutes)
        assert row.share is None
        assert "performance.row_open" in [each.code for each in table_of([row], Closing()).findings]


def test_a_video_of_unknown_length_is_not_taken_for_one_that_missed_it():
    assert of_each_video(">=", 3, 1).share == Fraction(1, 2)
    assert of_each_video(">=", 3, 1, None).share is None


def test_of_alternatives_the_one_with_a_number_fills_the_row():
    nothing = Result(target("视频时长", 3, alternative_group="或"), Progress.MET, 3)
    made = table(nothing, result("挂图", 3, 3, alternative_group="或"), course=Course(None, None, 0, None))

    assert made.total == 100


def test_late_work_has_nothing_for_its_day():
    late = Course(date(2023, 12, 31), date(2024, 1, 1), 0, None)

    assert scores(table(result(), course=late)) == {"活动": Decimal(50), "timeliness": Decimal(0)}


def test_alternatives_share_a_row_that_the_best_fills():
    one = result("科普活动", 10, 2, alternative_group="或")
    other = result("线上活动", 5, 5, alternative_group="或")
    group = Alternatives("或", Progress.MET, (key("科普活动"), key("线上活动")))
    made = table(one, other, course=Course(None, None, 0, None), alternatives=(group,))

    assert made.total == 100
    assert [each.row.members for each in made.parts[0].rows] == [(key("科普活动"), key("线上活动"))]


def test_soft_and_optional_targets_have_no_row():
    made = table(
        result(),
        result("原则上", soft=True),
        result("可选", optional=True),
        course=Course(None, None, 0, None),
    )

    assert list(scores(made)) == ["活动"]


def test_an_open_row_keeps_total_and_grade_open():
    made = table(result("活动", 10, None, Progress.PERSON))

    assert (made.total, made.grade) == (None, None)
    assert [each.at for each in made.findings if each.code == "performance.row_open"] == [(key("活动"),)]


def test_what_is_given_by_hand_needs_a_reason_and_stays_within_the_row():
    course = Course(None, None, 0, None)
    row = result("活动", 10, None, Progress.PERSON)

    good = table(row, course=course, given={key("活动"): Given(Decimal(80), "有照片和签到")})
    assert good.total == 80
    for bad, code in (
        (Given(Decimal(101), "多"), "performance.given_outside"),
        (Given(Decimal(-1), "少"), "performance.given_outside"),
        (Given(Decimal(80), " "), "performance.given_without_reason"),
    ):
        made = table(row, course=course, given={key("活动"): bad})
        assert made.total is None
        assert code in [each.code for each in made.findings]
    stray = table(result(), course=course, given={"没有": Given(Decimal(1), "理由")})
    assert [each.code for each in stray.findings][-1] == "performance.no_such_row"


def test_far_above_has_to_be_explained():
    at, above = result("活动", 10, 13), result("活动", 10, 14)

    assert "performance.far_above" not in [each.code for each in table(at).findings]
    (found,) = [each for each in table(above).findings if each.code == "performance.far_above"]
    assert found.values["percent"] == "140.00"


def test_an_office_puts_a_row_elsewhere():
    made = table(result(), course=Course(None, None, 0, None), places={"timeliness": Sublevel.SOCIAL})
    assert points(made) == {Level.OUTPUT: 100}

    moved = table(
        result(), result("调研"), course=Course(None, None, 0, None), places={key("调研"): Sublevel.SOCIAL}
    )
    assert points(moved) == {Level.OUTPUT: 60, Level.EFFECT: 40}


@pytest.mark.parametrize(
    ("name", "unit", "place"),
    [
        ("满意度调查表", "份", Sublevel.QUANTITY),
        ("满意率", "%", Sublevel.SATISFACTION),
        ("原创性科普工作调研报告字数", "字", Sublevel.QUALITY),
        ("科普活动的覆盖面占全县（市、区）常住人口", "%", Sublevel.SOCIAL),
        ("全网浏览量", "人次", Sublevel.SOCIAL),
        ("线下活动", "次", Sublevel.QUANTITY),
    ],
)
def test_words_tell_the_place(name, unit, place):
    assert sublevel_of(target(name, 1, unit=unit), PLACES) is place


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", Grade.EXCELLENT),
        ("90", Grade.EXCELLENT),
        ("89.99", Grade.GOOD),
        ("80", Grade.GOOD),
        ("79.99", Grade.FAIR),
        ("60", Grade.FAIR),
        ("59.99", Grade.POOR),
    ],
)
def test_grades(total, grade):
    assert grade_of(Decimal(total)) is grade


def test_weights_add_up_to_a_hundred():
    with pytest.raises(ValueError, match="99"):
        Weights(execution=9)
    with pytest.raises(ValueError, match="fails lies above"):
        Closing(passes_from=60, fails_below=61)


REPORT = Owed("总结报告", has=True)
MARKS = Closing(passes_from=80, fails_below=60)


def advice(*results, papers=(REPORT,), closing=None):
    judgement, no_money = Judgement(results), Course(None, None, 0, None)
    made = table_of(rows_of(judgement, no_money, PLACES), closing or Closing())
    return conclude(judgement, made, papers, closing or Closing())


@pytest.mark.parametrize(
    ("has", "closing", "expected"),
    [
        (10, Closing(), Advice.PASSES),
        (9, Closing(), Advice.PERSON),
        (8, MARKS, Advice.PASSES),
        (7, MARKS, Advice.RECTIFY),
        (6, MARKS, Advice.RECTIFY),
        (5, MARKS, Advice.FAILS),
    ],
)
def test_what_is_advised(has, closing, expected):
    assert advice(result("活动", 10, has), closing=closing).advice is expected


def test_papers_are_asked_for_before_anything_is_concluded():
    found = advice(result("活动", 10, 5), papers=(Owed("总结报告", has=False),), closing=MARKS)

    assert found.advice is Advice.PAPERS
    assert [each.code for each in found.reasons] == [
        "performance.paper_missing",
        "performance.target_unmet",
        "performance.below_fail_mark",
    ]


@pytest.mark.parametrize(
    ("each", "papers", "code"),
    [
        (result("活动", 10, None, Progress.PERSON), (REPORT,), "performance.target_open"),
        (result(), (Owed("总结报告", has=None),), "performance.paper_open"),
    ],
)
def test_what_is_open_goes_to_a_person_first(each, papers, code):
    found = advice(each, papers=papers, closing=MARKS)

    assert found.advice is Advice.PERSON
    assert found.reasons[0].code == code
