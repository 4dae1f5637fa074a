"""Additions of the demonstration fill gaps, show as invented, and never change what is stated."""

import pytest

from keqiao.readers import ready_forms
from keqiao.readers.additions import UnsoundAdditions, with_additions
from keqiao.readers.definition import programme_from_yaml

PROGRAMME = programme_from_yaml("""\
id: call
title: 甲
open_questions: [{about: deadline, question: 没有截止日期。}]
categories:
  - id: project
    name: 乙
    funding: {kind: fixed, amount_fen: 10_000_000}
    rules:
      - id: age
        type: person
        summary: 年龄
        role: 负责人
        attr: age
        born_after: 1988-xx-xx
        needs_answer: true
        reading: 未填。
""")


def added(additions: str):
    return with_additions(PROGRAMME, f"programme: call\nadditions:\n{additions}")


def test_an_added_statement_shows_as_invented_with_its_reason():
    programme = added("  - {reason: 演示用。, answers: [deadline], state: {deadline: {on: 2031-04-30}}}")

    assert programme.deadline.invented
    assert programme.deadline.reading == "演示用。"
    assert programme.open_questions == ()


def test_what_the_document_states_is_not_marked():
    programme = added("  - {at: project, reason: 演示用。, state: {places: {count: 3}}}")

    assert programme.categories[0].places.invented
    assert not programme.categories[0].funding.invented


def test_a_placeholder_is_filled_and_keeps_its_reading():
    rule = (
        added("  - {at: project, reason: 演示用。, state: {rules: [{id: age, born_after: 1988-04-30}]}}")
        .categories[0]
        .rules[0]
    )

    assert (rule.born_after.isoformat(), rule.needs_answer, rule.invented) == ("1988-04-30", False, True)
    assert rule.reading == "未填。 演示用。"


def test_a_new_entry_joins_its_list():
    rules = (
        added(
            "  - {at: project, reason: 演示用。, state: {rules: [{id: new, type: publicity, summary: 公示, days: 5}]}}"
        )
        .categories[0]
        .rules
    )

    assert [(rule.id, rule.invented) for rule in rules] == [("age", False), ("new", True)]


@pytest.mark.parametrize(
    ("additions", "problem"),
    [
        ("  - {at: project, state: {funding: {kind: none}}}", "project.funding is stated already"),
        (
            "  - {at: project, state: {rules: [{id: age, role: 成员}]}}",
            "project.rules.age.role is stated already",
        ),
        ("  - {at: nowhere, state: {}}", "call: no category or track has the id nowhere"),
        ("  - {answers: [funding], state: {}}", "None: nothing is asked about ['funding']"),
        ("  - {why: 演示用。}", "call: unknown names ['why']"),
    ],
)
def test_additions_that_do_not_fit_are_refused(additions, problem):
    with pytest.raises(UnsoundAdditions) as refused:
        added(additions)

    assert str(refused.value) == problem


def test_additions_of_another_programme_are_refused():
    with pytest.raises(UnsoundAdditions, match="the additions are for other"):
        with_additions(PROGRAMME, "programme: other\nadditions: []")


def test_a_value_of_the_wrong_kind_is_refused():
    with pytest.raises(UnsoundAdditions, match="deadline"):
        added("  - {state: {deadline: {on: tomorrow}}}")


def test_a_broken_file_is_refused():
    with pytest.raises(UnsoundAdditions, match=r"definition\.not_yaml"):
        with_additions(PROGRAMME, "programme: [")


WITH_FORM = programme_from_yaml("""\
id: call
title: 甲
forms:
  - id: paper
    title: 申报表
    fields: [{id: project, label: 项目}]
  - {id: empty, title: 申报书}
""")


def added_to_form(entry: str):
    text = f"programme: call\nadditions:\n  - reason: 演示用。\n    state: {{forms: [{entry}]}}\n"
    return {form.id: form for form in with_additions(WITH_FORM, text).forms}


def test_a_form_that_is_stated_gains_fields_behind_its_own():
    forms = added_to_form("{id: paper, fields: [{id: sessions, label: 场次}]}")

    assert [field.id for field in forms["paper"].fields] == ["project", "sessions"]
    assert (forms["paper"].title, forms["paper"].invented, forms["empty"].invented) == ("申报表", True, False)


def test_a_form_without_fields_becomes_a_copy_of_a_ready_made_one():
    form = added_to_form("{id: empty, ready_made: tongyong, fields: [{id: own, label: 条件}]}")["empty"]
    library = ready_forms.load("tongyong").form

    assert (form.title, form.ready_made, form.invented) == ("申报书", "tongyong", True)
    assert [field for field in form.fields if field.id != "own"] == [*library.fields]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (
            "{id: paper, fields: [{id: project, label: 名称}]}",
            "call.forms.paper.fields: ['project'] is stated already",
        ),
        ("{id: paper, ready_made: tongyong}", "call.forms.paper.fields is stated already"),
        ("{id: empty, ready_made: nothing}", "call.forms.empty: no form or field has the id 'nothing'"),
    ],
)
def test_a_form_is_not_changed_in_what_it_states(entry, problem):
    with pytest.raises(UnsoundAdditions) as refused:
        added_to_form(entry)

    assert str(refused.value) == problem
