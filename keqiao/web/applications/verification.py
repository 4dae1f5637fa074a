"""What must always hold of applications: states are what the events say, receipts what was submitted, places taken."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, F

from keqiao.core.lifecycle.application import IN_HAND, STATE_AFTER, ApplicationState
from keqiao.core.lifecycle.joining import IN_FORCE
from keqiao.core.lifecycle.joining import STATE_AFTER as JOINING_AFTER
from keqiao.web.applications.models import Application, Joining, Return, Submission
from keqiao.web.applications.receipts import digest_of_content
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states, compare_triggers
from keqiao.web.registers.queries.applied import projects_in_hand

TRIGGERS = frozenset({"submission_is_not_deleted", "submission_keeps_what_was_submitted"})
"""On both engines; made by migration 0002."""


def check_applications() -> Outcome:
    """Check that the state of each application is what its events say."""
    states = Application.objects.values_list("pk", "state").iterator()
    return compare_states(Application._meta.label_lower, states, STATE_AFTER)


def check_submissions() -> Outcome:
    """Check that each frozen content still has the digest of its receipt; what was erased keeps the digest alone."""
    count, faults = 0, []
    for pk, content, digest in Submission.objects.values_list("pk", "content", "digest").iterator():
        count += 1
        if content and digest_of_content(content) != digest:
            faults.append(Fault("submission.altered", str(pk)))
    return Outcome(count, tuple(faults))


def check_receipts() -> Outcome:
    """Check that the ordinals of each application run without a gap, and that its last receipt is the one it shows."""
    submitted = Application.objects.filter(submitted_at__isnull=False)
    rows = submitted.annotate(receipts=Count("submissions"))
    last = {
        row.application_id: row
        for row in Submission.objects.defer("content").order_by("application_id", "ordinal").iterator()
    }
    faults = list(_receipt_faults(rows, last))
    numbered = Application.objects.exclude(number="").filter(submissions__isnull=True)
    faults += [Fault("application.number_without_receipt", str(row.pk)) for row in numbered]
    return Outcome(len(last), tuple(faults))


def _receipt_faults(rows: Iterable[Application], last: dict[object, Submission]) -> Iterator[Fault]:
    for row in rows:
        receipt = last.get(row.pk)
        if receipt is None:
            yield Fault("application.receipt_missing", str(row.pk))
        elif (receipt.ordinal, receipt.key, receipt.arrived_at) != (row.receipts, row.key, row.submitted_at):  # type: ignore[attr-defined]
            yield Fault("application.receipt_differs", str(row.pk))


def check_places() -> Outcome:
    """Check that what is submitted has its place in the register of what units have in hand, and nothing else has."""
    wanted = [state.value for state in IN_HAND]
    there = {str(pk) for pk in Application.objects.filter(state__in=wanted).values_list("pk", flat=True)}
    known = {str(pk) for pk in Application.objects.values_list("pk", flat=True)}
    held = projects_in_hand() & known
    faults = [Fault("application.place_missing", pk) for pk in sorted(there - held)]
    faults += [Fault("application.place_kept", pk) for pk in sorted(held - there)]
    return Outcome(len(there), tuple(faults))


def check_returns() -> Outcome:
    """Check that an application is returned just where a return waits for it, and that owners agree."""
    waiting = set(Return.objects.filter(settled_at__isnull=True).values_list("application_id", flat=True))
    returned = set(
        Application.objects.filter(state=ApplicationState.RETURNED.value).values_list("pk", flat=True)
    )
    faults = [Fault("return.state_differs", str(pk)) for pk in waiting ^ returned]
    strays = Application.objects.exclude(association_id=F("call__association_id"))
    faults += [Fault("application.other_association", str(row.pk)) for row in strays]
    return Outcome(Return.objects.count(), tuple(faults))


def check_joinings() -> Outcome:
    """Check that what was asked of units that join stands as its events say, and only where it can be in force."""
    states = Joining.objects.values_list("pk", "state").iterator()
    found = compare_states(Joining._meta.label_lower, states, JOINING_AFTER)
    over = [ApplicationState.WITHDRAWN.value, ApplicationState.DISCARDED.value]
    strays = Joining.objects.filter(application__state__in=over, state__in=[each.value for each in IN_FORCE])
    faults = [Fault("joining.in_force_of_nothing", str(pk)) for pk in strays.values_list("pk", flat=True)]
    other = Joining.objects.exclude(
        lead_id=F("application__unit_id"),
        call_id=F("application__call_id"),
        association_id=F("application__association_id"),
    )
    faults += [Fault("joining.other_application", str(pk)) for pk in other.values_list("pk", flat=True)]
    return Outcome(found.checked, (*found.faults, *faults))


def check_triggers() -> Outcome:
    """Check that the database still refuses to remove submissions and to rewrite them."""
    return compare_triggers(TRIGGERS)


CHECKS: list[tuple[str, Check]] = [
    ("applications", check_applications),
    ("submissions", check_submissions),
    ("receipts", check_receipts),
    ("places of applications", check_places),
    ("returns", check_returns),
    ("joint applications", check_joinings),
    ("triggers of applications", check_triggers),
]
