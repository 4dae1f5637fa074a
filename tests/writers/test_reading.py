"""The flat reading, both ways: what a reading states and is scored on survives the definition."""

import importlib.util
import json
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from keqiao.readers.definition import programme_from_yaml
from keqiao.readers.reading import programme_from_reading
from keqiao.writers.definition import to_yaml
from keqiao.writers.reading import flat

SEEDS = Path(os.environ.get("KEQIAO_SEEDS", "../shared/seeds"))
CONTRACTS = SEEDS.parent / "contracts"
KEYS = sorted((CONTRACTS / "keys").glob("*.yaml"))


def scorer():
    spec = importlib.util.spec_from_file_location("score_reading", CONTRACTS / "score_reading.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.seeds
@pytest.mark.skipif(not KEYS, reason="the answer keys are not on this machine")
@pytest.mark.parametrize("key", KEYS, ids=lambda path: path.stem)
def test_a_key_survives_the_definition_without_loss(key):
    score = scorer()
    expected = score.as_json(yaml.safe_load(key.read_text("utf-8")))

    again = json.loads(json.dumps(flat(programme_from_reading(expected, id=key.stem))))

    results, total, missing, extra = score.score(expected, again)
    assert (missing, extra) == ({group: [] for group in results}, {group: [] for group in results})
    assert score.prf(total) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    "key", sorted(Path("tests/readings/keys").glob("*-20*.yaml")), ids=lambda path: path.stem
)
def test_a_definition_made_from_a_reading_makes_the_same_definition_again(key):
    first = programme_from_reading(
        json.loads(json.dumps(yaml.safe_load(key.read_text("utf-8")), default=str)), id="a"
    )

    assert programme_from_reading(flat(first), id="a") == first


READING = {
    "document": {"title": "某市科普项目申报指南", "deadline": "2031-04-30T17:30", "copies": {"paper": 3}},
    "categories": [
        {
            "path": ["甲专项", "乙项目"],
            "funding": {"kind": "fixed", "amount_yuan": 100000.5, "per": "project"},
            "slots": 3,
            "term": "一年半",
            "kpis": [{"metric_zh": "讲座", "comparator": ">=", "value": 1.5, "unit": "场"}],
            "conditions": [{"summary_zh": "限报一项", "formal": {"type": "quota", "at": "apply", "max": 1}}],
        }
    ],
}


def test_a_category_that_is_only_named_in_a_path_becomes_a_node_without_statements():
    programme = programme_from_reading(READING, id="x")

    assert [c.name for c in programme.categories] == ["甲专项"]
    assert programme.categories[0].categories[0].funding.amount_fen == 10_000_050
    assert flat(programme)["categories"][1] == READING["categories"][0] | {
        "slots": {"count": 3},
        "term": "18个月",
    }


def test_a_rule_that_lacks_what_it_needs_asks_for_an_answer():
    strange = {
        "summary_zh": "年龄有要求",
        "formal": {"type": "person", "op": "<=", "value": 40, "colour": "red"},
    }
    programme = programme_from_reading({"categories": [{"path": ["甲"], "conditions": [strange]}]}, id="x")

    rule = programme.categories[0].rules[0]
    assert (rule.type, rule.value, rule.attr, rule.needs_answer) == ("person", 40, "other", True)
    assert rule.details == {"colour": "red"}


def test_a_rule_of_unknown_type_becomes_a_declaration_that_asks():
    strange = {"summary_zh": "须抽签", "formal": {"type": "lottery", "by": "市科协"}}
    programme = programme_from_reading({"categories": [{"path": ["甲"], "conditions": [strange]}]}, id="x")

    rule = programme.categories[0].rules[0]
    assert (rule.type, rule.needs_answer) == ("declared", True)
    assert rule.details == {"stated_type": "lottery", "by": "市科协"}


def test_money_that_cannot_be_placed_becomes_an_open_question():
    odd = {"path": ["甲"], "funding": {"kind": "fixed", "per": "project"}}
    category = programme_from_reading({"categories": [odd]}, id="x").categories[0]

    assert category.funding is None
    assert [question.about for question in category.open_questions] == ["funding"]


def test_an_empty_reading_gives_a_definition_that_asks_for_its_title():
    programme = programme_from_reading({}, id="x")

    assert (programme.title, [q.about for q in programme.open_questions]) == ("x", ["other"])


JUNK = [
    None,
    True,
    -1,
    1.5,
    1e30,
    float("inf"),
    "",
    "甲\n乙",
    "2023-13-45",
    [],
    [None],
    {},
    {"a": 1},
    ["甲", 2],
    "长" * 5000,
]


def parts(value):
    """Every part of a reading with the container it stands in."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, part in entries:
        yield value, key
        yield from parts(part)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_damaged_reading_still_gives_a_definition(data):
    keys = sorted(Path("tests/readings/keys").glob("*-20*.yaml"))
    reading = json.loads(
        json.dumps(yaml.safe_load(data.draw(st.sampled_from(keys)).read_text("utf-8")), default=str)
    )
    for _ in range(data.draw(st.integers(1, 10))):
        container, key = data.draw(st.sampled_from(list(parts(reading))))
        container[key] = data.draw(st.sampled_from(JUNK))

    programme = programme_from_reading(reading, id="x")

    assert programme_from_yaml(to_yaml(programme)) == programme
    assert flat(programme).keys() == {"document", "categories"}
