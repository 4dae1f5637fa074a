"""Sheets, totals and orders are what comparing everything with everything finds."""

import random

import pytest

from tests.core.scoring.comparing import FAULTS, faults_of, planted

ROUNDS = 400


def test_the_core_says_what_the_oracle_says():
    for number in range(ROUNDS):
        assert list(faults_of(random.Random(number))) == [], number


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_planted_fault_is_noticed(fault):
    with planted(fault):
        assert any(list(faults_of(random.Random(number))) for number in range(ROUNDS))
