"""A form changes while it is filled in: answers go with it, what has no place is kept, and all that moved is told."""

import pytest

from keqiao.core.forms.migrating import LEFT_OVER, left_over, migrate
from keqiao.readers.messages import say
from tests.core.forms.made import specification, told

NAME = {"id": "name", "kind": "text", "label": "项目名称"}
PEOPLE = {"id": "people", "kind": "number", "label": "受益人数", "unit": "人"}
WHEN = {"id": "when", "kind": "date", "label": "时间"}
CLASS = {"id": "class", "kind": "choice", "label": "类别", "options": ["A类", "B类"], "most_picks": 2}
TEAM = {
    "id": "team",
    "kind": "table",
    "label": "成员",
    "columns": [{"id": "n", "label": "姓名"}, {"id": "t", "label": "职称"}],
}
STAFF = {
    "id": "staff",
    "kind": "table",
    "label": "人员",
    "rows": ["专职", "兼职"],
    "columns": [{"id": "c", "label": "人数"}],
}
HEAD = {"id": "head", "kind": "person", "label": "负责人", "parts": ["name", "phone"]}


def moved(before, after, value, **more):
    """What becomes of an answer to one field."""
    return migrate(
        specification(before), specification(*([after] if after else [])), {before["id"]: value, **more}
    )


@pytest.mark.parametrize(
    ("before", "after", "value", "answers", "moves"),
    [
        (NAME, {**NAME, "label": "名称", "max_chars": 50}, "科普", {"name": "科普"}, []),
        (NAME, {**NAME, "kind": "long_text"}, "科普", {"name": "科普"}, []),
        (NAME, {**NAME, "id": "title"}, "科普", {"title": "科普"}, [("form.moved_renamed", ("title",))]),
        (NAME, {**PEOPLE, "id": "name"}, "1200人", {"name": 1200}, [("form.moved_retyped", ("name",))]),
        (PEOPLE, {**NAME, "id": "people"}, 1200, {"people": "1200人"}, [("form.moved_retyped", ("people",))]),
        (PEOPLE, {**PEOPLE, "unit": "人次"}, 1200, {"people": 1200}, [("form.moved_retyped", ("people",))]),
        (
            WHEN,
            {**WHEN, "precision": "month"},
            "2026-03-05",
            {"when": "2026-03", LEFT_OVER: "2026年3月5日"},
            [("form.moved_retyped", ("when",))],
        ),
        (
            WHEN,
            {**WHEN, "precision": "month"},
            "2026-13-05",
            {LEFT_OVER: "2026-13-05"},
            [("form.moved_unread", ("when",))],
        ),
        (
            {**WHEN, "precision": "month"},
            WHEN,
            "2026-03",
            {LEFT_OVER: "2026年3月"},
            [("form.moved_unread", ("when",))],
        ),
        (
            CLASS,
            {**CLASS, "options": ["A类", "C类"]},
            ["A类", "B类"],
            {"class": ["A类"], LEFT_OVER: "B类"},
            [("form.moved_option_removed", ("class",))],
        ),
        (
            CLASS,
            {**CLASS, "options": ["A类"], "other": True},
            ["B类"],
            {LEFT_OVER: "B类"},
            [("form.moved_option_removed", ("class",))],
        ),
        (
            TEAM,
            {**TEAM, "columns": [{"id": "m", "label": "姓名"}]},
            [{"n": "张三", "t": "教授"}],
            {"team": [{"m": "张三"}], LEFT_OVER: "教授"},
            [("form.moved_part_removed", ("team",))],
        ),
        (
            TEAM,
            {
                **TEAM,
                "columns": [{"id": "n", "label": "姓名"}, {"id": "t", "label": "职称", "kind": "number"}],
            },
            [{"n": "张三", "t": "教授"}, {"n": "李四", "t": "3"}],
            {"team": [{"n": "张三"}, {"n": "李四", "t": 3}], LEFT_OVER: "教授"},
            [("form.moved_unread", ("team",)), ("form.moved_retyped", ("team",))],
        ),
        (
            STAFF,
            {**STAFF, "rows": ["志愿者", "专职"]},
            [{"c": "3"}, {"c": "5"}],
            {"staff": [{}, {"c": "3"}], LEFT_OVER: "5"},
            [("form.moved_part_removed", ("staff",))],
        ),
        (
            HEAD,
            {**HEAD, "parts": ["name"]},
            {"name": "张三", "phone": "1", "id": "p"},
            {"head": {"name": "张三", "id": "p"}, LEFT_OVER: "1"},
            [("form.moved_part_removed", ("head",))],
        ),
        (NAME, None, "科普", {LEFT_OVER: "科普"}, [("form.moved_removed", ("name",))]),
        (NAME, None, "", {}, []),
    ],
)
def test_an_answer_goes_with_its_field(before, after, value, answers, moves):
    found = moved(before, after, value)
    left = found.answers.pop(LEFT_OVER, [])

    assert told(found.moves) == moves
    assert found.answers == {key: value for key, value in answers.items() if key != LEFT_OVER}
    assert [entry["text"] for entry in left] == ([answers[LEFT_OVER]] if LEFT_OVER in answers else [])
    assert [say(shown)[: len(before["label"]) + 1] for shown in left_over({LEFT_OVER: left})] == [
        f"“{before['label']}" for _entry in left
    ]
    assert all(entry["field"] == before["id"] for entry in left)
    assert all(say(move, "zh") and say(move, "en") for move in found.moves)


def test_what_was_left_over_comes_back_with_its_field():
    full, short = specification(NAME, WHEN), specification(NAME)
    answers = {"name": "科普", "when": "2026-03-05"}

    there = migrate(full, short, answers)
    back = migrate(short, full, there.answers)

    assert there.answers == {
        "name": "科普",
        LEFT_OVER: [{"field": "when", "label": "时间", "text": "2026年3月5日", "value": "2026-03-05"}],
    }
    assert (back.answers, back.moves) == (answers, ())


def test_what_is_left_over_stays_where_its_field_was_answered_anew():
    short, full = specification(NAME), specification(NAME, WHEN, PEOPLE)
    left = [
        {"field": "when", "label": "时间", "text": "旧", "value": "约三月"},
        {"field": "x", "value": 1},
        "broken",
    ]

    assert migrate(short, full, {LEFT_OVER: left}).answers == {LEFT_OVER: left}


def test_new_fields_are_told_and_answers_that_no_form_knows_stay():
    found = migrate(specification(NAME), specification(NAME, WHEN), {"name": "科普", "odd": 1})

    assert (found.answers, told(found.moves)) == (
        {"name": "科普", "odd": 1},
        [("form.moved_added", ("when",))],
    )


def test_a_limit_that_was_tightened_is_told_where_the_answer_breaks_it_now():
    old, new = specification({**NAME, "max_chars": 20}), specification({**NAME, "max_chars": 3})

    assert told(migrate(old, new, {"name": "科普大篷车"}).moves) == [("form.moved_tightened", ("name",))]
    assert told(migrate(old, new, {"name": "科普"}).moves) == []
    assert told(migrate(old, new, {"name": "长" * 30}).moves) == []


def test_targets_take_the_words_of_the_call_and_keep_what_was_promised():
    def asked(*targets):
        about = {"id": "a", "kind": "targets", "label": "指标"}
        return specification(about, category={"targets": targets})

    lectures = {"id": "t1", "metric": "讲座", "comparator": ">=", "value": 20, "unit": "场"}
    films = {"id": "t2", "metric": "短视频", "comparator": ">=", "value": 3, "unit": "部"}
    own = {"metric": "志愿者", "value": 30, "unit": "人"}
    rows = [
        {"target": "t1", "metric": "讲座", "op": ">=", "value": 20, "unit": "场"},
        {"target": "t2", "metric": "短视频", "value": 4, "unit": "部"},
        own,
    ]

    found = migrate(
        asked(lectures, films), asked({**lectures, "metric": "科普讲座", "value": 30}), {"a": rows}
    )

    assert found.answers == {
        "a": [{"target": "t1", "metric": "科普讲座", "op": ">=", "value": 20, "unit": "场"}, own],
        LEFT_OVER: [{"field": "a", "label": "指标", "text": "短视频 4部", "value": [rows[1]]}],
    }
    assert told(found.moves) == [("form.moved_target_removed", ("a",))]
