"""Two people edit one draft: what they did in different places is joined, what they did in one place is named."""

import pytest

from keqiao.core.forms.merging import Conflict, merge

PLAN = "第一段。\n第二段。\n第三段。"


def line(item, grant):
    return {"item": item, "grant": grant}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ({"a": "1"}, {"a": "2"}, {"a": "1", "b": "3"}, {"a": "2", "b": "3"}),
        ({"a": "1", "b": "2"}, {"a": "1"}, {"a": "3", "b": "2"}, {"a": "3"}),
        ({}, {"a": "同"}, {"a": "同"}, {"a": "同"}),
        (
            {"p": {"name": "张三"}},
            {"p": {"name": "张三", "phone": "1"}},
            {"p": {"name": "李四"}},
            {"p": {"name": "李四", "phone": "1"}},
        ),
        (
            {"t": PLAN},
            {"t": PLAN.replace("第一段", "改一")},
            {"t": PLAN.replace("第三段", "改三")},
            {"t": "改一。\n第二段。\n改三。"},
        ),
        ({"t": PLAN}, {"t": "前言\n" + PLAN}, {"t": PLAN + "\n结语"}, {"t": "前言\n" + PLAN + "\n结语"}),
        (
            {"b": [line("甲", 1), line("乙", 2)]},
            {"b": [line("甲", 5), line("乙", 2)]},
            {"b": [line("甲", 1), line("乙", 2), line("丙", 3)]},
            {"b": [line("甲", 5), line("乙", 2), line("丙", 3)]},
        ),
        (
            {"b": [line("甲", 1), line("乙", 2)]},
            {"b": [line("乙", 2), line("甲", 1)]},
            {"b": [line("甲", 9), line("乙", 2)]},
            {"b": [line("乙", 2), line("甲", 9)]},
        ),
        (
            {"b": [line("甲", 1), line("乙", 2)]},
            {"b": [line("甲", 1)]},
            {"b": [line("甲", 4), line("乙", 2)]},
            {"b": [line("甲", 4)]},
        ),
        (
            {"r": [{"n": "一", "c": 1}, {"n": "二"}]},
            {"r": [{"n": "一", "c": 5}, {"n": "二"}]},
            {"r": [{"n": "改", "c": 1}, {"n": "二"}]},
            {"r": [{"n": "改", "c": 5}, {"n": "二"}]},
        ),
        (
            {"r": [{"n": "一"}]},
            {"r": [{"n": "一"}, {"n": "我"}]},
            {"r": [{"n": "一"}, {"n": "你"}]},
            {"r": [{"n": "一"}, {"n": "我"}, {"n": "你"}]},
        ),
        (
            {"r": [{"n": "一"}, {"n": "二"}, {"n": "三"}]},
            {"r": [{"n": "二"}, {"n": "三"}]},
            {"r": [{"n": "一"}, {"n": "二"}, {"n": "叁"}]},
            {"r": [{"n": "二"}, {"n": "叁"}]},
        ),
        ({}, {"f": [{"file": "1"}]}, {"f": [{"file": "2"}]}, {"f": [{"file": "1"}, {"file": "2"}]}),
        (
            {"f": [{"file": "1"}, {"file": "2"}]},
            {"f": [{"file": "2"}]},
            {"f": [{"file": "1"}, {"file": "2"}, {"file": "3"}]},
            {"f": [{"file": "2"}, {"file": "3"}]},
        ),
        ({"c": ["甲", "乙"]}, {"c": ["甲", "乙", "丙"]}, {"c": ["甲"]}, {"c": ["甲", "丙"]}),
        ({"c": ["甲"]}, {"c": ["甲", "乙"]}, {"c": ["甲", "丙"]}, {"c": ["甲", "乙", "丙"]}),
        (
            {"version": "1"},
            {"version": "1", "digest": "x"},
            {"version": "2"},
            {"version": "2", "digest": "x"},
        ),
    ],
)
def test_changes_in_different_places_are_joined(base, mine, theirs, merged):
    assert (merge(base, mine, theirs).answers, merge(base, mine, theirs).conflicts) == (merged, ())


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged", "conflict"),
    [
        ({"a": "1"}, {"a": "2"}, {"a": "3"}, {"a": "2"}, Conflict(("a",), "1", "2", "3")),
        ({}, {"a": 1}, {"a": True}, {"a": 1}, Conflict(("a",), None, 1, True)),
        ({"a": 1}, {}, {"a": 2}, {}, Conflict(("a",), 1, None, 2)),
        (
            {"p": {"name": "张", "phone": "1"}},
            {"p": {"name": "李", "phone": "2"}},
            {"p": {"name": "王", "phone": "1"}},
            {"p": {"name": "李", "phone": "2"}},
            Conflict(("p", "name"), "张", "李", "王"),
        ),
        (
            {"t": PLAN},
            {"t": PLAN.replace("第一", "甲").replace("第二", "乙")},
            {"t": PLAN.replace("第一", "丙") + "\n结语"},
            {"t": "甲段。\n乙段。\n第三段。\n结语"},
            Conflict(("t",), PLAN, "甲段。\n乙段。\n第三段。", "丙段。\n第二段。\n第三段。\n结语"),
        ),
        (
            {"b": [line("甲", 1)]},
            {"b": [line("甲", 2)]},
            {"b": [line("甲", 3)]},
            {"b": [line("甲", 2)]},
            Conflict(("b", 0, "grant"), 1, 2, 3),
        ),
        (
            {"r": [{"n": "零"}, {"n": "一"}]},
            {"r": [{"n": "零"}, {"n": "二"}]},
            {"r": [{"n": "零"}, {"n": "三"}]},
            {"r": [{"n": "零"}, {"n": "二"}]},
            Conflict(("r", 1, "n"), "一", "二", "三"),
        ),
        (
            {"r": [{"n": "一"}]},
            {"r": []},
            {"r": [{"n": "三"}]},
            {"r": []},
            Conflict(("r", 0), [{"n": "一"}], [], [{"n": "三"}]),
        ),
        (
            {"c": ["甲"]},
            {"c": ["乙"]},
            {"c": ["丙"]},
            {"c": ["乙"]},
            Conflict(("c",), ["甲"], ["乙"], ["丙"]),
        ),
        (
            {"g": {"version": "1", "by": "a"}},
            {"g": {"version": "2", "by": "a"}},
            {"g": {"version": "1", "by": "b"}},
            {"g": {"version": "2", "by": "a"}},
            Conflict(
                ("g",), {"version": "1", "by": "a"}, {"version": "2", "by": "a"}, {"version": "1", "by": "b"}
            ),
        ),
        (
            {"f": [{"file": "1", "digest": "d"}]},
            {"f": [{"file": "1", "digest": "e"}]},
            {"f": [{"file": "1", "digest": "f"}]},
            {"f": [{"file": "1", "digest": "e"}]},
            Conflict(
                ("f", 0),
                {"file": "1", "digest": "d"},
                {"file": "1", "digest": "e"},
                {"file": "1", "digest": "f"},
            ),
        ),
    ],
)
def test_changes_in_one_place_are_named_and_mine_stands(base, mine, theirs, merged, conflict):
    found = merge(base, mine, theirs)

    assert (found.answers, found.conflicts) == (merged, (conflict,))


def test_a_text_of_thousands_of_paragraphs_is_not_aligned_but_named():
    base = "\n" * 50_000

    found = merge({"t": base}, {"t": base + "我"}, {"t": "你" + base})

    assert [conflict.at for conflict in found.conflicts] == [("t",)]
