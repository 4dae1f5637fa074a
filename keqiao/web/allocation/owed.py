"""What is owed in deciding: a decision that was begun and waits for the office. What waits for the leader or the
finance bureau is owed in ``approvals``.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.allocation.approving import KINDS as ACTS
from keqiao.web.allocation.models import Decision
from keqiao.web.approvals.queries import proposed
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_role

DECIDE = "allocation.decide"
LONGEST_TITLE = 120


def decisions_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each decision that waits for an officer."""
    waiting = proposed(Q(kind__in=ACTS)).values_list("subject_id", flat=True)
    rows = Decision.objects.filter(which or Q(), approved_at__isnull=True).exclude(pk__in=list(waiting))
    for row in rows.select_related("call"):
        yield Owed(
            DECIDE,
            f"decision:{row.pk}",
            (Decision._meta.label_lower, str(row.pk)),
            for_role(OFFICER, row.association_id),
            row.association_id,
            row.made_at,
            variables={"call": row.call.title[:LONGEST_TITLE]},
            within_id=str(row.call_id),
        )


def follow_decision(decision_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what is owed about a decision, to which ``fact`` has just happened."""
    about = (Decision._meta.label_lower, str(decision_id))
    follow([DECIDE], about, list(decisions_owed(Q(pk=decision_id))), at=at, fact=fact)


KINDS = [
    Kind(
        code=DECIDE,
        title=_("遴选方案：{call}"),
        otherwise=_("没有审定的方案不能公示"),
        act=_("去办理"),
        many=_("待办理的遴选方案"),
        link=lambda about_id: reverse("allocation:decision", args=[about_id]),
        list_link=lambda: reverse("allocation:calls"),
        owed_now=decisions_owed,
        variables=frozenset({"call"}),
        facts={
            "asked": _("已报审"),
            "approved": _("已审定"),
        },
    ),
]
