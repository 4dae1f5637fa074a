"""Whatever tree and case: the engine says what the naive reading of the tree says, and its reasons are true.

``make prove ONLY=rules`` does the same at full size.
"""

import random

import pytest

from tests.core.rules.planted import ENGINE, planted
from tests.core.rules.properties import faults, tried
from tests.core.rules.random_cases import case
from tests.core.rules.random_trees import random_tree

TREES = 400
ENOUGH = 1500  # trees within which every planted fault shows


def faults_of(seed: int) -> list[str]:
    chance = random.Random(seed)
    return list(faults(tried(random_tree(chance), case(chance)), chance))


def test_random_trees_and_cases_have_the_naive_answer_and_true_reasons():
    wrong = {seed: found for seed in range(TREES) if (found := faults_of(seed))}

    assert wrong == {}


@pytest.mark.parametrize("fault", ENGINE)
def test_a_planted_fault_is_noticed(fault):
    with planted(ENGINE[fault]):
        assert next((seed for seed in range(ENOUGH) if faults_of(seed)), None) is not None
