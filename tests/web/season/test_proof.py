"""What the proof of the season says of what was played: a fault that was planted counts as noticed by itself only."""

import pytest

from keqiao.readers.programmes import demonstration
from proofs import season
from proofs.seasons.expected import envelope, exercised, expected, rule_types
from tests.web.season import ground

TOLD = "hunan: <1@keqiao>: it tells 13800000000"


def played(*faults, **counts):
    return {"counts": {"hunan": counts}, "digests": {"hunan": "a"}, "faults": list(faults)}


@pytest.mark.parametrize(
    ("faults", "status"),
    [((), 0), ((TOLD,), 1), ((TOLD, "verify: audit broken"), 2), (("verify: broken",), 2)],
)
def test_a_planted_fault_is_noticed_by_its_words_and_nothing_else_is_found(faults, status):
    assert season._noticed({"sqlite": played(*faults)}, "it tells") == status


def test_other_counts_and_another_end_of_an_application_are_another_season():
    first, again = played(units=4), played(units=5)
    other = {**played(units=4), "digests": {"hunan": "b"}}

    assert season._faults({"one": first, "two": again})["two"] == ["another season: hunan units 4 / 5"]
    assert season._faults({"one": first, "two": other})["two"] == [
        "another season: the same counts, other applications"
    ]
    assert season._faults({"one": first, "two": first})["two"] == []


def test_the_same_act_in_another_stage_does_not_hide_that_it_never_came():
    wanted = expected("hunan", is_large=True)

    assert {"checking.returned", "endorsing.returned", "accepting.paid", "agreeing.paid"} <= wanted
    assert expected("hunan", is_large=False) < wanted


def test_a_type_of_rule_is_exercised_by_its_answers_or_by_what_is_done():
    counts = {
        "rule person: fails": 2,
        "rule person: passes": 3,
        "rule personal: fails": 9,
        "noticing.posted": 4,
    }

    assert exercised("person", counts) == 5
    assert exercised("publicity", counts) == 4
    assert exercised("review", counts) == exercised("joint", counts) == 0


@pytest.mark.parametrize("slug", list(ground.CALLS))
def test_the_types_of_rules_are_those_of_the_call(slug):
    found = list(rule_types(demonstration(ground.CALLS[slug][0])))

    assert len(found) == len(set(found)) >= 5


def test_the_envelope_that_is_filled_is_read_from_the_call():
    assert envelope("hunan", demonstration("hunan-2022")) == ("jianshe", 14, 100_000_000)
    assert envelope("henan", demonstration("henan-2023")) == ("", 0, 0)
