"""What judging says besides the verdicts of ``by_hand.yaml``: windows, sharing, unknown things, speed."""

from datetime import date, timedelta
from fractions import Fraction
from time import process_time

import pytest

from keqiao.core.programme.targets import Target
from keqiao.core.targets import Index, Record, Setting, Term, judge
from keqiao.core.targets.keys import key_of_link, key_of_words
from keqiao.core.targets.windows import months_later, periods
from keqiao.readers.fact_kinds import fact_words

TERM = Term(date(2023, 1, 1), date(2023, 12, 31))
SETTING = Setting("p", date(2023, 6, 1), TERM, 2023)


def target(**stated):
    return Target.model_validate({"id": "t", "metric": "活动", "comparator": ">=", "value": 2, **stated})


def record(number, **more):
    given = {
        "kind": "activity",
        "project": "p",
        "start": date(2023, 3, 1),
        "verified_by": "乙",
        "has_evidence": True,
    }
    return Record(id=f"r{number}", **{**given, **more})


def judged(asked, *records, setting=SETTING):
    return judge([asked], Index(records, fact_words()), setting).of("t")


def codes(result):
    return {near.record: [reason.code for reason in near.reasons] for near in result.nearly}


COUNT = {"kind": "count", "facts": "activity"}


def test_each_reason_why_a_record_does_not_count_is_said_at_once():
    late = record(1, start=date(2024, 2, 1), verified_by=None, has_evidence=False)

    result = judged(target(measure=COUNT), late, record(2))

    assert result.counting == ("r2",)
    assert codes(result) == {
        "r1": ["target_record.not_verified", "target_record.no_evidence", "target_record.too_late"]
    }


def test_a_record_of_another_thing_is_not_nearly_counted():
    talks = {**COUNT, "where": [{"of": "kind", "among": ["讲座"]}]}

    result = judged(
        target(measure=talks), record(1, values={"kind": "展览"}), record(2, values={"kind": "讲 座"})
    )

    assert (result.counting, result.nearly) == (("r2",), ())


def test_the_smaller_grade_is_the_better_one():
    graded = {"kind": "count", "facts": "attendance", "where": [{"of": "grade", "op": ">=", "value": 2}]}
    people = [record(grade, kind="attendance", values={"grade": grade}) for grade in (1, 2, 3)]

    assert judged(target(measure=graded), *people).counting == ("r1", "r2")


def test_media_are_ranked_and_an_unranked_one_needs_a_person():
    ranked = {
        "kind": "count",
        "facts": "media_report",
        "where": [{"of": "level", "op": ">=", "value": "市级"}],
    }
    levels = ["县级", "市级", "国家级", "市科协网站"]
    reports = [record(n, kind="media_report", values={"level": level}) for n, level in enumerate(levels)]

    result = judged(target(value=3, measure=ranked), *reports)

    assert (result.counting, result.progress, result.most) == (("r1", "r2"), "person", 3)


def test_a_record_of_another_project_of_the_same_payer_counts_only_where_the_office_says_so():
    lent = record(1, project="q", payer="市科协", shared_with=frozenset({"p"}))
    one = target(value=1, measure=COUNT)
    paid = Setting("p", date(2023, 6, 1), TERM, payer="市科协")
    shared = Setting("p", date(2023, 6, 1), TERM, payer="市科协", shares_of_one_payer=True)

    assert codes(judged(one, lent, setting=paid)) == {"r1": ["target_record.same_payer"]}
    assert judged(one, lent, setting=shared).counting == ("r1",)
    assert judged(one, lent, setting=Setting("p", date(2023, 6, 1), TERM, payer="省科协")).counting == ("r1",)


def test_a_target_without_a_measure_is_decided_by_a_person_before_the_document_of_its_name():
    plan = record(1, kind="document", values={"kind": "活动"})

    result = judged(target(), plan)

    assert (result.progress, result.value, result.counting) == ("person", None, ("r1",))
    assert [remark.code for remark in result.remarks] == ["target_result.unmeasured"]


@pytest.mark.parametrize(
    ("setting", "stated", "remark"),
    [
        (Setting("p", date(2023, 6, 1)), {}, "target_result.term_unknown"),
        (SETTING, {"scope": "建站以来"}, "target_result.scope_unknown"),
        (Setting("p", date(2023, 6, 1), TERM), {"scope": "年内"}, "target_result.year_unknown"),
        (SETTING, {"by": date(2022, 1, 1)}, "target_result.window_empty"),
    ],
)
def test_without_a_known_window_nothing_is_counted_and_nothing_is_refused(setting, stated, remark):
    result = judged(target(measure=COUNT, **stated), record(1), record(2), setting=setting)

    assert (result.progress, result.value, result.most) == ("person", 0, 2)
    assert [each.code for each in result.remarks] == [remark]


def test_areas_that_nobody_listed_need_a_person_and_a_number_of_them_is_enough_to_miss_one():
    each = target(value=1, measure={**COUNT, "each": "county"})
    held = record(1, areas={"county": "640104"})
    two = Setting("p", date(2023, 6, 1), TERM, area_counts={"county": 2})

    assert judged(each, held).progress == "person"
    assert judged(each, held, setting=two).progress == "behind"
    assert judged(each, held, record(2, areas={"county": "640105"}), setting=two).progress == "met"


def test_a_floor_for_each_county_holds_besides_the_total():
    floored = {**COUNT, "group_floor": {"by": "county", "floor": 1}}
    setting = Setting("p", date(2023, 6, 1), TERM, areas={"county": ("a", "b")})
    both = [record(1, areas={"county": "a"}), record(2, areas={"county": "a"})]

    assert judged(target(measure=floored), *both, setting=setting).progress == "behind"
    assert (
        judged(target(measure=floored), *both, record(3, areas={"county": "b"}), setting=setting).progress
        == "met"
    )


@pytest.mark.parametrize(
    ("kind", "days", "expected"),
    [
        ("month", (date(2023, 1, 31), date(2023, 3, 31)), [(2023, 2, 1), (2023, 3, 1)]),
        ("week", (date(2023, 1, 3), date(2023, 1, 15)), [(2023, 1, 9)]),
        ("half_year", (date(2023, 8, 31), date(2024, 8, 30)), [(2023, 8, 31), (2024, 2, 29)]),
        ("year", (date(2023, 3, 1), date(2023, 10, 30)), [(2023, 3, 1)]),
    ],
)
def test_periods_are_the_complete_ones_and_one_where_none_is(kind, days, expected):
    assert [period.start for period in periods(kind, Term(*days))] == [date(*day) for day in expected]


def test_months_end_with_their_last_day():
    assert months_later(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert months_later(date(2023, 11, 30), 3) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("one", "other"),
    [("https://www.kczg.org.cn/a/1/", "http://kczg.org.cn/a/1#top"), ("KCZG.org.cn/a", "kczg.ORG.cn/a/")],
)
def test_links_to_one_page_are_one(one, other):
    assert key_of_link(one) == key_of_link(other)
    assert key_of_link("a.cn/A") != key_of_link("a.cn/a")
    assert key_of_words("ＡＩ 论坛") == key_of_words("ai论坛")


@pytest.mark.parametrize("value", [1.5, -1, True])
def test_a_record_refuses_numbers_that_are_no_counts(value):
    with pytest.raises(ValueError, match="participants"):
        record(1, values={"participants": value})


def test_two_records_of_one_id_are_refused():
    with pytest.raises(ValueError, match="r1"):
        Index([record(1), record(1)], fact_words())


def test_shares_are_exact():
    share = {"kind": "ratio", "facts": "activity", "field": "participants", "denominator": "人口"}
    setting = Setting("p", date(2023, 6, 1), TERM, figures={"人口": 3})

    assert judged(
        target(measure=share), record(1, values={"participants": 1}), setting=setting
    ).value == Fraction(100, 3)


def test_hundreds_of_targets_over_ten_thousand_records_take_a_second():
    kinds = [f"活动{number}" for number in range(40)]
    records = [
        record(
            n,
            start=TERM.start + timedelta(days=n % 400),
            values={"kind": kinds[n % 40], "participants": n % 300},
        )
        for n in range(10_000)
    ]
    where = [{"of": "participants", "op": ">=", "value": 50}]
    targets = [
        target(id=f"t{n}", measure={**COUNT, "where": [{"of": "kind", "among": [kinds[n % 40]]}, *where]})
        for n in range(300)
    ]
    begun = process_time()

    judgement = judge(targets, Index(records, fact_words()), SETTING)

    assert process_time() - begun < 2  # a second where the machine has nothing else to do
    assert len(judgement.results) == 300
