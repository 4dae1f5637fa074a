"""A whole life keeps to the declared tables in whatever order: a few short examples (``proofs.lifecycle``)."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.web.whole_life.any_order import Lives
from tests.web.whole_life.by_ways import WAY
from tests.web.whole_life.living import Living


@pytest.fixture(autouse=True)
def _on_a_ground_of_its_own():
    """The database of a test is gone after it."""
    Lives.ground = None
    yield
    Lives.ground = None


@pytest.mark.django_db
def test_no_order_of_acts_leaves_the_declared_tables():
    few = settings(
        max_examples=3,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    Lives.reach(13)

    run_state_machine_as_test(Lives, settings=few)


@pytest.mark.django_db
def test_the_straight_way_leads_from_a_call_to_a_ban():
    life = Living()
    life.settle_in()

    life.go(len(WAY))
    life.holds()
    life.verify()

    assert [each.state for each in life.all("grant")] == ["failed", "failed"]
    assert {each.state for each in life.all("credit")} == {"in_force"}
    assert life.all("debarment", state="in_force")
