"""The two keys of a decision: what is approved, its digest, and what waits."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.approval import ApprovalState
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.approvals.frozen import canonical
from keqiao.web.approvals.queries import Approval, undecided

BY_LEADER, BY_FINANCE = "allocation.approve", "allocation.approve_by_finance"
KINDS = (BY_LEADER, BY_FINANCE)
S = SelectionState
CHOSEN = frozenset({S.PROPOSED.value, S.APPROVED.value, S.IN_NOTICE.value, S.HELD.value, S.CONFIRMED.value})


def waiting_for(decision: Decision, at: datetime) -> Approval | None:
    """Return the approval that waits for a decision, or nothing."""
    waiting = Q(kind__in=KINDS, subject_kind=Decision._meta.label_lower, subject_id=str(decision.pk))
    return Approval.objects.filter(waiting & undecided(at)).first()


def sent_back_last(decision: Decision) -> Approval | None:
    """Return the approval by whose refusal the office has the decision again, or nothing."""
    asked = Approval.objects.filter(
        kind__in=KINDS, subject_kind=Decision._meta.label_lower, subject_id=str(decision.pk)
    )
    # the second key is asked the moment the first turns: of two of one moment it is the later
    last = asked.order_by("-proposed_at", "-kind").first()
    return last if last is not None and last.state == ApprovalState.REFUSED.value else None


def laid_before_finance(association_ids: Collection[UUID], at: datetime) -> list[UUID]:
    """Return the decisions of these associations that wait for the word of the finance bureau."""
    waiting = Q(kind=BY_FINANCE, subject_kind=Decision._meta.label_lower, association_id__in=association_ids)
    return [UUID(row.subject_id) for row in Approval.objects.filter(waiting & undecided(at))]


def digest_of(decision: Decision, rows: Iterable[Selection]) -> str:
    """Return the digest of everything that is approved: who gets what by which rules, who does not, and why."""
    said = sorted((_content(row) for row in rows), key=lambda each: str(each["application"]))
    return hashlib.sha256(canonical([decision.policy, decision.pilots, said])).hexdigest()


def _content(row: Selection) -> dict[str, Any]:
    """What is decided of one application, as it is on the day of the approval; what comes later changes nothing."""
    return {
        "application": str(row.application_id),
        "amount_fen": row.amount_fen,
        "scope": row.scope,
        "rank": row.rank,
        "merged_into": str(row.merged_into_id or ""),
    }
