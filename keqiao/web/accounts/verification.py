"""What must always hold of accounts and grants."""

from itertools import combinations

from keqiao.web.accounts.models import Grant
from keqiao.web.accounts.roles import CHOICES, GUARDS
from keqiao.web.audit.verification import Check, Fault, Outcome

ROLES = frozenset(code for code, _label in CHOICES)


def check_grants() -> Outcome:
    """Check that each grant names a role there is, and that no account ever held two guard roles at once."""
    grants = list(Grant.objects.only("pk", "user_id", "role", "valid_from", "valid_until"))
    faults = [Fault("grant.role_unknown", str(row.pk)) for row in grants if row.role not in ROLES]
    guards: dict[object, list[Grant]] = {}
    for row in grants:
        if row.role in GUARDS:
            guards.setdefault(row.user_id, []).append(row)
    for user_id, held in guards.items():
        if any(_overlap(one, other) for one, other in combinations(held, 2)):
            faults.append(Fault("grant.guards_meet", str(user_id)))
    return Outcome(len(grants), tuple(faults))


def _overlap(one: Grant, other: Grant) -> bool:
    first, second = sorted((one, other), key=lambda row: row.valid_from)
    return first.valid_until is None or first.valid_until > second.valid_from


CHECKS: list[tuple[str, Check]] = [("grants", check_grants)]
