"""Submitting, withdrawing and coming again in any order, against a model: never more than the limit, never fewer."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from keqiao.web.applications import actions, verification
from keqiao.web.applications.models import Application
from keqiao.web.applications.refusals import Refused
from keqiao.web.programmes.models import Call
from keqiao.web.registers.models import Holding
from tests.web.applications import makers

LIMIT = 2
STATES = {
    "submit": {"draft"},
    "withdraw": {"submitted"},
    "take_up_again": {"withdrawn"},
    "discard": {"draft"},
}
LEADS_TO = {"submit": "submitted", "withdraw": "withdrawn", "take_up_again": "draft", "discard": "discarded"}


class Unit(RuleBasedStateMachine):
    """One unit before one call. ``known`` is the model: the state of each application."""

    applications = Bundle("applications")

    @initialize()
    def begin(self) -> None:
        self.call = Call.objects.get()
        self.actor = makers.applicant(makers.unit())
        self.known: dict[Application, str] = {}

    @rule(target=applications)
    def start(self) -> Application:
        application = makers.draft(self.call, self.actor)
        self.known[application] = "draft"
        return application

    @rule(application=applications, act=st.sampled_from(sorted(STATES)))
    def act(self, application: Application, act: str) -> None:
        fits = self.known[application] in STATES[act]
        if act == "submit":
            fits = fits and list(self.known.values()).count("submitted") < LIMIT
        try:
            self.do(act, application)
        except Refused:
            assert not fits, act
        else:
            assert fits, act
            self.known[application] = LEADS_TO[act]

    def do(self, act: str, application: Application) -> None:
        if act == "discard":
            actions.discard(application.pk, actor=self.actor, at=makers.NOW)
        else:
            getattr(makers, act)(application)

    @invariant()
    def what_is_in_hand_is_what_is_submitted(self) -> None:
        submitted = [str(a.pk) for a, state in getattr(self, "known", {}).items() if state == "submitted"]
        held = Holding.objects.filter(party__in=self.actor_units(), ended_on=None)
        assert sorted(held.values_list("project", flat=True)) == sorted(submitted)
        assert len(submitted) <= LIMIT

    def actor_units(self) -> frozenset[object]:
        return self.actor.organisations_as("applicant", makers.NOW) if hasattr(self, "actor") else frozenset()


@pytest.mark.django_db
def test_no_order_of_acts_evades_the_limit():
    makers.call(limit=LIMIT)
    checks = list(HealthCheck)
    few = settings(max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=checks)

    run_state_machine_as_test(Unit, settings=few)

    assert {fault.code for _name, check in verification.CHECKS for fault in check().faults} == set()
