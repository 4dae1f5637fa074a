"""What must always hold of approvals: their states, who decided, what was frozen, that each ran once."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from keqiao.core.lifecycle.approval import STATE_AFTER
from keqiao.web.approvals.frozen import digest_of
from keqiao.web.approvals.models import DECIDED, Approval, ApprovalState
from keqiao.web.audit.queries import events_of_kind
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states, compare_triggers

KIND = Approval._meta.label_lower
DECISIONS = ("approved", "refused")
TRIGGERS = ("approval_ends_once", "approval_is_not_deleted", "approval_keeps_what_was_proposed")
"""On both engines; made by migration 0002."""

Events = dict[str, dict[str, list[Any]]]


def check_states() -> Outcome:
    """Check that each approval stands where its events say."""
    after = {act: state.value for act, state in STATE_AFTER.items()}
    return compare_states(KIND, Approval.objects.values_list("pk", "state").iterator(), after)


def check_deciders() -> Outcome:
    """Check that somebody else than the proposer decided, by the rows and by the events alike."""
    events = _events()
    rows = Approval.objects.filter(state__in=DECIDED)
    faults = tuple(fault for row in rows.iterator() for fault in _decider_faults(row, events[str(row.pk)]))
    return Outcome(rows.count(), faults)


def _decider_faults(row: Approval, acts: dict[str, list[Any]]) -> Iterator[Fault]:
    proposers = {event.actor_id for event in acts["proposed"]}
    deciders = {event.actor_id for act in DECISIONS for event in acts[act]}
    if proposers != {row.proposed_by_id}:
        yield Fault("approval.proposer_differs", str(row.pk))
    if deciders != {row.decided_by_id}:
        yield Fault("approval.decider_differs", str(row.pk))
    if {row.decided_by_id, *deciders} & {row.proposed_by_id, *proposers}:
        yield Fault("approval.decided_by_proposer", str(row.pk))


def check_frozen() -> Outcome:
    """Check that each approval still says what was proposed."""
    events = _events()
    faults = []
    count = 0
    for row in Approval.objects.iterator():
        count += 1
        recorded = {event.data.get("digest") for event in events[str(row.pk)]["proposed"]}
        if recorded != {row.digest} or digest_of(row.salt, row.proposed_content()) != row.digest:
            faults.append(Fault("approval.altered", str(row.pk)))
    return Outcome(count, tuple(faults))


def check_executions() -> Outcome:
    """Check that each approved act was done exactly once, and no other."""
    events = _events()
    faults = []
    count = 0
    for row in Approval.objects.iterator():
        count += 1
        done = events[str(row.pk)]["approved"]
        expected = 1 if row.state == ApprovalState.APPROVED else 0
        if len(done) != expected:
            faults.append(Fault("approval.executions_differ", f"{row.pk}: {len(done)}, not {expected}"))
        elif done and (done[0].at, done[0].data.get("outcome")) != (row.executed_at, row.outcome):
            faults.append(Fault("approval.outcome_differs", str(row.pk)))
    return Outcome(count, tuple(faults))


def check_triggers() -> Outcome:
    """Check that the database still refuses to change what was proposed and decided."""
    return compare_triggers(TRIGGERS)


def _events() -> Events:
    """All events of approvals, by approval and act."""
    found: Events = defaultdict(lambda: defaultdict(list))
    for event in events_of_kind(KIND):
        found[event.chain_id][event.act].append(event)
    return found


CHECKS: list[tuple[str, Check]] = [
    ("approvals: states", check_states),
    ("approvals: second person", check_deciders),
    ("approvals: as proposed", check_frozen),
    ("approvals: done once", check_executions),
    ("approvals: triggers", check_triggers),
]
