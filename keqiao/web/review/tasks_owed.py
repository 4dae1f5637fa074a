"""What is owed in rounds of review: invitations to answer and sheets to fill in; experts still to be found."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.review_round import LIVE, ReviewRoundState
from keqiao.core.lifecycle.review_task import LOAD, ReviewTaskState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_person, for_role
from keqiao.web.review.models import Entry, Round, Task

INVITATION, SHEET, ASSIGNMENT = "review.invitation", "review.sheet", "review.assignment"
LONGEST_TITLE = 120
IN_ROUNDS = [state.value for state in LIVE]
COUNTED = [state.value for state in LOAD]
KIND_OF = {
    ReviewTaskState.INVITED.value: INVITATION,
    ReviewTaskState.ACCEPTED.value: SHEET,
    ReviewTaskState.DRAFT.value: SHEET,
}


def tasks_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each task whose expert has to answer or to score, until the round closes."""
    rows = Task.objects.filter(which or Q(), state__in=list(KIND_OF), round__state__in=IN_ROUNDS)
    rows = rows.filter(expert__person__account__isnull=False)
    marks = dict(Entry.objects.filter(round__state__in=IN_ROUNDS).values_list("application_id", "mark"))
    for row in rows.select_related("expert__person__account", "round", "application"):
        account: Any = row.expert.person
        kind = KIND_OF[row.state]
        yield Owed(
            kind,
            f"{kind}:{row.pk}",
            (Task._meta.label_lower, str(row.pk)),
            for_person(account.account.pk),
            row.association_id,
            row.invited_at if kind == INVITATION else row.answered_at or row.invited_at,
            due_at=row.round.closes_at,
            variables={"title": title_for_expert(row, marks), "round": row.round.name[:LONGEST_TITLE]},
            within_id=str(row.round.call_id),
        )


def invitations_owed() -> Iterator[Owed]:
    """Yield the duties of those who have not answered yet."""
    return tasks_owed(Q(state=ReviewTaskState.INVITED.value))


def sheets_owed() -> Iterator[Owed]:
    """Yield the duties of those who have accepted and not sealed."""
    return tasks_owed(Q(state__in=[ReviewTaskState.ACCEPTED.value, ReviewTaskState.DRAFT.value]))


def title_for_expert(task: Any, marks: dict[Any, str]) -> str:
    """Return what an application is called before its expert: blind, a mark that names nobody."""
    if task.round.blind:
        return marks.get(task.application_id, "—")
    return str(task.application.title or task.application.number)[:LONGEST_TITLE]


def assignments_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each round that is prepared or open and in which an application has too few experts."""
    judging = Count("application__tasks_of_review", filter=_judges(), distinct=True)
    short = Entry.objects.filter(round__state__in=IN_ROUNDS).annotate(judging=judging)
    rounds = short.filter(judging__lt=F("round__experts")).values("round_id")
    for row in Round.objects.filter(which or Q(), pk__in=rounds).select_related("call"):
        yield Owed(
            ASSIGNMENT,
            f"{ASSIGNMENT}:{row.pk}",
            (Round._meta.label_lower, str(row.pk)),
            for_role(OFFICER, row.association_id),
            row.association_id,
            row.made_at,
            due_at=row.opens_at if row.state == ReviewRoundState.PLANNED.value else row.closes_at,
            variables={"round": row.name[:LONGEST_TITLE], "call": row.call.title[:LONGEST_TITLE]},
            within_id=str(row.call_id),
        )


def _judges() -> Q:
    same_round = Q(application__tasks_of_review__round=F("round"))
    return same_round & Q(application__tasks_of_review__state__in=COUNTED)


def follow_tasks(which: Q, at: datetime, fact: str) -> None:
    """Open and close what is owed about tasks, to which ``fact`` has just happened, and about their rounds."""
    owed = defaultdict(list)
    for each in tasks_owed(which):
        owed[each.about[1]].append(each)
    rounds = set()
    for pk, round_id in Task.objects.filter(which).values_list("pk", "round_id"):
        rounds.add(round_id)
        about = (Task._meta.label_lower, str(pk))
        follow([INVITATION, SHEET], about, owed[str(pk)], at=at, fact=fact)
    for round_id in rounds:
        follow_round(round_id, at, fact)


def follow_round(round_id: Any, at: datetime, fact: str) -> None:
    """Open and close what is owed about finding experts for a round."""
    about = (Round._meta.label_lower, str(round_id))
    follow([ASSIGNMENT], about, list(assignments_owed(Q(pk=round_id))), at=at, fact=fact)


def _to_the_task(about_id: str) -> str:
    return reverse("review:task", args=[about_id])


FACTS = {
    "accepted": _("已接受"),
    "declined": _("已谢绝"),
    "recused": _("已回避"),
    "sealed": _("已封存"),
    "cancelled": _("已取消"),
    "closed": _("评审已结束"),
    "invited": _("已邀请专家"),
}

KINDS = [
    Kind(
        code=INVITATION,
        title=_("答复评审邀请：{title}（{round}）"),
        otherwise=_("不答复的，主办单位将另请专家"),
        act=_("去答复"),
        many=_("待答复的评审邀请"),
        link=_to_the_task,
        list_link=lambda: reverse("review:tasks"),
        owed_now=invitations_owed,
        variables=frozenset({"title", "round"}),
        facts=FACTS,
    ),
    Kind(
        code=SHEET,
        title=_("评审：{title}（{round}）"),
        otherwise=_("截止时没有封存的评分表不计入总分"),
        act=_("去评审"),
        many=_("待评审的项目"),
        link=_to_the_task,
        list_link=lambda: reverse("review:tasks"),
        owed_now=sheets_owed,
        variables=frozenset({"title", "round"}),
        facts=FACTS,
    ),
    Kind(
        code=ASSIGNMENT,
        title=_("安排评审专家：{round}（{call}）"),
        otherwise=_("专家不足的项目不能按规定计算总分"),
        act=_("去安排"),
        many=_("专家未排满的评审轮次"),
        link=lambda about_id: reverse("review:board", args=[about_id]),
        list_link=lambda: reverse("review:rounds"),
        owed_now=assignments_owed,
        variables=frozenset({"round", "call"}),
        facts=FACTS,
    ),
]
