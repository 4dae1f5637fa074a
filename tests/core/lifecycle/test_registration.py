"""The life of a registration: who moves it from where to where, and nobody else."""

from itertools import product

import pytest

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.registration import (
    CONTACT,
    ENDORSER,
    MOVES,
    OFFICER,
    OPEN,
    STATE_AFTER,
    RegistrationState,
    registration_after,
)

S = RegistrationState
WAY = [
    ("return", OFFICER, S.SUBMITTED, S.RETURNED),
    ("submit_again", CONTACT, S.RETURNED, S.SUBMITTED),
    ("verify", ENDORSER, S.SUBMITTED, S.VERIFIED),
    ("refuse", OFFICER, S.SUBMITTED, S.REFUSED),
    ("refuse", OFFICER, S.RETURNED, S.REFUSED),
    ("withdraw", CONTACT, S.RETURNED, S.WITHDRAWN),
]


@pytest.mark.parametrize(("act", "role", "before", "after"), WAY)
def test_the_way_of_a_registration(act, role, before, after):
    assert registration_after(before, act, {role}) is after


def test_nothing_leads_out_of_what_is_over():
    acts = {move.act for move in MOVES}
    for state, act in product(set(S) - OPEN, acts):
        with pytest.raises(NotAllowed) as refused:
            registration_after(state, act, {CONTACT, OFFICER, ENDORSER})
        assert refused.value.wrong_state


def test_a_contact_decides_nothing_and_a_verifier_sends_nothing():
    for act in ("return", "verify", "refuse"):
        with pytest.raises(NotAllowed):
            registration_after(S.SUBMITTED, act, {CONTACT})
    for role in (OFFICER, ENDORSER):
        with pytest.raises(NotAllowed):
            registration_after(S.RETURNED, "submit_again", {role})


def test_what_is_not_corrected_is_not_verified():
    with pytest.raises(NotAllowed):
        registration_after(S.RETURNED, "verify", {OFFICER})


def test_every_state_is_left_by_some_event():
    assert set(STATE_AFTER.values()) == set(S)
