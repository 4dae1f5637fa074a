"""Limits and bundles answer what trying everything in small worlds finds."""

import random

import pytest

from tests.core.rules.brute_force import bundle_faults, bundle_world, quota_faults, quota_world
from tests.core.rules.planted import BUNDLES, QUOTAS, planted

WORLDS = 300
ENOUGH = 600  # worlds within which every planted fault shows


def quotas(seed: int) -> list[str]:
    return list(quota_faults(quota_world(random.Random(seed))))


def bundles(seed: int) -> list[str]:
    return list(bundle_faults(bundle_world(random.Random(seed))))


@pytest.mark.parametrize("faults_of", [quotas, bundles])
def test_small_worlds_have_the_answers_of_trying_everything(faults_of):
    assert {seed: found for seed in range(WORLDS) if (found := faults_of(seed))} == {}


@pytest.mark.parametrize(
    ("faults_of", "fault"),
    [*((quotas, fault) for fault in QUOTAS), *((bundles, fault) for fault in BUNDLES)],
)
def test_a_planted_fault_is_noticed(faults_of, fault):
    with planted({**QUOTAS, **BUNDLES}[fault]):
        assert next((seed for seed in range(ENOUGH) if faults_of(seed)), None) is not None
