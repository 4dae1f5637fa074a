"""The shipped definitions against the reading of their documents: every correction by a person is listed."""

import pytest

from keqiao.readers.programmes import load, shipped
from keqiao.writers.reading import flat
from tests.readings.correcting import CORRECTIONS, corrections, stored
from tests.readings.stated import stated


@pytest.mark.seeds
@pytest.mark.parametrize("identifier", shipped())
def test_the_corrections_are_those_that_are_listed(identifier):
    """After a change of the reader or a definition: ``python -m tests.readings.correcting``, then look."""
    assert corrections(identifier) == stored(identifier)


@pytest.mark.seeds
@pytest.mark.parametrize("identifier", shipped())
def test_the_reader_finds_at_least_four_fifths_of_a_definition(identifier):
    known = stated(flat(load(identifier)), placed=True).total()

    assert len(corrections(identifier)["missed"]) / known <= 0.2


def test_every_definition_has_a_list():
    assert sorted(path.stem for path in CORRECTIONS.glob("*.yaml")) == list(shipped())


def test_statements_are_compared_whatever_the_width_of_their_brackets():
    wide = {"categories": [{"path": ["甲（市）"], "applicant_kinds": ["县（市）科协"]}]}
    narrow = {"categories": [{"path": ["甲(市)"], "applicant_kinds": ["县(市)科协"]}]}

    assert stated(wide) == stated(narrow)


def test_a_rule_of_a_part_counts_as_one_of_the_call():
    rule = {"formal": {"type": "quota", "max": 2}}
    of_the_call = {
        "document": {"general_rules": [rule]},
        "categories": [{"path": ["甲"]}, {"path": ["甲", "乙"]}],
    }
    of_a_part = {"categories": [{"path": ["甲"], "conditions": [rule]}, {"path": ["甲", "乙"]}]}

    assert stated(of_the_call, placed=True) == stated(of_a_part, placed=True)
