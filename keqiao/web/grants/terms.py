"""What an agreement says, as plain values with one digest: the same that is sent, signed, printed and compared."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from keqiao.core.forms.awarded import AwardedLine
from keqiao.core.lifecycle.instalment import InstalmentState
from keqiao.web.grants.models import Grant, Instalment

CANCELLED = InstalmentState.CANCELLED.value
LOCKED = ("number", "title", "category", "amount_fen", "content", "targets", "lines", "rules")


def lines_of(grant: Grant) -> tuple[AwardedLine, ...]:
    """Return the budget of a grant as it stands."""
    return tuple(AwardedLine(**row) for row in grant.lines)


def grant_lines(grant: Grant) -> dict[str, int]:
    """Return what of the grant each line has, in fen by key: what the ledger calls a budget."""
    return {line.key: line.grant_fen for line in lines_of(grant) if line.grant_fen}


def plan_of(grant: Grant) -> list[Instalment]:
    """Return the instalments of a grant that hold, in order."""
    return [each for each in grant.instalments.all() if each.state != CANCELLED]


def said_by(grant: Grant, plan: Iterable[Instalment]) -> dict[str, Any]:
    """Return everything that those who sign agree to, as plain values."""
    said: dict[str, Any] = {name: getattr(grant, name) for name in LOCKED}
    said |= {"call": str(grant.call_id), "unit": str(grant.unit_id), "leader": str(grant.leader_id or "")}
    said |= {"begins": _day(grant.begins_on), "ends": _day(grant.ends_on)}
    payments = [[each.name, each.amount_fen, each.condition, _day(each.due_on)] for each in plan]
    return said | {"payments": payments}


def fingerprint(grant: Grant) -> str:
    """Return the SHA-256 of what the agreement says now."""
    return digest_of(said_by(grant, plan_of(grant)))


def digest_of(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of plain values in one spelling."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
