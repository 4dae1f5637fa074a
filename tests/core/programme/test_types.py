"""What a definition can hold, what it refuses, and that the published schema is current."""

import json
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from pydantic import ValidationError

from keqiao.core.findings import Weight
from keqiao.core.programme import Programme
from keqiao.core.programme.rules import SimpleRule
from keqiao.core.programme.targets import ItemCondition, Measure, Target
from keqiao.writers.schema import SCHEMA, schema_text
from tests.core.programme.sound import SOUND, sound, with_change
from tests.core.programme.statements import PARAMETERS, RULE

RULE_TYPES = set(
    """
    applicant_kind proxy legal_status recognition history person platform co_actor joint hosting count choice place
    series split self_set_kpi declared conform conduct ip finance material text_limit filing endorsement deadline
    period quota sanction continuation review publicity publish recommend_up
    """.split()  # noqa: SIM905 (a list of 34 words reads better so)
)


def test_there_are_34_types_of_rule():
    models = get_args(get_args(SimpleRule)[0])
    types = [get_args(model.model_fields["type"].annotation)[0] for model in models]

    assert set(types) == RULE_TYPES == set(PARAMETERS)
    assert len(types) == 34


def test_a_hedged_rule_warns_and_another_refuses():
    rule = {"id": "r", "type": "place", "summary": "在本市", "where": "江州市"}

    assert RULE.validate_python(rule).strength is Weight.REFUSE
    assert RULE.validate_python(rule | {"hedge": "原则上"}).strength is Weight.WARN
    assert RULE.validate_python(rule | {"weight": "ask"}).strength is Weight.ASK


def test_a_definition_cannot_be_changed():
    with pytest.raises(ValidationError):
        sound().title = "别的"


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("colour",), "red"),
        (("id",), "江州"),
        (("title",), "两\n行"),
        (("title",), " "),
        (("deadline", "on"), 20310430),
        (("deadline", "on"), "2031-02-30"),
        (("deadline", "at"), "12:00:01"),
        (("categories", 0, "places"), {"min": 3, "max": 2}),
        (("categories", 0, "places"), {"count": 1, "min": 1}),
        (("categories", 0, "places"), {"min": None}),
        (("categories", 0, "funding"), {"kind": "fixed", "amount_fen": 1.5}),
        (("categories", 0, "funding"), {"kind": "range", "min_fen": 2, "max_fen": 1}),
        (("categories", 0, "funding"), {"kind": "gift"}),
        (("rules", 0, "type"), "lottery"),
        (("rules", 3, "pick_max"), 0),
        (("categories", 0, "categories", 0, "targets", 0, "value"), True),
        (("categories", 0, "categories", 0, "targets", 0, "value"), "10e400"),
    ],
)
def test_what_makes_no_sense_is_refused(at, value):
    with pytest.raises(ValidationError):
        with_change(at, value)


def test_numbers_are_exact():
    data = {"id": "t", "metric": "甲", "unit": "万元"}

    assert Target.model_validate(data | {"value": Decimal("5.0")}).value == 5
    assert isinstance(Target.model_validate(data | {"value": Decimal("5.0")}).value, int)
    assert Target.model_validate(data | {"value": Decimal("0.5")}).value == Decimal("0.5")


@pytest.mark.parametrize(
    "measure",
    [
        {"kind": "sum", "facts": "activity"},
        {"kind": "ratio", "facts": "member"},
        {"kind": "count", "facts": "activity", "where": [{"of": "hours"}]},
    ],
)
def test_a_measure_needs_what_its_kind_needs(measure):
    with pytest.raises(ValidationError):
        Measure.model_validate(measure)


def test_an_unfilled_date_is_kept_as_it_stands():
    programme = with_change(("rules", 4, "born_after"), "1988-xx-xx")

    assert programme.rules[4].born_after == "1988-xx-xx"
    assert sound().rules[4].born_after == date(1996, 1, 1)


def test_a_definition_survives_json():
    programme = Programme.model_validate(SOUND)

    assert Programme.model_validate_json(programme.model_dump_json()) == programme
    assert Programme.model_validate(json.loads(programme.model_dump_json(exclude_defaults=True))) == programme


def test_the_published_schema_is_current():
    """Run ``python -m keqiao.writers.schema`` after a change of the types."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("value", [5, Decimal("2.5"), "本科", "1e5", -3])
def test_the_value_of_a_condition_is_the_same_after_a_trip_through_json(value):
    stated = ItemCondition(of="hours", op=">=", value=value)

    assert ItemCondition.model_validate_json(stated.model_dump_json()) == stated
    assert stated.value == value
