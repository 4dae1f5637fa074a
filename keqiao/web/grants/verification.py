"""What must always hold of grants: states are what events say, ledgers keep their identities, rows say the same."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from keqiao.core.lifecycle import change_request, grant, instalment, settlement
from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.lifecycle.instalment import LEFT_THE_ASSOCIATION, InstalmentState
from keqiao.core.lifecycle.settlement import SettlementState
from keqiao.core.money.ledger import Account, NotBooked, booked, broken_identities
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states, compare_triggers
from keqiao.web.grants.ledger import entries_of
from keqiao.web.grants.models import ChangeRequest, Grant, Instalment, Receipt, Settlement
from keqiao.web.grants.terms import grant_lines

TRIGGERS = ("ledger_entry_is_not_changed", "ledger_entry_is_not_deleted")
"""On both engines; made by migration 0002."""
TABLES: tuple[tuple[Any, Any], ...] = (
    (Grant, grant.TABLE),
    (Instalment, instalment.TABLE),
    (ChangeRequest, change_request.TABLE),
    (Settlement, settlement.TABLE),
)
NOT_BOOKED = frozenset({GrantState.DRAFTED.value, GrantState.SENT.value, GrantState.GIVEN_UP.value})
ON_ITS_WAY = frozenset(
    {InstalmentState.DUE, InstalmentState.REQUESTED, InstalmentState.APPROVED, *LEFT_THE_ASSOCIATION}
)


def check_states() -> Outcome:
    """Check that each grant, instalment, change and settlement stands where its events say."""
    checked, faults = 0, []
    for model, table in TABLES:
        states = model.objects.values_list("pk", "state").iterator()
        found = compare_states(model._meta.label_lower, states, table.state_after)
        checked, faults = checked + found.checked, [*faults, *found.faults]
    return Outcome(checked, tuple(faults))


def check_ledgers() -> Outcome:
    """Check that the entries of every grant keep the identities, and that its rows say what the entries say."""
    faults: list[Fault] = []
    count = 0
    for row in Grant.objects.iterator():
        count += 1
        faults += [Fault(code, str(row.pk)) for code in _broken(row)]
    return Outcome(count, tuple(faults))


def _broken(row: Grant) -> Iterator[str]:
    try:
        entries = entries_of(row)
        account = booked(entries)
    except (NotBooked, TypeError, KeyError):
        yield "grant.ledger_unreadable"
        return
    yield from (f"grant.ledger_{name}" for name in broken_identities(entries))
    yield from _rows_differ(row, account)


def _rows_differ(row: Grant, account: Account) -> Iterator[str]:
    is_booked = row.state not in NOT_BOOKED and bool(row.amount_fen)
    if (account.lines is not None) != is_booked:
        yield "grant.booked_differs"
        return
    plan = [each for each in row.instalments.all() if each.state != InstalmentState.CANCELLED.value]
    if not is_booked:
        if sum(each.amount_fen for each in plan) != row.amount_fen:
            yield "grant.plan_differs"
        return
    if account.lines != grant_lines(row) or account.approved_fen != row.amount_fen:
        yield "grant.budget_differs"
    if {each.name: _as_row(each) for each in plan} != {
        name: (each.amount_fen, each.voucher) for name, each in account.instalments.items()
    } or any(
        InstalmentState(each.state) in ON_ITS_WAY and not account.instalments[each.name].is_met
        for each in plan
    ):
        yield "grant.instalments_differ"
    receipts = {each.number: (each.line, each.claimed_fen, each.admitted_fen) for each in row.receipts.all()}
    if receipts != {
        number: (each.line, each.claimed_fen, each.admitted_fen) for number, each in account.receipts.items()
    }:
        yield "grant.receipts_differ"


def _as_row(each: Instalment) -> tuple[int, str]:
    return each.amount_fen, each.voucher


def check_settlements() -> Outcome:
    """Check that what is closed is settled: the ledger is closed, with what was waived among its entries."""
    faults = []
    closed = Settlement.objects.filter(state=SettlementState.CLOSED.value).select_related("grant")
    for row in closed:
        account = booked(entries_of(row.grant))
        if not account.is_closed or account.waived_fen != row.waived_fen:
            faults.append(Fault("grant.settlement_differs", str(row.pk)))
    return Outcome(closed.count(), tuple(faults))


def check_owners() -> Outcome:
    """Check that a grant belongs to the association, call and unit of its application, and all of it to its grant."""
    strays = Grant.objects.exclude(
        association_id=F("application__association_id"),
        call_id=F("application__call_id"),
        unit_id=F("application__unit_id"),
        selection__application_id=F("application_id"),
    )
    faults = [Fault("grant.elsewhere", str(pk)) for pk in strays.values_list("pk", flat=True)]
    for model in (Instalment, ChangeRequest, Settlement, Receipt):
        rows = model.objects.exclude(association_id=F("grant__association_id"))
        faults += [Fault("grant.elsewhere", str(pk)) for pk in rows.values_list("pk", flat=True)]
    return Outcome(Grant.objects.count(), tuple(faults))


def check_triggers() -> Outcome:
    """Check that the database still refuses to change the ledger."""
    return compare_triggers(TRIGGERS)


CHECKS: list[tuple[str, Check]] = [
    ("grants", check_states),
    ("ledgers of grants", check_ledgers),
    ("settlements of grants", check_settlements),
    ("whose grants these are", check_owners),
    ("triggers of the ledger", check_triggers),
]
