"""What must always hold of review: states are what the events say, results fit what was said of the points."""

from django.db.models import F

from keqiao.core.lifecycle.expert import TABLE as EXPERT_TABLE
from keqiao.core.lifecycle.formal_check import TABLE, FormalCheckState
from keqiao.core.lifecycle.review_round import TABLE as ROUNDS
from keqiao.core.lifecycle.review_task import TABLE as TASKS
from keqiao.core.rules.formal_check import Said, against_passing, against_refusing
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states
from keqiao.web.review.kept_results import result_in
from keqiao.web.review.models import Entry, Expert, FormalCheck, Relation, Round, RoundState, Sheet, Task
from keqiao.web.review.models import Outcome as Written
from keqiao.web.review.points import point_in
from keqiao.web.review.queries.joining import results_of, sealed_sheets
from keqiao.web.review.sheets import digest_of_round, digest_of_sheet


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


def check_rounds() -> Outcome:
    """Check that the state of each round is what its events say."""
    return compare_states(
        Round._meta.label_lower, Round.objects.values_list("pk", "state").iterator(), ROUNDS.state_after
    )


def check_tasks() -> Outcome:
    """Check that the state of each review task is what its events say."""
    return compare_states(
        Task._meta.label_lower, Task.objects.values_list("pk", "state").iterator(), TASKS.state_after
    )


def check_sealed() -> Outcome:
    """Check that the digest of each sealed sheet is that of its answers, and that of a round fits its sheets."""
    faults = []
    sheets = Sheet.objects.filter(sealed_at__isnull=False).select_related("task__round")
    for sheet in sheets.iterator():
        task = sheet.task
        if sheet.digest != digest_of_sheet(task, task.round.card, sheet.answers):
            faults.append(Fault("review.sealed_differs", str(sheet.task_id)))
    closed = Round.objects.filter(state=RoundState.CLOSED.value)
    for row in closed.iterator():
        digests = {str(sheet.task_id): sheet.digest for sheet in sealed_sheets(row.pk)}
        if row.digest != digest_of_round(digests):
            faults.append(Fault("review.round_differs", str(row.pk)))
    return Outcome(sheets.count() + closed.count(), tuple(faults))


def check_outcomes() -> Outcome:
    """Check that the outcomes of each closed round are what its sealed sheets come to, and no other round has any."""
    faults, number = [], 0
    for row in Round.objects.filter(state=RoundState.CLOSED.value).iterator():
        written = {each.application_id: result_in(each) for each in Written.objects.filter(round=row)}
        number += len(written)
        found = {pk: result for pk, result in results_of(row) if pk in written}
        faults += [
            Fault("review.outcome_differs", str(row.pk))
            for pk, result in written.items()
            if pk in found and found[pk] != result
        ]
    strays = Written.objects.exclude(round__state=RoundState.CLOSED.value)
    faults += [Fault("review.outcome_of_open_round", str(pk)) for pk in strays.values_list("pk", flat=True)]
    return Outcome(number, tuple(faults))


def check_entered() -> Outcome:
    """Check that what a round judges belongs to its call, and that each task is about one of its entries."""
    strays = Entry.objects.exclude(application__call_id=F("round__call_id"))
    faults = [Fault("review.entry_elsewhere", str(pk)) for pk in strays.values_list("pk", flat=True)]
    entered = set(Entry.objects.values_list("round_id", "application_id", "digest"))
    tasks = Task.objects.values_list("pk", "round_id", "application_id", "submission_digest")
    faults += [
        Fault("review.task_elsewhere", str(pk)) for pk, *of in tasks.iterator() if tuple(of) not in entered
    ]
    return Outcome(Entry.objects.count() + tasks.count(), tuple(faults))


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
    ("rounds of review", check_rounds),
    ("review tasks", check_tasks),
    ("sealed sheets", check_sealed),
    ("outcomes of review", check_outcomes),
    ("what rounds judge", check_entered),
    ("experts", check_experts),
    ("relations of experts", check_relations),
]
