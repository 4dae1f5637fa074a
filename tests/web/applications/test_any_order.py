"""Nobody gets round a limit by the order in which things are done (security D3): a few short examples."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.web.applications.any_order import Coming


@pytest.mark.django_db
def test_no_order_of_acts_passes_a_limit():
    checks = list(HealthCheck)
    few = settings(
        max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=checks, database=None
    )

    run_state_machine_as_test(Coming, settings=few)
