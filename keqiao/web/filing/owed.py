"""What is owed in filing: the stamped page of what was submitted where the call asks for one, and mails that wait."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.filed_mail import OFFICER, MailState
from keqiao.core.workdays import last_moment
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.queries.to_sign import submitted_to_sign
from keqiao.web.duties.actions import bring_up_to_date, follow
from keqiao.web.duties.kinds import Kind, Owed, for_role, for_roles
from keqiao.web.filing.asked_elsewhere import asked_elsewhere
from keqiao.web.filing.models import Mail, PaperReceipt
from keqiao.web.filing.papers_owed import owed_in
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.filing.queries import stamped_of
from keqiao.web.programmes.queries import Call, Offer, public_calls
from keqiao.web.scope import crossing

PAGE, MAIL = "filing.page", "filing.mail"
LACKING = frozenset({"none", "outdated"})
LONGEST_TITLE = 120
WHY = "what a unit still has to bring is known to whoever acts on its application"


def pages_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each submitted application whose stamped page has not come, or is of an earlier content.

    Only where the call wants what is filed stamped, until the deadline that it states. Copies on paper that came since
    it was submitted do as well: the office has the seal before it. A picture that a person has matched is for the
    office to compare. One page is asked for once: not here while a stage on paper asks for it.
    """
    rows = [row for row in submitted_to_sign(which) if owed_in(row.revision_id, row.node).stamped]
    standing = stamped_of({(APPLICATION, row.pk): row.digest for row in rows}) if rows else {}
    on_paper = _papers_of([row.pk for row in rows]) if rows else {}
    elsewhere = asked_elsewhere({row.pk: row.arrived for row in rows})
    for row in rows:
        came = on_paper.get(row.pk)
        is_here = standing[(APPLICATION, row.pk)].state not in LACKING or (came and came >= row.arrived)
        if is_here or row.pk in elsewhere:
            continue
        yield Owed(
            PAGE,
            f"page:{row.pk}",
            (APPLICATION, str(row.pk)),
            for_roles(OF_A_UNIT, row.unit_id),
            row.association_id,
            row.arrived,
            due_at=_due(row),
            variables={
                "title": (row.title or row.number)[:LONGEST_TITLE],
                "call": row.call.title[:LONGEST_TITLE],
            },
            within_id=str(row.call_id),
        )


def _due(row: Any) -> datetime | None:
    """By the deadline for filing, else by that of the first who endorses; what was corrected after it, by its day."""
    by = owed_in(row.revision_id, row.node).endorsed_by
    stated = row.until or (last_moment(by) if by else None)
    corrected = last_moment(row.corrected_until) if row.corrected_until else None
    return max((moment for moment in (stated, corrected) if moment), default=None)


def _papers_of(ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When copies of each were noted last."""
    rows = PaperReceipt.objects.filter(application__in=ids, taken_back_at__isnull=True)
    return dict(rows.order_by().values_list("application_id").annotate(Max("noted_at")))


def follow_page(application_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what a unit owes of its stamped page, which ``fact`` has just changed."""
    with crossing(WHY):
        owed = list(pages_owed(Q(pk=application_id)))
    follow([PAGE], (APPLICATION, str(application_id)), owed, at=at, fact=fact)


def mails_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each mail that waits for an officer, until the next deadline for filing after it came.

    That of its category where it is known, else the next one of the association: whoever wrote has to know before.
    """
    ahead = Offer.objects.filter(deadline_at__gte=OuterRef("arrived_at"), call__in=public_calls().order_by())
    ahead = ahead.order_by("deadline_at").values("deadline_at")
    own = ahead.filter(call=OuterRef("application__call"), node=OuterRef("application__node"))
    any_of_them = ahead.filter(call__association=OuterRef("association"))
    held = Mail.objects.filter(which or Q(), state=MailState.HELD.value).select_related("mailbox")
    until = Coalesce(Subquery(own[:1]), Subquery(any_of_them[:1]), output_field=DateTimeField())
    for row in held.annotate(until=until):
        yield Owed(
            MAIL,
            f"mail:{row.pk}",
            (Mail._meta.label_lower, str(row.pk)),
            for_role(OFFICER, row.association_id),
            row.association_id,
            row.taken_at,
            due_at=row.until,
            variables={"mailbox": row.mailbox.name[:LONGEST_TITLE]},
            within_id=str(row.mailbox_id),
        )


def follow_call(call: Call) -> None:
    """Bring the dates of what is owed in filing up to date with the deadlines of a call."""
    with crossing(WHY):
        bring_up_to_date(pages_owed(Q(call=call)))
        bring_up_to_date(mails_owed(Q(association=call.association_id)))


def follow_mail(mail_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what officers owe a mail."""
    owed = list(mails_owed(Q(pk=mail_id)))
    follow([MAIL], (Mail._meta.label_lower, str(mail_id)), owed, at=at, fact=fact)


KINDS = [
    Kind(
        code=PAGE,
        title=_("上传盖章页：{title}（{call}）"),
        otherwise=_("通知要求盖章，受理单位收不到盖章页或盖章的纸质件"),
        act=_("打印、上传盖章页"),
        many=_("待上传的盖章页"),
        link=lambda about_id: reverse("filing:stamped", args=[about_id]),
        owed_now=pages_owed,
        variables=frozenset({"title", "call"}),
        facts={
            "matched": _("已收到盖章页"),
            "attached": _("已收到盖章页"),
            "papers_noted": _("已收到纸质件"),
            "returned": _("已退回修改"),
            "withdrawn": _("申报已撤回"),
            "forwarded": _("与纸质签章一并办理"),
            "assigned": _("与纸质签章一并办理"),
            "signed": _("已见纸质签章"),
            "filed_on_paper": _("已见纸质签章"),
        },
    ),
    Kind(
        code=MAIL,
        title=_("处理邮箱“{mailbox}”的来件"),
        otherwise=_("发件人得不到答复，材料未能归入申报"),
        act=_("去办理"),
        many=_("待处理的来件"),
        link=lambda about_id: reverse("filing:mail", args=[about_id]),
        list_link=lambda: reverse("filing:mails"),
        owed_now=mails_owed,
        variables=frozenset({"mailbox"}),
        facts={"settled": _("已受理"), "refused": _("已办理")},
    ),
]
