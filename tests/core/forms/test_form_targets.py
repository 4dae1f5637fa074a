"""Targets of the call stand fixed, alternatives need one, soft ones warn, own ones are measurable."""

import pytest

from keqiao.core.findings import Weight
from keqiao.core.forms.checking import faults
from keqiao.core.forms.prefilling import prefilled
from keqiao.core.forms.targets import target_rows
from keqiao.readers.messages import say
from tests.core.forms.made import specification, told

CLAUSE = {"clause": "附件1·二（三）"}
LECTURES = {"id": "t1", "metric": "科普讲座", "comparator": ">=", "value": 20, "unit": "场", "source": CLAUSE}
SCHOOLS = {"id": "t2", "metric": "进校园", "comparator": ">=", "value": 5, "unit": "场", "part_of": "t1"}
FILMS = {
    "id": "t3",
    "metric": "科普短视频",
    "comparator": ">=",
    "value": 3,
    "unit": "部",
    "alternative_group": "作品",
}
POSTERS = {
    "id": "t4",
    "metric": "科普挂图",
    "comparator": ">=",
    "value": 3,
    "unit": "幅",
    "alternative_group": "作品",
}
SHARE = {"id": "t5", "metric": "网络场次占比", "comparator": "<=", "value": 50, "unit": "%"}
AREA = {"id": "t6", "metric": "占地面积", "comparator": ">=", "value": 200, "unit": "亩", "soft": True}
ABOUT = {"id": "t7", "metric": "横版视频", "comparator": "~", "value": 20, "unit": "部", "soft": True}
EXACT = {"id": "t8", "metric": "研究报告", "comparator": "==", "value": 1, "unit": "份"}
MORE = {"id": "t9", "metric": "媒体报道", "comparator": ">=", "value": 3, "unit": "次", "optional": True}


def asked(*targets, rules=(), **field):
    """A form with one field of targets, in a category with these."""
    about = {"id": "a", "kind": "targets", "label": "绩效指标", **field}
    return specification(about, category={"targets": targets, "rules": rules})


def row(target, value, **more):
    return {"target": target, "value": value, **more}


def found(targets, rows, **field):
    return faults(asked(*targets, **field), {"a": rows})


def test_rows_are_those_of_the_call_at_their_bounds_and_then_ones_own():
    stated = asked(LECTURES, {**SHARE, "value": "12.5"})
    own = {"metric": "志愿者", "op": ">=", "value": 30, "unit": "人"}

    rows = target_rows(stated, [own, row("t1", 25, metric="讲座（改）", basis="每县市区4场"), row("gone", 1)])

    assert rows == (
        {"target": "t1", "metric": "科普讲座", "op": ">=", "value": 25, "unit": "场", "basis": "每县市区4场"},
        {"target": "t5", "metric": "网络场次占比", "op": "<=", "value": "12.5", "unit": "%"},
        own,
        row("gone", 1),
    )
    assert prefilled(stated, {})["a"] == list(target_rows(stated))
    assert told(faults(stated, prefilled(stated, {}))) == []


@pytest.mark.parametrize(
    ("targets", "rows"),
    [
        ([LECTURES], [row("t1", 20)]),
        ([LECTURES], [row("t1", "20.5")]),
        ([EXACT], [row("t8", 3)]),
        ([SHARE], [row("t5", 0)]),
        ([LECTURES, SCHOOLS], [row("t1", 20), row("t2", 20)]),
        ([FILMS, POSTERS], [row("t3", 3)]),
        ([FILMS, POSTERS], [row("t3", 0), row("t4", 4)]),
        ([FILMS, POSTERS], [row("t3", 1), row("t4", 3)]),
        ([MORE], [{"metric": "志愿者", "value": 1, "unit": "人"}]),
        ([], None),
        ([MORE], None),
    ],
)
def test_what_keeps_to_the_call_has_no_fault(targets, rows):
    assert told(found(targets, rows)) == []


@pytest.mark.parametrize(
    ("targets", "rows", "faulty"),
    [
        ([LECTURES], [row("t1", 19)], [("form.target_below", ("a", 0, "value"))]),
        ([LECTURES], [row("t1", "19.999999")], [("form.target_below", ("a", 0, "value"))]),
        ([LECTURES], [], [("form.target_missing", ("a",))]),
        ([LECTURES], [row("t1", None)], [("form.target_missing", ("a", 0, "value"))]),
        ([LECTURES], [row("t1", "二十场")], [("form.number_unreadable", ("a", 0, "value"))]),
        ([EXACT], [row("t8", 0)], [("form.target_below", ("a", 0, "value"))]),
        ([SHARE], [row("t5", 51)], [("form.target_above", ("a", 0, "value"))]),
        ([LECTURES], [row("t1", 20, unit="次")], [("form.target_locked", ("a", 0))]),
        ([LECTURES], [row("t1", 20, op="<=")], [("form.target_locked", ("a", 0))]),
        ([LECTURES], [row("t1", 20), row("t1", 5)], [("form.target_twice", ("a", 1))]),
        ([LECTURES], [row("t1", 20), row("x", 5)], [("form.target_unknown", ("a", 1))]),
        (
            [LECTURES, SCHOOLS],
            [row("t1", 20), row("t2", 21)],
            [("form.target_part_exceeds", ("a", 1, "value"))],
        ),
        ([FILMS, POSTERS], [row("t3", 2), row("t4", 2)], [("form.target_group_unmet", ("a", 0))]),
        ([FILMS, POSTERS], [], [("form.target_group_unmet", ("a",))]),
        ([LECTURES], "20场", [("form.shape", ("a",))]),
        ([LECTURES], [row("t1", 20), 5], [("form.shape", ("a", 1))]),
    ],
)
def test_what_breaks_the_call_is_refused(targets, rows, faulty):
    findings = found(targets, rows)

    assert told(findings) == faulty
    assert {finding.weight for finding in findings} == {Weight.REFUSE}


@pytest.mark.parametrize(
    ("target", "value"), [(AREA, 150), (ABOUT, 15), (MORE, 2)], ids=["as a rule", "about", "optional"]
)
def test_a_bound_that_is_soft_warns(target, value):
    [fault] = found([target], [row(target["id"], value)])

    assert (fault.code, fault.weight) == ("form.target_soft", Weight.WARN)


def test_a_value_below_the_minimum_is_refused_with_the_clause():
    [fault] = found([LECTURES], [row("t1", 19)])

    assert say(fault) == "指标“科普讲座”不得低于通知规定的20场，现为19场。请改为不低于20场。"
    assert fault.source is not None
    assert fault.source.clause == "附件1·二（三）"


def test_where_part_of_the_whole_may_be_asked_for_staff_settle_the_share():
    split = {"id": "r", "type": "split", "unit": "场", "summary": "可申报部分场次"}
    each = {**LECTURES, "id": "t0", "metric": "每场人数", "per": "每场", "unit": "人"}
    stated = asked(LECTURES, each, rules=[split])

    findings = faults(stated, {"a": [row("t1", 4), row("t0", 4)]})

    assert [(fault.code, fault.weight) for fault in findings] == [
        ("form.target_shared", Weight.ASK),
        ("form.target_below", Weight.REFUSE),
    ]


@pytest.mark.parametrize(
    ("rows", "faulty"),
    [
        ([{"metric": "志愿者", "op": ">=", "value": 30, "unit": "人"}], []),
        ([{"metric": "志愿者", "value": 30}], [("form.own_target_unmeasured", ("a", 0, "unit"))]),
        (
            [{"metric": "志愿者", "value": "很多", "unit": "人"}],
            [("form.own_target_unmeasured", ("a", 0, "value"))],
        ),
        ([{"value": 30, "unit": "人"}], [("form.cell_missing", ("a", 0, "metric"))]),
        ([{}], [("form.own_targets_few", ("a",))]),
        ([{"metric": "志愿者", "value": 1, "unit": "人"}] * 3, [("form.own_targets_many", ("a",))]),
    ],
)
def test_own_targets_have_a_number_and_a_unit(rows, faulty):
    assert told(found([], rows, own_least=1, own_most=2)) == faulty
