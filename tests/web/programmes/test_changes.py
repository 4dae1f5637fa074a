"""Differences in plain words: none is lost, and each says what people need."""

from collections import Counter
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings

from keqiao.core.programme import Programme, differences
from keqiao.core.programme.differences import Change
from keqiao.readers.programmes import load, shipped
from keqiao.web.programmes.changes.grouped import changes_of
from keqiao.web.programmes.changes.lines import Changes, Line
from tests.core.programme.definitions import programmes
from tests.core.programme.sound import SOUND, sound, with_change
from tests.core.workdays.calendars import SPRING_2025

FUNDING = {"kind": "fixed", "amount_fen": 15_000_000}

slow = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def lines_of(changes: Changes) -> list[Line]:
    return [line for place in changes.places for line in place.lines]


def told(changes: Changes) -> Counter:
    said = [*lines_of(changes), *changes.folded]
    return Counter(repr(difference) for each in said for difference in each.told)


def changed(**statements: Any) -> Programme:
    """The sound call in which the whole call says something else."""
    return Programme.model_validate({**deepcopy(SOUND), **statements})


def the_line(old: Programme, new: Programme) -> Line:
    (line,) = lines_of(changes_of(old, new))
    return line


@slow
@given(programmes(most_categories=2, deepest=2), programmes(most_categories=2, deepest=2))
def test_every_difference_is_told_once(one, other):
    assert told(changes_of(one, other)) == Counter(map(repr, differences(one, other)))


@slow
@given(programmes(most_categories=2, deepest=2), programmes(most_categories=2, deepest=2))
def test_every_line_says_what_changed(one, other):
    for language in ("zh-hans", "en"):
        with override(language):
            lines = lines_of(changes_of(one, other))
            assert [line for line in lines if line.before == line.after or not line.what] == []
            assert [line for line in lines if line.change is Change.ADDED and line.before] == []
            assert [line for line in lines if line.change is Change.REMOVED and line.after] == []


def every_leaf(values: Any, at: tuple = ()):
    """The place of every plain value of a definition."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from every_leaf(value, (*at, key))
    elif isinstance(values, list):
        for number, value in enumerate(values):
            yield from every_leaf(value, (*at, number))
    else:
        yield at


def other_value(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    try:
        return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    except ValueError:
        return f"{value}x"


def with_other_value(values: dict, at: tuple) -> dict:
    values = deepcopy(values)
    *way, last = at
    holder: Any = values
    for step in way:
        holder = holder[step]
    holder[last] = other_value(holder[last])
    return values


MARKS = {"source", "reading", "needs_answer", "invented", "documents", "id", "format"}
EVERY = 37  # values: enough to meet each kind of statement of a large call, and still quick


def unworded(old: Programme, every: int = 1) -> list[tuple]:
    """The places whose value can change without a line that says so (a mark: without being counted)."""
    values = old.model_dump(mode="json", exclude_defaults=True)
    found = []
    for at in list(every_leaf(values))[::every]:
        try:
            new = Programme.model_validate(with_other_value(values, at))
        except ValueError:
            continue  # no definition says that
        changes = changes_of(old, new)
        is_said = changes.folded or changes.places if MARKS.intersection(at) else changes.places
        if not is_said or told(changes) != Counter(map(repr, differences(old, new))):
            found.append(at)
    return found


def test_every_single_value_of_a_call_is_worded_when_it_changes():
    assert unworded(sound()) == []


@pytest.mark.parametrize("name", sorted(shipped()))
def test_values_of_the_five_calls_are_worded_when_they_change(name):
    assert unworded(load(name), EVERY) == []


def test_a_deadline_says_by_how_much_it_moved():
    line = the_line(sound(), changed(deadline={**SOUND["deadline"], "on": "2031-05-10"}))

    assert (line.what, line.before, line.after) == ("申报截止", "2031年4月30日", "2031年5月10日")
    assert (line.kind, line.note, line.is_important) == ("调整", "延后 10 天", True)


def test_a_moved_day_is_counted_in_working_days_where_the_year_is_announced():
    old, new = changed(completion={"on": "2025-01-24"}), changed(completion={"on": "2025-01-28"})
    unknown = changed(completion={"on": "2026-01-24"})

    (line,) = lines_of(changes_of(old, new, SPRING_2025))
    assert line.note == "延后 4 天（2 个工作日）"  # Sunday 26 January is worked, the 28th is a holiday
    (line,) = lines_of(changes_of(old, unknown, SPRING_2025))
    assert line.note == "延后 365 天"


def test_an_hour_alone_moves_no_day():
    line = the_line(sound(), changed(deadline={**SOUND["deadline"], "at": "17:30"}))

    assert (line.before, line.after, line.note) == ("2031年4月30日", "2031年4月30日 17:30", "")


def test_money_is_one_line_in_the_words_of_the_pages():
    new = with_change(("categories", 0, "categories", 0, "funding"), FUNDING | {"total_fen": 60_000_000})
    changes = changes_of(sound(), new)
    (place,) = changes.places

    assert (place.name, place.spot) == ("科普示范 / 示范基地", (("a", "a1"), ""))
    assert [(line.what, line.before, line.after) for line in place.lines] == [
        ("经费", "10万元/项，共 40万元", "15万元/项，共 60万元")
    ]


def test_a_target_is_worded_as_on_the_pages_and_what_that_leaves_out_by_its_field():
    old = sound()
    target = {"id": "t1", "metric": "讲座", "comparator": ">=", "value": 30, "unit": "场", "scope": "全年"}
    lines = lines_of(changes_of(old, with_change(("categories", 0, "categories", 0, "targets", 0), target)))

    assert [(line.what, line.before, line.after) for line in lines] == [
        ("绩效指标", "讲座 ≥ 24 场", "讲座 ≥ 30 场"),
        ("绩效指标“讲座” 计数范围", "", "全年"),
    ]


def test_a_rule_says_which_of_its_particulars_changed():
    line = the_line(sound(), with_change(("rules", 1, "max"), 3))

    assert (line.what, line.before, line.after) == ("限报数量“每单位限两项” 最多（项）", "2", "3")


def test_a_statement_that_comes_and_one_that_goes_are_told_as_such():
    line = the_line(sound(), changed(term=None))
    back = the_line(changed(term=None), sound())

    assert (line.kind, line.what, line.before, line.after) == ("删去", "实施期", "12 个月", "")
    assert (back.kind, back.before, back.after) == ("新增", "", "12 个月")


def test_a_new_category_says_what_it_offers():
    category = {"id": "c", "name": "科普短视频", "funding": {"kind": "fixed", "amount_fen": 3_000_000}}
    changes = changes_of(sound(), with_change(("categories", 2), category))
    (place,) = changes.places

    assert (place.name, place.lines[0].what, place.lines[0].kind) == ("科普短视频", "类别", "新增")
    assert place.lines[0].after == "科普短视频；经费：3万元/项"


def test_another_order_is_told_by_names():
    old = sound()
    line = the_line(old, old.model_copy(update={"categories": old.categories[::-1]}))

    names = [category.name for category in old.categories]
    assert (line.kind, line.before, line.after) == ("调整次序", "、".join(names), "、".join(names[::-1]))


def test_references_are_said_by_name():
    office = {"id": "office-2", "department": "学会部", "phones": ["0398-1234568"]}
    old = changed(office_list=[*SOUND["office_list"], office])
    new = changed(office_list=[*SOUND["office_list"], office], offices=["office-2"])

    assert [(line.before, line.after) for line in lines_of(changes_of(old, new))] == [("科普部", "学会部")]


def test_a_track_is_a_place_of_its_own():
    changes = changes_of(sound(), with_change(("tracks", 0, "deadline", "on"), "2031-05-20"))

    assert [(place.name, place.spot) for place in changes.places] == [("网上申报", ((), "online"))]


def test_marks_are_counted_and_not_shown():
    values = deepcopy(SOUND)
    values["deadline"]["source"] = {"clause": "四", "document": "notice"}
    values["term"]["reading"] = "按自然月计"
    values["documents"][0]["title"] = "申报通知（扫描件）"
    changes = changes_of(sound(), Programme.model_validate(values))

    assert changes.places == ()
    assert changes.folded_words == "另有 3 处标注变化（依据标注 2、读法说明 1）"


def test_spending_that_only_says_another_clause_is_counted_and_one_that_differs_is_one_change():
    old = changed(spending=[{"kinds": ["场地费"], "source": {"clause": "五"}}])
    moved = changed(spending=[{"kinds": ["场地费"], "source": {"clause": "六"}}])
    more = changed(spending=[{"kinds": ["场地费", "资料费"], "source": {"clause": "五"}}])

    assert [small.kind for small in changes_of(old, moved).folded] == ["source"]
    line = the_line(old, more)
    assert (line.what, line.kind) == ("经费用途", "调整")


def test_the_important_comes_first():
    changes = changes_of(
        sound(),
        changed(
            title="江州市2031年度科普项目申报指南（修订）",
            deadline={"on": "2031-05-10"},
            applicants={"kinds": ["县级学会"]},
            term={"months": 18},
        ),
    )
    (place,) = changes.places

    assert [line.what for line in place.lines] == ["申报截止", "实施期", "申报单位", "标题"]
    assert [line.what for _place, line in changes.important] == ["申报截止", "实施期", "申报单位"]


def test_what_concerns_one_category_is_its_own_and_what_stands_above_it():
    values = deepcopy(SOUND)
    values["deadline"]["on"] = "2031-05-01"
    values["tracks"][0]["deadline"]["on"] = "2031-05-20"
    values["categories"][0]["places"]["count"] = 8
    values["categories"][0]["categories"][0]["places"]["count"] = 5
    values["categories"][1]["name"] = "别的"
    changes = changes_of(sound(), Programme.model_validate(values))

    within = changes.within(("a", "a1"), "online")
    assert [place.name for place in within.places] == [
        "整个通知",
        "网上申报",
        "科普示范",
        "科普示范 / 示范基地",
    ]
    assert len(changes.places) == len(within.places) + 1


def test_english_pages_have_english_words():
    with override("en"):
        line = the_line(sound(), changed(deadline={**SOUND["deadline"], "on": "2031-05-10"}))

    assert (line.what, line.before, line.note) == ("Deadline", "30 Apr 2031", "10 days later")
