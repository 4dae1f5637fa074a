"""Endorsing in any order keeps to the tables, the quotas and the seats: a few short examples (``proofs.chains``)."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.web.endorsement.any_order import Endorsing


@pytest.mark.django_db
def test_no_order_of_acts_leaves_the_tables_or_passes_a_quota():
    few = settings(
        max_examples=4,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )

    run_state_machine_as_test(Endorsing, settings=few)
