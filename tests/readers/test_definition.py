"""Definitions as YAML: both ways without loss, and every fault with its line."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

from keqiao.core.findings import Weight
from keqiao.readers.definition import UnsoundDefinition, check_definition, programme_from_yaml
from keqiao.readers.messages import say, sentences
from keqiao.readers.programmes import load, shipped
from keqiao.readers.yaml_lines import DEEPEST, read_yaml
from keqiao.writers.definition import to_yaml
from tests.core.programme.definitions import programmes
from tests.core.programme.sound import sound, with_change

TEXT = """\
id: x
title: 甲
categories:
  - id: a
    name: 乙
    funding: {kind: fixed, amount_fen: 10_000_000}
    rules:
      - id: r1
        type: quota
        summary: 限报一项
        max: 1
    targets:
      - {id: t1, metric: 讲座, value: 0.5, unit: 场}
"""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(programmes())
def test_a_definition_survives_yaml(programme):
    text = to_yaml(programme)

    assert programme_from_yaml(text) == programme
    assert to_yaml(programme_from_yaml(text)) == text


def test_yaml_is_written_for_people():
    text = to_yaml(sound())

    assert text.startswith(
        "format: 1\nid: jiangzhou-2031\nkind: call\ntitle: 江州市2031年度科普项目申报指南\n"
    )
    assert re.search(r"amount_fen: 10000000 +# 10万元\n", text)
    assert "deadline: {on: 2031-04-30, source: {clause: 三, document: notice}}" in text


ODD_WORDS = [
    "2031-04-30", "1", "true", "null", "~", "- a", "a: b", "#1", "'", '"', "@a", "名称：甲", "…", "a\u3000b", "😀",
]  # fmt: skip


@pytest.mark.parametrize("words", ODD_WORDS)
def test_texts_that_look_like_something_else_stay_texts(words):
    programme = sound().model_copy(update={"title": words})

    assert programme_from_yaml(to_yaml(programme)).title == words


A = "id: a\n"
VALUE = "value: 0.5"


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("title: 甲", "title: [", 4, "not_yaml"),
        ("title: 甲", "title: &t 甲", 2, "alias"),
        ("title: 甲", "title: !!binary aGk=", 2, "tag"),
        ("title: 甲", "title: 甲\ntitle: 乙", 3, "key_repeated"),
        ("title: 甲", "? [1]\n: 2", 2, "key_not_text"),
        ("title: 甲", "issue_date: 2031-02-30", 2, "not_a_value"),
        ("    name: 乙\n", "", 4, "missing"),
        ("    name: 乙", "    nam: 乙\n    name: 乙", 5, "unknown_name"),
        ("type: quota", "type: lottery", 8, "unknown_kind"),
        ("        type: quota\n", "", 8, "kind_missing"),
        ("id: r1", "id: 规则", 8, "characters"),
        ("summary: 限报一项", "summary: ''", 10, "empty_text"),
        ("summary: 限报一项", "summary: " + "长" * 2001, 10, "text_too_long"),
        ("max: 1", "max: 1\n        at: later", 12, "not_one_of"),
        ("kind: fixed, amount_fen: 10_000_000", "kind: range, min_fen: 2, max_fen: 1", 6, "min_above_max"),
        (A, A + "    places: {count: 1, min: 1}\n", 5, "places_unstated"),
        (A, A + "    endorsement: [{id: e, steps: [{words: 审核, taker: mayor}, 报送]}]\n", 5, "not_one_of"),
        (A, A + "    deadline: {on: 2031-13-01}\n", 5, "not_a_value"),
        (A, A + "    deadline: {on: soon}\n", 5, "not_a_date"),
        (A, A + "    deadline: {on: 2031-04-30, at: '12:00:01'}\n", 5, "time_form"),
        (A, A + "    applicants: {kinds: []}\n", 5, "list_too_short"),
        (A, A + "    applicants: 学会\n", 5, "not_a_list_or_map"),
        (VALUE, "value: true", 13, "number_needed"),
        (VALUE, "value: 1, measure: {kind: sum, facts: a}", 13, "field_needed"),
        (VALUE, "value: 1, measure: {kind: ratio, facts: a}", 13, "denominator_needed"),
        (VALUE, "value: 1, measure: {kind: count, facts: a, where: [{of: b}]}", 13, "condition_empty"),
        ("max: 1", "max: -1", 11, "wrong_value"),
    ],
)
def test_a_fault_of_form_is_named_with_its_line(old, new, line, code):
    assert check_definition(TEXT).is_sound
    checked = check_definition(TEXT.replace(old, new, 1))

    assert [(fault.finding.code, fault.line) for fault in checked.faults] == [(f"definition.{code}", line)]
    assert (checked.programme, checked.is_sound) == (None, False)


@pytest.mark.parametrize("text", ["", "甲", "- a\n- b", "1"])
def test_what_is_no_definition_is_said_so(text):
    assert [fault.finding.code for fault in check_definition(text).faults] == ["definition.not_a_definition"]


def test_a_file_that_would_grow_is_refused_before_it_is_built():
    deep = "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)
    bombs = ("a: &a [x]\nb: &b [*a, *a]", deep, "a: " + "x" * 5_000_000)

    codes = [read_yaml(text).faults[0].finding.code for text in bombs]

    assert codes == ["definition.alias", "definition.too_deep", "definition.too_long"]


def test_all_faults_are_told_at_once_in_the_order_of_lines():
    checked = check_definition("id: x\ncolour: red\ncategories:\n  - id: 一\n    size: 2\n    name: ''\n")

    assert [(f.finding.code, f.line) for f in checked.faults] == [
        ("definition.missing", 1),
        ("definition.unknown_name", 2),
        ("definition.characters", 4),
        ("definition.unknown_name", 5),
        ("definition.empty_text", 6),
    ]
    with pytest.raises(UnsoundDefinition):
        programme_from_yaml("id: x")


def test_a_fault_of_sense_is_named_with_the_line_of_its_statement():
    text = to_yaml(with_change(("categories", 0, "track"), "post"))
    (fault,) = check_definition(text).faults

    assert fault.finding.code == "programme.reference_missing"
    assert text.splitlines()[fault.line - 1].strip() == "track: post"


def test_numbers_of_yaml_stay_exact():
    assert str(programme_from_yaml(TEXT).categories[0].targets[0].value) == "0.5"


def test_every_fault_can_be_said_in_both_languages():
    for code in sentences():
        if code.startswith("definition."):
            assert say_nothing_missing(code)
    checked = check_definition(TEXT.replace("type: quota", "type: lottery"))
    fault = checked.faults[0].finding
    assert say(fault, "zh").startswith("不认识“lottery”这一种类，可用的有：applicant_kind")
    assert say(fault, "en").startswith("“lottery” is no kind that is known here.")


def say_nothing_missing(code):
    """Both languages have a sentence."""
    return all(sentences()[code][language] for language in ("zh", "en"))


@pytest.mark.parametrize("identifier", shipped())
def test_every_shipped_definition_is_sound(identifier):
    programme = load(identifier)

    assert programme.id == identifier
    assert [f for f in check_definition(to_yaml(programme)).faults if f.finding.weight is Weight.REFUSE] == []


def test_an_unknown_definition_is_not_shipped():
    with pytest.raises(KeyError):
        load("nowhere-1999")
