"""What must always hold of endorsing: states are what the events say, quotas hold, seats are exact, lists unaltered."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from keqiao.core.lifecycle import batch as of_batches
from keqiao.core.lifecycle import endorsement as of_passages
from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import ARRIVED, UNDER_WAY
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states, compare_triggers
from keqiao.web.endorsement.models import Batch, BatchLine, Passage, Queue, Seat

TRIGGERS = frozenset(
    {
        "opinion_is_not_deleted",
        "opinion_keeps_what_was_said",
        "line_is_not_deleted",
        "line_keeps_what_was_listed",
    }
)
"""On both engines; made by migration 0002."""
SENT = [BatchState.FORWARDED.value]


def check_passages() -> Outcome:
    """Check that the state of each passage is what its events say."""
    states = Passage.objects.values_list("pk", "state").iterator()
    return compare_states(Passage._meta.label_lower, states, of_passages.STATE_AFTER)


def check_batches() -> Outcome:
    """Check that the state of each batch is what its events say; one that nobody co-signs begins as forwarded."""
    states = Batch.objects.values_list("pk", "state").iterator()
    return compare_states(Batch._meta.label_lower, states, of_batches.STATE_AFTER)


def check_seats() -> Outcome:
    """Check that each queue has as many seats as its quota, and that seats are held by its own standing lines only."""
    queues = Queue.objects.annotate(there=Count("seats"))
    faults = [
        Fault("queue.seats_differ", str(row.pk))
        for row in queues.exclude(there=F("quota"))
        if row.there or row.quota
    ]
    strays = BatchLine.objects.filter(seat__isnull=False).exclude(seat__queue=F("queue"))
    faults += [Fault("line.seat_elsewhere", str(row.pk)) for row in strays]
    loose = BatchLine.objects.filter(stands=True).filter(
        Q(is_limited=True, queue__quota__isnull=True) | Q(is_limited=False, queue__quota__isnull=False)
    )
    faults += [Fault("line.limit_differs", str(row.pk)) for row in loose]
    return Outcome(Seat.objects.count(), tuple(faults))


def check_quotas() -> Outcome:
    """Check that nobody has forwarded more than the quota, counted anew without seats."""
    counts = Queue.objects.filter(quota__isnull=False).annotate(
        sent=Count("lines", filter=Q(lines__stands=True))
    )
    over = [Fault("queue.over_quota", str(row.pk)) for row in counts.filter(sent__gt=F("quota"))]
    return Outcome(counts.count(), tuple(over))


def check_lines() -> Outcome:
    """Check that lines stand just on forwarded lists, and under passages that went on; and that owners agree."""
    faults = [
        Fault("line.stands_on_no_list", str(row.pk))
        for row in BatchLine.objects.filter(stands=True).exclude(batch__state__in=SENT)
    ]
    standing = BatchLine.objects.filter(stands=True).select_related("passage")
    faults += list(_behind(standing.iterator()))
    elsewhere = BatchLine.objects.exclude(batch__queue=F("queue"))
    faults += [Fault("line.other_queue", str(row.pk)) for row in elsewhere]
    owners = Passage.objects.exclude(application__association_id=F("association_id"))
    faults += [Fault("passage.other_association", str(row.pk)) for row in owners]
    return Outcome(BatchLine.objects.count(), tuple(faults))


def _behind(lines: Iterator[BatchLine]) -> Iterator[Fault]:
    """Whatever was forwarded is further on, or has arrived."""
    for line in lines:
        passage = line.passage
        arrived = passage.state in {state.value for state in ARRIVED}
        on_the_way = (
            passage.state in {state.value for state in UNDER_WAY} and passage.queue_id != line.queue_id
        )
        if not (arrived or on_the_way):
            yield Fault("line.passage_is_not_further_on", str(line.pk))


def check_triggers() -> Outcome:
    """Check that the database still refuses to remove opinions and lists, and to rewrite them."""
    return compare_triggers(TRIGGERS)


CHECKS: list[tuple[str, Check]] = [
    ("passages", check_passages),
    ("batches", check_batches),
    ("seats of quotas", check_seats),
    ("quotas", check_quotas),
    ("lists that were forwarded", check_lines),
    ("triggers of endorsing", check_triggers),
]
