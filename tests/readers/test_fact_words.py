"""The vocabulary of records: whole in itself, and targets of calls name nothing else."""

from copy import deepcopy

import pytest

from keqiao.core.findings import Weight
from keqiao.core.programme.validation.measures import impossible_measures
from keqiao.core.programme.validation.nodes import nodes
from keqiao.readers.definition import check_definition
from keqiao.readers.fact_kinds import fact_words
from keqiao.readers.programmes import load, shipped
from keqiao.writers.definition import to_yaml
from tests.core.programme.sound import SOUND, Programme


def measured(**measure):
    """The sound definition with one target that is measured like this."""
    definition = deepcopy(SOUND)
    target = {
        "id": "m",
        "metric": "活动",
        "value": 2,
        "measure": {"kind": "count", "facts": "activity", **measure},
    }
    definition["categories"][1]["targets"] = [target]
    return Programme.model_validate(definition)


def test_every_field_of_a_kind_is_a_field_and_every_field_belongs_to_a_kind():
    words = fact_words()

    assert {name for kind in words.kinds.values() for name in kind.fields} == set(words.fields)


def test_numbers_have_a_unit_in_both_languages_and_ranks_an_order():
    fields = fact_words().fields.values()

    assert {field.is_number for field in fields if field.unit} == {True}
    assert all(field.unit and set(field.unit) == {"zh", "en"} for field in fields if field.is_number)
    assert {field.type for field in fields if field.order} == {"ranked"}


@pytest.mark.parametrize("identifier", shipped())
def test_targets_of_the_shipped_calls_name_known_records_fields_groups_and_windows(identifier):
    programme = load(identifier)

    assert list(impossible_measures(programme, fact_words(), for_publication=True)) == []
    assert [
        target.id for node in nodes(programme) for target in node.terms.targets if target.measure is None
    ] == []


@pytest.mark.parametrize(
    ("measure", "code", "words_of_the_line"),
    [
        ({"facts": "meeting"}, "programme.fact_kind_unknown", "facts: meeting"),
        (
            {"where": [{"of": "minutes", "op": ">=", "value": 3}]},
            "programme.fact_field_unknown",
            "of: minutes",
        ),
        ({"kind": "sum", "field": "minutes"}, "programme.fact_field_unknown", "field: minutes"),
        ({"kind": "sum", "field": "industry"}, "programme.fact_field_misfits", "field: industry"),
        ({"kind": "distinct", "field": "hours"}, "programme.fact_field_misfits", "field: hours"),
        (
            {"where": [{"of": "topic", "op": ">=", "value": "大赛"}]},
            "programme.fact_field_misfits",
            "op: '>='",
        ),
        ({"each": "street"}, "programme.fact_group_unknown", "each: street"),
        ({"group_floor": {"by": "street", "floor": 1}}, "programme.fact_group_unknown", "by: street"),
        (
            {"kind": "exists", "share_cap": {"where": [{"of": "kind", "among": ["讲座"]}], "percent": 50}},
            "programme.share_cap_misfits",
            "share_cap:",
        ),
    ],
)
def test_what_nobody_can_record_is_refused_for_publication_with_its_line(measure, code, words_of_the_line):
    text = to_yaml(measured(**measure))

    faults = [
        fault for fault in check_definition(text, for_publication=True).faults if fault.finding.code == code
    ]

    assert [fault.finding.weight for fault in faults] == [Weight.REFUSE]
    assert text.splitlines()[faults[0].line - 1].strip().removeprefix("- ") == words_of_the_line


def test_while_it_is_worked_on_it_is_a_question():
    faults = check_definition(to_yaml(measured(facts="meeting"))).faults

    assert [
        fault.finding.weight for fault in faults if fault.finding.code == "programme.fact_kind_unknown"
    ] == [Weight.ASK]


def test_a_window_in_other_words_is_published_with_a_warning():
    definition = deepcopy(SOUND)
    definition["categories"][1]["targets"] = [{"id": "m", "metric": "活动", "value": 2, "scope": "建站以来"}]
    found = impossible_measures(Programme.model_validate(definition), fact_words(), for_publication=True)

    assert [(each.code, each.weight) for each in found] == [("programme.scope_unknown", Weight.WARN)]
