"""What is owed in filing: the stamped page of what was submitted where the call asks for one, and mails that wait."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.filed_mail import OFFICER, MailState
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.queries.to_sign import submitted_to_sign
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_role, for_roles
from keqiao.web.filing.models import Mail, PaperReceipt
from keqiao.web.filing.papers_owed import owed_in
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.filing.queries import stamped_of
from keqiao.web.scope import crossing

PAGE, MAIL = "filing.page", "filing.mail"
LACKING = frozenset({"none", "outdated"})
LONGEST_TITLE = 120
WHY = "what a unit still has to bring is known to whoever acts on its application"


def pages_owed(ids: Collection[UUID] | None = None) -> Iterator[Owed]:
    """Yield a duty for each submitted application whose stamped page has not come, or is of an earlier content.

    Only where the call wants what is filed stamped. Copies on paper that came since it was submitted do as well: the
    office has the seal before it. A picture that a person has matched is for the office to compare.
    """
    rows = [row for row in submitted_to_sign(ids) if owed_in(row.revision_id, row.node).stamped]
    standing = stamped_of({(APPLICATION, row.pk): row.digest for row in rows}) if rows else {}
    on_paper = _papers_of([row.pk for row in rows]) if rows else {}
    for row in rows:
        came = on_paper.get(row.pk)
        if standing[(APPLICATION, row.pk)].state not in LACKING or (came and came >= row.arrived):
            continue
        yield Owed(
            PAGE,
            f"page:{row.pk}",
            (APPLICATION, str(row.pk)),
            for_roles(OF_A_UNIT, row.unit_id),
            row.association_id,
            row.arrived,
            variables={
                "title": (row.title or row.number)[:LONGEST_TITLE],
                "call": row.call.title[:LONGEST_TITLE],
            },
            within_id=str(row.call_id),
        )


def _papers_of(ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When copies of each were noted last."""
    rows = PaperReceipt.objects.filter(application__in=ids, taken_back_at__isnull=True)
    return dict(rows.order_by().values_list("application_id").annotate(Max("noted_at")))


def follow_page(application_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what a unit owes of its stamped page, which ``fact`` has just changed."""
    with crossing(WHY):
        owed = list(pages_owed([application_id]))
    follow([PAGE], (APPLICATION, str(application_id)), owed, at=at, fact=fact)


def mails_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each mail that waits for an officer."""
    held = Mail.objects.filter(which or Q(), state=MailState.HELD.value).select_related("mailbox")
    for row in held:
        yield Owed(
            MAIL,
            f"mail:{row.pk}",
            (Mail._meta.label_lower, str(row.pk)),
            for_role(OFFICER, row.association_id),
            row.association_id,
            row.taken_at,
            variables={"mailbox": row.mailbox.name[:LONGEST_TITLE]},
            within_id=str(row.mailbox_id),
        )


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
