"""Endorsing in any order keeps to the tables, the quotas and the seats: a few short examples (``proofs.chains``)."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.web.endorsement.any_order import Endorsing
from tests.web.endorsement.any_order_known import CITY


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


@pytest.mark.django_db
def test_a_list_that_only_tells_of_declined_ones_goes_its_way_too():
    machine = Endorsing()
    machine.begin([0])
    machine.forward(0)
    machine.decline(0)

    machine.work_off(CITY, True)

    machine.the_tables_say_what_the_model_says()
    assert [(each.by, each.state, len(each.said)) for each in machine.lists] == [
        (0, "forwarded", 1),
        (CITY, "forwarded", 0),
    ]
    machine.teardown()
