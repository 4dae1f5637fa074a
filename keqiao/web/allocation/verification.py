"""What must always hold of decisions: states are what events say, sums lie within what the call states, digests fit."""

from django.db.models import F

from keqiao.core.lifecycle.selection import TABLE
from keqiao.web.allocation.approving import CHOSEN, digest_of
from keqiao.web.allocation.frozen import thawed
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states


def check_selections() -> Outcome:
    """Check that the state of each selection is what its events say."""
    states = Selection.objects.values_list("pk", "state").iterator()
    return compare_states(Selection._meta.label_lower, states, TABLE.state_after)


def check_sums() -> Outcome:
    """Check that what is chosen in approved decisions passes no sum and no number of places that the call states."""
    approved = Decision.objects.filter(approved_at__isnull=False)
    faults = [Fault("decision.sum_passed", str(row.pk)) for row in approved.iterator() if _passes_a_sum(row)]
    return Outcome(approved.count(), tuple(faults))


def _passes_a_sum(decision: Decision) -> bool:
    frozen = thawed(decision.proposed)
    if frozen is None:
        return True
    rows = Selection.objects.filter(decision=decision, state__in=CHOSEN)
    given = {str(row.application_id): row.amount_fen or 0 for row in rows}
    for node in frozen.case.nodes:
        there = [
            each.id for each in frozen.case.candidates if node in frozen.case.above(each) and each.id in given
        ]
        most = node.places.most if node.places else None
        if most is not None and len(there) > most:
            return True
        if node.total_fen is not None and sum(given[each] for each in there) > node.total_fen:
            return True
    return False


def check_digests() -> Outcome:
    """Check that an approved decision still says what was approved; substitutes come later and change it rightly."""
    approved = Decision.objects.filter(approved_at__isnull=False)
    whole = approved.exclude(selections__instead_of__isnull=False)
    faults = [
        Fault("decision.digest_differs", str(row.pk))
        for row in whole.iterator()
        if digest_of(row, row.selections.all()) != row.digest
    ]
    return Outcome(whole.count(), tuple(faults))


def check_owners() -> Outcome:
    """Check that a selection belongs to the association, call and decision of its application."""
    strays = Selection.objects.exclude(
        association_id=F("application__association_id"),
        call_id=F("application__call_id"),
        decision__call_id=F("call_id"),
    )
    faults = tuple(Fault("selection.elsewhere", str(pk)) for pk in strays.values_list("pk", flat=True))
    return Outcome(Selection.objects.count(), faults)


CHECKS: list[tuple[str, Check]] = [
    ("selections", check_selections),
    ("sums of decisions", check_sums),
    ("digests of decisions", check_digests),
    ("whose selections these are", check_owners),
]
