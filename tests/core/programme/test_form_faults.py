"""Faults of forms: each planted fault is found where it stands, and sound forms have none."""

from typing import Any

import pytest

from keqiao.core.findings import Weight
from keqiao.core.programme import Programme, validate
from keqiao.readers import programmes, ready_forms
from keqiao.readers.messages import say

PICK = {"id": "pick", "kind": "choice", "label": "方向", "options": ["甲", "乙"]}
TEAM = {
    "id": "team",
    "kind": "table",
    "label": "成员",
    "columns": [{"id": "name", "label": "姓名"}, {"id": "days", "label": "天数", "kind": "number"}],
}
NAME = {"id": "name", "kind": "text", "label": "名称"}
SOUND = [NAME, PICK, TEAM]


def findings(*fields: dict[str, Any], **form: Any) -> list[tuple[str, tuple]]:
    stated = {"id": "f", "title": "申报书", "fields": fields, **form}
    programme = {
        "id": "x",
        "title": "通知",
        "forms": [stated],
        "form": "f",
        "categories": [{"id": "c", "name": "类"}],
    }
    found = [each for each in validate(Programme.model_validate(programme)) if each.at[:1] == ("forms",)]
    assert {each.weight for each in found} <= {Weight.REFUSE}
    assert all(say(each, language) for each in found for language in ("zh", "en"))
    return [(each.code.removeprefix("programme."), each.at[2:]) for each in found]


def chosen(field: str, *options: str) -> dict[str, Any]:
    return {"kind": "chosen", "field": field, "options": list(options)}


def adds_up(path: str) -> dict[str, Any]:
    return {"kind": "compares", "left": {"sum_of": path}, "op": "<=", "right": {"fixed": 5}}


def test_a_sound_form_has_no_faults():
    shown = {**NAME, "id": "more", "shown_if": chosen("pick", "甲")}
    check = {"id": "k", "says": "天数不超过5", "at": "team", "holds": adds_up("team.days")}

    assert findings(*SOUND, shown, checks=[check]) == []


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (NAME, "form_id_repeated"),
        ({**NAME, "id": "x", "shown_if": chosen("gone", "甲")}, "form_path_missing"),
        ({**NAME, "id": "x", "shown_if": chosen("team.gone", "甲")}, "form_path_missing"),
        ({**NAME, "id": "x", "shown_if": chosen("pick", "丙")}, "form_option_missing"),
        ({**NAME, "id": "x", "shown_if": {"kind": "filled", "field": "x"}}, "form_condition_of_itself"),
        (
            {"id": "x", "kind": "file", "label": "附件", "required_if": chosen("gone", "甲")},
            "form_path_missing",
        ),
        ({"id": "x", "kind": "computed", "label": "合计", "sum_of": ["gone"]}, "form_path_missing"),
        ({"id": "x", "kind": "computed", "label": "合计", "sum_of": ["team.name"]}, "form_sum_of_words"),
        ({"id": "x", "kind": "choice", "label": "选"}, "form_choice_empty"),
        ({"id": "x", "kind": "table", "label": "表"}, "form_table_empty"),
        ({**TEAM, "id": "x", "columns": [TEAM["columns"][0]] * 2}, "form_id_repeated"),
        ({**TEAM, "id": "x", "columns": [{"id": "a", "label": "选", "kind": "choice"}]}, "form_choice_empty"),
        (
            {**TEAM, "id": "x", "columns": [{"id": "a", "label": "积", "kind": "computed"}]},
            "form_column_uncomputed",
        ),
        (
            {
                **TEAM,
                "id": "x",
                "columns": [{"id": "a", "label": "积", "kind": "computed", "computed": "sum", "of": ["b"]}],
            },
            "form_path_missing",
        ),
        ({"id": "x", "kind": "person", "label": "人", "parts": []}, "form_nothing_asked"),
        ({"id": "x", "kind": "number", "label": "数", "least": 3, "most": 2}, "form_bounds_crossed"),
        ({**NAME, "id": "x", "min_chars": 30, "max_chars": 20}, "form_bounds_crossed"),
        ({**PICK, "id": "x", "least_picks": 3, "most_picks": None}, "form_bounds_crossed"),
        ({"id": "x", "kind": "targets", "label": "指标", "own_most": 0}, "form_targets_missing"),
    ],
    ids=str,
)
def test_a_fault_of_a_field_is_found_where_it_stands(field, code):
    assert findings(*SOUND, field) == [(code, ("fields", 3))]


@pytest.mark.parametrize(
    ("check", "code"),
    [
        ({"at": "gone", "holds": adds_up("team.days")}, "form_path_missing"),
        ({"at": "team", "holds": adds_up("team.name")}, "form_sum_of_words"),
        ({"at": "team", "holds": adds_up("team.days"), "when": chosen("pick", "丙")}, "form_option_missing"),
        (
            {"at": "team", "holds": {"kind": "otherwise", "part": chosen("gone", "甲")}},
            "form_path_missing",
        ),
    ],
    ids=str,
)
def test_a_fault_of_a_check_is_found_where_it_stands(check, code):
    assert findings(*SOUND, checks=[{"id": "k", "says": "核对", **check}]) == [(code, ("checks", 0))]


def test_a_blank_of_the_offices_document_names_a_field_of_the_form():
    paper = {"file": "0" * 64, "blanks": [{"field": "name", "table": 0}, {"field": "gone", "table": 0}]}

    assert findings(*SOUND, paper=paper) == [("form_path_missing", ("paper", "blanks", 1))]


@pytest.mark.parametrize("name", ready_forms.shipped())
def test_the_forms_of_the_library_have_no_faults(name):
    fields = ready_forms.load(name).form.model_dump(mode="json", exclude_defaults=True)

    assert findings(*fields.pop("fields"), checks=fields.get("checks", ())) == []


@pytest.mark.parametrize("name", programmes.shipped())
def test_the_forms_of_the_five_calls_have_no_faults(name):
    programme = programmes.demonstration(name)

    assert programme.forms
    assert [each.code for each in validate(programme) if each.code.startswith("programme.form_")] == []
