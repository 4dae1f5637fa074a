"""Whatever check and form: the engine says what the naive reading says, totals included."""

import random

import pytest

from tests.core.rules.planted import SUMS, planted
from tests.core.rules.random_forms import form_faults

CHECKS = 1500


def faults_of(seed: int) -> list[str]:
    return list(form_faults(random.Random(seed)))


def test_random_checks_of_forms_have_the_naive_answer():
    wrong = {seed: found for seed in range(CHECKS) if (found := faults_of(seed))}

    assert wrong == {}


@pytest.mark.parametrize("fault", SUMS)
def test_a_planted_fault_is_noticed(fault):
    with planted(SUMS[fault]):
        assert next((seed for seed in range(CHECKS) if faults_of(seed)), None) is not None
