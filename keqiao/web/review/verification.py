"""What must always hold of review: states are what the events say, results fit what was said of the points."""

from django.db.models import F

from keqiao.core.lifecycle.expert import TABLE as EXPERT_TABLE
from keqiao.core.lifecycle.formal_check import TABLE, FormalCheckState
from keqiao.core.rules.formal_check import Said, against_passing, against_refusing
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states
from keqiao.web.review.models import Expert, FormalCheck, Relation
from keqiao.web.review.points import point_in


def check_formal_checks() -> Outcome:
    """Check that the state of each formal check is what its events say."""
    states = FormalCheck.objects.values_list("pk", "state").iterator()
    return compare_states(FormalCheck._meta.label_lower, states, TABLE.state_after)


def check_results() -> Outcome:
    """Check that nothing passed with a point open or wanting, and nothing was refused without one wanting."""
    decided = FormalCheck.objects.filter(decided_at__isnull=False)
    faults = []
    for row in decided.iterator():
        points = [point_in(each) for each in row.found]
        said = {each["key"]: Said(each["said"]) for each in row.found if each["said"]}
        passed = row.state == FormalCheckState.PASSED.value
        if against_passing(points, said) if passed else against_refusing(points, said):
            faults.append(Fault("formal_check.result_differs", str(row.pk)))
    return Outcome(decided.count(), tuple(faults))


def check_owners() -> Outcome:
    """Check that a formal check belongs to the association and call of its application."""
    strays = FormalCheck.objects.exclude(
        association_id=F("application__association_id"), call_id=F("application__call_id")
    )
    faults = tuple(Fault("formal_check.elsewhere", str(pk)) for pk in strays.values_list("pk", flat=True))
    return Outcome(FormalCheck.objects.count(), faults)


def check_experts() -> Outcome:
    """Check that the state of each expert is what the events say."""
    states = Expert.objects.values_list("pk", "state").iterator()
    return compare_states(Expert._meta.label_lower, states, EXPERT_TABLE.state_after)


def check_relations() -> Outcome:
    """Check that a relation belongs to the association of its expert, and that no expert is related to themselves."""
    strays = Relation.objects.exclude(association_id=F("expert__association_id"))
    selves = Relation.objects.filter(person_id=F("expert__person_id"))
    faults = [Fault("relation.elsewhere", str(pk)) for pk in strays.values_list("pk", flat=True)]
    faults += [Fault("relation.to_oneself", str(pk)) for pk in selves.values_list("pk", flat=True)]
    return Outcome(Relation.objects.count(), tuple(faults))


CHECKS: list[tuple[str, Check]] = [
    ("formal checks", check_formal_checks),
    ("results of formal checks", check_results),
    ("whose formal checks these are", check_owners),
    ("experts", check_experts),
    ("relations of experts", check_relations),
]
