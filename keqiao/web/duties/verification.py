"""What must always hold of duties: every open one is owed by the facts, and everything owed has its duty."""

from keqiao.web.audit.verification import Check, Fault, Outcome
from keqiao.web.duties.kinds import all_kinds
from keqiao.web.duties.models import Duty
from keqiao.web.duties.queries import differences


def check_duties() -> Outcome:
    """Check each kind against what its room says is owed now."""
    faults, count = [], 0
    for kind in all_kinds().values():
        missing, surplus = differences(kind)
        count += len(missing) + Duty.objects.filter(kind=kind.code, settled_at__isnull=True).count()
        faults += [Fault("duty.missing", owed.key) for owed in missing]
        faults += [Fault("duty.not_owed", str(pk)) for pk in surplus]
    return Outcome(count, tuple(faults))


def check_kinds() -> Outcome:
    """Check that a room still names the kind of each open duty: nobody sees one of an unknown kind."""
    unknown = Duty.objects.filter(settled_at__isnull=True).exclude(kind__in=list(all_kinds()))
    codes = unknown.order_by("kind").values_list("kind", flat=True).distinct()
    return Outcome(len(all_kinds()), tuple(Fault("duty.unknown_kind", code) for code in codes))


CHECKS: list[tuple[str, Check]] = [
    ("duties: what is owed", check_duties),
    ("duties: kinds", check_kinds),
]
