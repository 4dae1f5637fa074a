"""What must always hold: states are what events say, conclusions what was found, entries what the register holds."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from keqiao.core.lifecycle import acceptance, credit
from keqiao.core.lifecycle.acceptance import AcceptanceState
from keqiao.core.lifecycle.grant import UNDER_WAY, GrantState
from keqiao.web.acceptance.actions.concluding import digest_of
from keqiao.web.acceptance.models import Acceptance, CreditEntry
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states

TABLES: tuple[tuple[Any, Any], ...] = ((Acceptance, acceptance.TABLE), (CreditEntry, credit.TABLE))
FITS = {
    AcceptanceState.PASSED.value: {GrantState.FINISHED.value, GrantState.CLOSED.value},
    AcceptanceState.FAILED.value: {GrantState.FAILED.value},
    AcceptanceState.DROPPED.value: {GrantState.TERMINATED.value},
}
"""States of the project that go with a conclusion; without one it is under way."""
OPEN = {state.value for state in UNDER_WAY}


def check_states() -> Outcome:
    """Check that each acceptance and credit entry stands where its events say."""
    checked = 0
    faults: list[Fault] = []
    for model, table in TABLES:
        states = model.objects.values_list("pk", "state").iterator()
        found = compare_states(model._meta.label_lower, states, table.state_after)
        checked, faults = checked + found.checked, [*faults, *found.faults]
    return Outcome(checked, tuple(faults))


def check_conclusions() -> Outcome:
    """Check that a conclusion has the digest of what was found, and that its project stands where it says."""
    rows = Acceptance.objects.select_related("grant")
    return Outcome(rows.count(), tuple(fault for row in rows.iterator() for fault in _faults(row)))


def _faults(row: Any) -> Iterator[Fault]:
    if row.digest and digest_of(row.found) != row.digest:
        yield Fault("acceptance.digest_differs", str(row.pk))
    if row.grant.state not in FITS.get(row.state, OPEN):
        yield Fault("acceptance.grant_differs", str(row.pk))
    if (row.association_id, row.call_id) != (row.grant.association_id, row.grant.call_id):
        yield Fault("acceptance.elsewhere", str(row.pk))


def check_bans() -> Outcome:
    """Check that an entry and the debarment that it led to are about the same party and the same days."""
    rows = CreditEntry.objects.filter(debarment__isnull=False)
    strays = rows.exclude(
        debarment__party_id=F("party_id"),
        debarment__valid_from=F("since"),
        debarment__association_id=F("association_id"),
    )
    faults = tuple(Fault("credit.ban_differs", str(pk)) for pk in strays.values_list("pk", flat=True))
    return Outcome(rows.count(), faults)


CHECKS: list[tuple[str, Check]] = [
    ("states of acceptances and credit entries", check_states),
    ("conclusions of acceptances", check_conclusions),
    ("bans of credit entries", check_bans),
]
