"""Conflicts found by index are those found by asking about every pair."""

import random

import pytest

from tests.core.conflicts.comparing import FAULTS, faults_of, planted

ROUNDS = 400


def test_the_core_finds_what_the_oracle_finds():
    for number in range(ROUNDS):
        assert list(faults_of(random.Random(number))) == [], number


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_planted_fault_is_noticed(fault):
    with planted(fault):
        assert any(list(faults_of(random.Random(number))) for number in range(ROUNDS))
