"""What must always hold of accounts and grants."""

from itertools import combinations

from keqiao.core.lifecycle.registration import STATE_AFTER
from keqiao.web.accounts.models import Grant, Invitation, Registration
from keqiao.web.accounts.roles import CHOICES, GUARDS
from keqiao.web.audit.queries import events_of_kind
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states

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


def check_registrations() -> Outcome:
    """Check that each registration stands where its events say."""
    after = {act: state.value for act, state in STATE_AFTER.items()}
    rows = Registration.objects.values_list("pk", "state").iterator()
    return compare_states(Registration._meta.label_lower, rows, after)


def check_invitations() -> Outcome:
    """Check that each accepted invitation has given its role to one account, by the event that tells of it."""
    accepted = Invitation.objects.filter(accepted_at__isnull=False)
    grants = {
        event.chain_id: event.data.get("grant", "")
        for event in events_of_kind(Invitation._meta.label_lower)
        if event.act == "invitation_accepted"
    }
    held = {str(pk): (user, role) for pk, user, role in Grant.objects.values_list("pk", "user_id", "role")}
    faults = tuple(
        Fault("invitation.grant_differs", str(row.pk))
        for row in accepted
        if held.get(grants.get(str(row.pk), "")) != (row.accepted_by_id, row.role)
    )
    return Outcome(accepted.count(), faults)


CHECKS: list[tuple[str, Check]] = [
    ("grants", check_grants),
    ("registrations: states", check_registrations),
    ("invitations: accepted", check_invitations),
]
