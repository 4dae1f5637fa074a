"""Additions of the demonstration fill gaps, show as invented, and never change what is stated."""

import pytest

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
