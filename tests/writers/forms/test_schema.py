"""The JSON Schema of answers: what the core takes is valid, what has another type or size is not."""

import copy
import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from keqiao.core.findings import Weight
from keqiao.core.forms.checking import field_faults
from keqiao.core.forms.conditions import content
from keqiao.core.forms.typed import read
from keqiao.core.programme.forms.fields import ComputedField, HeadingField
from keqiao.writers.forms.schema import answers_schema
from tests.writers.forms.specifications import asking, of_the_calls, one_of_each_form

FORMS = {specification.form.id: (specification, said) for specification, said in one_of_each_form()}


def errors(specification, answers, *, is_draft=False):
    """Where the answers break the schema."""
    found = validator(specification, is_draft=is_draft).iter_errors(json.loads(json.dumps(answers)))
    return [tuple(error.absolute_path) for error in found]


@cache
def validator(specification, *, is_draft):
    return Draft202012Validator(answers_schema(specification, is_draft=is_draft))


def is_valid(field, value):
    return errors(asking({"id": "it", "label": "它", **field}), {"it": value}) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_schema_is_one_and_a_complete_application_is_valid(form):
    specification, said = FORMS[form]

    Draft202012Validator.check_schema(answers_schema(specification))

    assert errors(specification, content(specification, said)) == []


def test_so_it_is_in_every_category_of_the_five_calls():
    wrong = [
        specification.path
        for specification, said in of_the_calls()
        if errors(specification, content(specification, said), is_draft=True)
    ]

    assert wrong == []


@pytest.mark.parametrize("form", FORMS)
def test_an_application_that_lacks_one_required_answer_is_not_valid_but_may_be_a_draft(form):
    specification, said = FORMS[form]
    whole = content(specification, said)

    for needed in answers_schema(specification)["required"]:
        lacking = {key: value for key, value in whole.items() if key != needed}
        assert (errors(specification, lacking), errors(specification, lacking, is_draft=True)) == ([()], [])


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ({"kind": "text", "max_chars": 3}, ["甲乙丙", "𠀀𠀁𠀂"], ["甲乙丙丁", "", 3, None, ["甲"], "甲\x07"]),
        ({"kind": "long_text", "max_chars": 3}, ["甲\n\n\n乙\n丙"], ["甲\n乙丙\n丁"]),
        ({"kind": "text", "min_chars": 2}, ["甲乙"], ["甲"]),
        ({"kind": "number", "least": 1, "most": 9}, [1, 9], [0, 10, "5", 5.5, True, "五"]),
        ({"kind": "number", "decimals": 2}, [12, "12.5", "-0.25"], ["12.50", "12.555", 12.5, "12", "1e3"]),
        ({"kind": "money", "unit": "万元", "decimals": 2}, [0, 50_000_000, 10_000], [5_000, -100, "5万元", 0.5]),
        ({"kind": "money", "least_fen": 100, "most_fen": 200}, [100, 200], [99, 201]),
        ({"kind": "date"}, ["2026-11-22"], ["2026-11", "2026-13-01", "0226-11-22", "2026年11月22日", 20261122]),
        ({"kind": "date", "precision": "month"}, ["2026-11"], ["2026-11-22", "2026"]),
        ({"kind": "period"}, [{"from": "2026-01", "to": "2026-12"}], [{"from": "2026-01"}, "2026-01", {}]),
        ({"kind": "choice", "options": ["甲", "乙"]}, [["甲"]], ["甲", ["甲", "乙"], ["丙"], []]),
        ({"kind": "choice", "options": ["甲"], "other": True}, [["社区"]], [["其他"], ["社区", "学校"], [7]]),
        (
            {"kind": "choice", "options": ["甲", "乙"], "other": True, "most_picks": None},
            [["甲", "乙", "社区"]],
            [["甲", "社区", "学校"], ["甲", "甲"]],
        ),
        ({"kind": "region"}, ["411202", "411202100"], ["4112", "三门峡", 411202]),
        ({"kind": "person", "parts": ["name"]}, [{"name": "甲"}], [{}, {"name": ""}, {"name": "甲", "age": 3}, "甲"]),
        ({"kind": "unit", "parts": ["name", "staff"]}, [{"name": "甲", "staff": 9}], [{"name": "甲", "staff": "9人"}]),
        ({"kind": "pledge", "words": ["属实。"]}, [{"version": "1", "by": "甲", "on": "2026-01-01"}], [True, {}]),
        ({"kind": "file"}, [[{"file": "0f"}]], [[], "a.pdf", [{"name": "a.pdf"}], [{"file": "0f"}, {"file": "1f"}]]),
        (
            {"kind": "file", "numbered": True},
            [[{"file": "0f", "number": "1号", "date": "2026-01-01"}]],
            [[{"file": "0f"}]],
        ),
    ],
)  # fmt: skip
def test_each_kind_of_field_takes_its_own_values_only(field, good, bad):
    assert [value for value in good if not is_valid(field, value)] == []
    assert [value for value in bad if is_valid(field, value)] == []


TABLE = {
    "kind": "table",
    "least": 1,
    "most": 2,
    "columns": [
        {"id": "name", "label": "姓名"},
        {"id": "fee", "label": "费用", "kind": "money", "required": False},
    ],
}


@pytest.mark.parametrize(
    ("rows", "is_right"),
    [
        ([{"name": "甲"}], True),
        (
            [{"name": "甲"}, {}, {"name": "乙", "fee": 100}],
            True,
        ),  # an empty row keeps its place and does not count
        ([{}], False),
        ([{"fee": 100}], False),
        ([{"name": "甲", "fee": "100元"}], False),
        ([{"name": "甲"}] * 3, False),
        ({"name": "甲"}, False),
    ],
)
def test_rows_of_a_free_table(rows, is_right):
    assert is_valid(TABLE, rows) == is_right


@pytest.mark.parametrize(("count", "is_right"), [(1, False), (2, True), (3, False)])
def test_fixed_rows_are_all_there(count, is_right):
    assert is_valid({**TABLE, "rows": ["第一年", "第二年"]}, [{"name": "甲"}] * count) == is_right


def test_what_hangs_on_a_condition_is_never_required():
    shown_if = {"kind": "filled", "field": "a"}
    specification = asking(
        {"id": "a", "label": "甲", "required": False},
        {"id": "b", "label": "乙", "shown_if": shown_if},
        {"id": "part", "kind": "heading", "label": "部分", "shown_if": shown_if},
        {"id": "c", "label": "丙"},
        {"id": "d", "label": "丁", "office_only": True},
    )

    assert answers_schema(specification)["required"] == []
    assert errors(specification, {"b": "乙", "c": "丙"}) == []
    assert errors(specification, {"d": "丁"}) == [()]


def test_what_the_call_has_fixed_in_a_target_cannot_be_changed():
    specification, said = next(each for each in of_the_calls() if each[0].targets)
    rows = copy.deepcopy(said["targets"])
    rows[0] |= {"metric": "别的指标"}

    assert errors(specification, {"targets": said["targets"]}, is_draft=True) == []
    assert errors(specification, {"targets": rows}, is_draft=True) == [("targets", 0, "metric")]


typed = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["12", "1.5万", "5万元", "2026年3月", "2026-03-01", "√A类", "是", "411202", "１２人",
                     "2026年1月—2026年5月"]),
)  # fmt: skip


@given(data=st.data())
def test_what_was_typed_and_has_no_fault_is_valid(data):
    specification, _ = data.draw(st.sampled_from(one_of_each_form()))
    simple = [
        each
        for each in specification.fields
        if not each.office_only and not isinstance(each, HeadingField | ComputedField)
    ]
    field = data.draw(st.sampled_from(simple))
    answers = {field.id: read(field, data.draw(typed)).value}
    if answers[field.id] is None:
        return

    refused = [
        each for each in field_faults(specification, answers, field.id) if each.weight is Weight.REFUSE
    ]

    if not refused and field.id in content(specification, answers):
        assert errors(specification, answers, is_draft=True) == []


def leaves(value, at=()):
    """Every place in the answers where a simple value stands."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in pairs:
            yield from leaves(each, (*at, key))
    else:
        yield at


WRONG = [None, "", 1.5, True, {}, {"a": 1}, [[]], "\x00"]


@pytest.mark.parametrize("form", FORMS)
def test_a_value_of_another_type_is_told_at_its_place(form):
    specification, said = FORMS[form]
    whole = content(specification, said)

    for number, place in enumerate([*leaves(whole)][::3]):
        for wrong in {0: WRONG}.get(number % 7, WRONG[number % 3 :: 3]):
            changed = copy.deepcopy(whole)
            inside = changed
            for key in place[:-1]:
                inside = inside[key]
            is_free = isinstance(inside, dict) and place[-1] in {"size", "name", "number"}
            inside[place[-1]] = wrong
            if not is_free:
                assert errors(specification, changed), (place, wrong)
