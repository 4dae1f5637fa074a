"""The proposal is the best of all sets that keep to the call, its amounts are as the rule says."""

import random

import pytest

from keqiao.core.allocation import propose
from tests.core.allocation.brute_force import faults
from tests.core.allocation.planted import FAULTS, planted
from tests.core.allocation.random_cases import random_case

WORLDS = 150
ENOUGH = 2_000  # cases within which every planted fault shows


def faults_of(seed: int) -> list[str]:
    case = random_case(random.Random(seed))
    return list(faults(case, propose(case)))


def test_small_cases_have_the_answers_of_trying_every_set():
    assert {seed: found for seed in range(WORLDS) if (found := faults_of(seed))} == {}


def test_the_same_case_has_the_same_proposal():
    for seed in range(20):
        case = random_case(random.Random(seed))
        assert propose(case) == propose(case)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault):
    with planted(FAULTS[fault]):
        assert next((seed for seed in range(ENOUGH) if faults_of(seed)), None) is not None
