"""What a unit owes in an application: to finish its draft before the deadline, to correct what was returned."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.core.lifecycle.call import CallState
from keqiao.core.workdays import last_moment
from keqiao.web.applications.joining_owed import KIND
from keqiao.web.applications.models import Application, Return
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.duties.actions import bring_up_to_date, follow, settle_within
from keqiao.web.duties.kinds import Kind, Owed, for_roles
from keqiao.web.programmes.queries import Call, Offer

APPLICATION = Application._meta.label_lower
ENDS = frozenset({"closed", "cancelled"})
"""What becomes of a call after which its drafts can be submitted no more."""
TAKING = [CallState.PUBLISHED.value, CallState.OPEN.value]
DRAFT, RETURNED = "applications.draft", "applications.returned"
LONGEST_TITLE = 120


def drafts_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each draft of a call that takes applications, with the deadline of its category."""
    offers = Offer.objects.filter(call_id=OuterRef("call_id"), node=OuterRef("node"))
    rows = Application.objects.filter(
        which or Q(), state=ApplicationState.DRAFT.value, call__state__in=TAKING
    )
    rows = rows.select_related("call").annotate(
        category=Subquery(offers.values("name")[:1]), until=Subquery(offers.values("deadline_at")[:1])
    )
    for each in rows.only(*SHOWN):
        what = each.title or each.category or each.call.title
        yield _of(each, what, kind=DRAFT, key=f"draft:{each.pk}", at=each.created_at, due_at=each.until)


def returned_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each application that was returned for correction, until its day."""
    open_ones = Return.objects.filter(application_id=OuterRef("pk"), settled_at__isnull=True)
    rows = Application.objects.filter(which or Q(), state=ApplicationState.RETURNED.value)
    last = {name: Subquery(open_ones.values(name)[:1]) for name in ("id", "until", "returned_at")}
    rows = rows.select_related("call").annotate(
        return_id=last["id"], until=last["until"], returned_at=last["returned_at"]
    )
    for each in rows.only(*SHOWN):
        occasion = {"kind": RETURNED, "key": f"returned:{each.return_id}", "at": each.returned_at}
        yield _of(each, each.title or each.number, due_at=last_moment(each.until), **occasion)


SHOWN = (
    "association_id",
    "call_id",
    "call__title",
    "unit_id",
    "title",
    "number",
    "node",
    "state",
    "created_at",
)


def follow_application(application_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what the unit owes in an application, which ``fact`` has just happened to."""
    this = Q(pk=application_id)
    owed = [*drafts_owed(this), *returned_owed(this)]
    follow([DRAFT, RETURNED], (APPLICATION, str(application_id)), owed, at=at, fact=fact)


def follow_call(call: Call, at: datetime, fact: str) -> None:
    """Move the dates of all drafts of a call to its deadlines; nobody owes anything for one that is over."""
    if fact in ENDS:
        settle_within(DRAFT, str(call.pk), at=at, fact=fact)
    else:
        bring_up_to_date(drafts_owed(Q(call=call)))


def _of(application: Application, title: str, **occasion: Any) -> Owed:
    return Owed(
        **occasion,
        about=(APPLICATION, str(application.pk)),
        holder=for_roles(OF_A_UNIT, application.unit_id),
        association_id=application.association_id,
        variables={"title": title[:LONGEST_TITLE], "call": application.call.title[:LONGEST_TITLE]},
        within_id=str(application.call_id),
    )


WORDS = frozenset({"title", "call"})
KINDS = [
    KIND,
    Kind(
        code=DRAFT,
        title=_("填完并提交申报书：{title}（{call}）"),
        otherwise=_("过了截止时间，系统不再受理"),
        act=_("继续填写"),
        many=_("待提交的申报书"),
        link=lambda about_id: reverse("applications:fill", args=[about_id]),
        list_link=lambda: reverse("applications:own"),
        owed_now=drafts_owed,
        lapses=True,
        variables=WORDS,
        facts={
            "submitted": _("已提交"),
            "discarded": _("已删除"),
            "cancelled": _("通知已取消"),
            "closed": _("已截止"),
        },
    ),
    Kind(
        code=RETURNED,
        title=_("按退回意见修改：{title}（{call}）"),
        otherwise=_("逾期不改，按原来提交的内容办理"),
        act=_("去修改"),
        many=_("退回修改的申报书"),
        link=lambda about_id: reverse("applications:fill", args=[about_id]),
        list_link=lambda: reverse("applications:own"),
        owed_now=returned_owed,
        lapses=True,
        variables=WORDS,
        facts={"corrected": _("已修改"), "withdrawn": _("已撤回"), "stood": _("逾期未改，按原件办理")},
    ),
]
