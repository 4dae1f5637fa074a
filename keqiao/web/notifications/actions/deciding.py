"""An association decides how its messages go: after a look or by themselves, over which channels, and when not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from keqiao.readers.letters import letter_templates
from keqiao.web.audit import log
from keqiao.web.audit.log import Chain
from keqiao.web.notifications.actions.reviewing import OUTBOX
from keqiao.web.notifications.models import QuietHours, SendingRule
from keqiao.web.notifications.permissions import Viewer, role_in
from keqiao.web.notifications.rules import Rule, rule_from


@dataclass(frozen=True, slots=True)
class Decided:
    """How all kinds of message of an association go. A kind that is not named stays as it was."""

    rules: Mapping[str, Rule]
    quiet_from: time
    quiet_until: time


@transaction.atomic
def decide(association_id: UUID, decided: Decided, *, actor: Viewer, at: datetime) -> list[str]:
    """Write down what was decided, from now on; what waits already is not touched. Returns the kinds that changed."""
    held = {
        row.template: row
        for row in SendingRule.objects.select_for_update().filter(association_id=association_id)
    }
    changed = [
        code
        for code, rule in sorted(decided.rules.items())
        if rule != rule_from(held.get(code), letter_templates()[code])
    ]
    for code in changed:
        _write(association_id, code, decided.rules[code])
    hours = {"begins": decided.quiet_from, "ends": decided.quiet_until}
    QuietHours.objects.update_or_create(association_id=association_id, defaults=hours)
    data = {
        "kinds": changed,
        "quiet_from": f"{decided.quiet_from:%H:%M}",
        "quiet_until": f"{decided.quiet_until:%H:%M}",
    }
    role = role_in(actor, association_id, at)
    log.record("rules_set", Chain(OUTBOX, str(association_id)), actor=actor, role=role, at=at, data=data)
    return changed


def _write(association_id: UUID, code: str, rule: Rule) -> None:
    SendingRule.objects.update_or_create(
        association_id=association_id,
        template=code,
        defaults={
            "is_reviewed": rule.is_reviewed,
            "channels": sorted(rule.channels),
            "to_group": rule.to_group,
        },
    )
