"""What is owed in the formal check: applications that somebody has begun to look at, and not finished."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.formal_check import FormalCheckState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_role
from keqiao.web.review.experts_owed import KINDS as EXPERT_KINDS
from keqiao.web.review.models import FormalCheck
from keqiao.web.review.tasks_owed import KINDS as TASK_KINDS

CHECK = "review.formal_check"
LONGEST_TITLE = 120


def checks_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each formal check that waits for an officer."""
    rows = FormalCheck.objects.filter(which or Q(), state=FormalCheckState.OPEN.value)
    for row in rows.select_related("application", "call"):
        title = row.application.title or row.application.number
        yield Owed(
            CHECK,
            f"formal_check:{row.pk}",
            (FormalCheck._meta.label_lower, str(row.pk)),
            for_role(OFFICER, row.association_id),
            row.association_id,
            row.begun_at,
            variables={"title": title[:LONGEST_TITLE], "call": row.call.title[:LONGEST_TITLE]},
            within_id=str(row.call_id),
        )


def follow_check(check_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what is owed about a formal check, which ``fact`` has just happened to."""
    about = (FormalCheck._meta.label_lower, str(check_id))
    follow([CHECK], about, list(checks_owed(Q(pk=check_id))), at=at, fact=fact)


KINDS = [
    Kind(
        code=CHECK,
        title=_("形式审查：{title}（{call}）"),
        otherwise=_("没有审查的申报不能进入专家评审"),
        act=_("去审查"),
        many=_("待形式审查的申报"),
        link=lambda about_id: reverse("review:check", args=[about_id]),
        list_link=lambda: reverse("review:calls"),
        owed_now=checks_owed,
        variables=frozenset({"title", "call"}),
        facts={
            "passed": _("合格"),
            "refused": _("不合格"),
            "returned": _("已退回修改"),
            "withdrawn": _("申报已撤回"),
        },
    ),
    *TASK_KINDS,
    *EXPERT_KINDS,
]
