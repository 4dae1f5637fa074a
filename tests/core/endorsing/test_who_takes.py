"""Who takes a stage: exactly one body in the facts; none or several are for an officer."""

import pytest

from keqiao.core.endorsing.endorsers import Around, taken_by, taken_by_body
from keqiao.core.endorsing.stages import Stage, Taker

OWN = "runs-the-call"
NAMES = {
    Taker.ORIGINAL_RECOMMENDER: "recommenders",
    Taker.COUNTY_ASSOCIATION: "county_associations",
    Taker.CITY_ASSOCIATION: "city_associations",
    Taker.PROVINCE_ASSOCIATION: "province_associations",
    Taker.FINANCE_BUREAU: "finance_bureaus",
    Taker.HOST: "hosts",
    Taker.DEPARTMENT_IN_CHARGE: "supervisors",
}


def told(taken):
    return taken.manner.value, taken.body, taken.candidates, taken.is_association


def stage(taker):
    return Stage(1, taker, (), holds_filing=True)


@pytest.mark.parametrize("taker", NAMES)
@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        (("a",), ("queue", "a", (), False)),
        (("b",), ("paper", "b", (), False)),  # has no people in the system
        ((OWN,), ("queue", OWN, (), True)),  # does not hold up filing
        (("a", "a"), ("queue", "a", (), False)),  # the same body twice is one
        ((), ("unassigned", "", (), False)),
        (("a", "b"), ("unassigned", "", ("a", "b"), False)),
    ],
)
def test_the_one_body_that_the_registers_tell_takes_a_stage(taker, bodies, expected):
    others = {name: ("c", "d") for name in NAMES.values() if name != NAMES[taker]}
    around = Around({**others, NAMES[taker]: bodies}, frozenset({"a", "c", "d"}), OWN)

    assert told(taken_by(stage(taker), around)) == expected


@pytest.mark.parametrize(
    ("taker", "manner"),
    [
        (Taker.DEPUTY_LEADER, "paper"),
        (Taker.MAIN_LEADER, "paper"),
        (Taker.GOVERNMENT, "paper"),
        (Taker.PARTY_COMMITTEE, "paper"),
        (None, "unassigned"),  # words that no lexicon knows
    ],
)
def test_leaders_sign_paper_and_whom_nobody_knows_an_officer_names(taker, manner):
    around = Around(dict.fromkeys(NAMES.values(), ("a",)), frozenset({"a"}), OWN)

    assert told(taken_by(stage(taker), around)) == (manner, "", (), False)


@pytest.mark.parametrize(
    ("body", "expected"),
    [("a", ("queue", "a", (), False)), ("b", ("paper", "b", (), False)), (OWN, ("queue", OWN, (), True))],
)
def test_whom_an_officer_names_takes_it_in_the_system_or_on_paper(body, expected):
    assert told(taken_by_body(body, Around({}, frozenset({"a"}), OWN))) == expected
