"""What the office owes because of calls: to check and publish what was read, to bring another file where it failed."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.call import OFFICER, CallState
from keqiao.web.approvals.queries import proposed
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_role
from keqiao.web.programmes.models import Amendment, Call, Draft, ReadingState, Source
from keqiao.web.programmes.queries import PUBLISH_CALL

CALL, AMENDMENT = Call._meta.label_lower, Amendment._meta.label_lower
DRAFT, UNREADABLE = "programmes.draft", "programmes.unreadable"
NOTICE, UNREADABLE_NOTICE = "programmes.notice", "programmes.unreadable_notice"
LONGEST_TITLE = 120


def drafts_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each call that has a draft and was never published, unless its publication is being decided."""
    decided = set(proposed(Q(kind=PUBLISH_CALL)).values_list("subject_id", flat=True))
    for call in _begun(which).filter(Exists(Draft.objects.filter(call=OuterRef("pk")))):
        if str(call.pk) not in decided:
            yield _of_call(DRAFT, call)


def unreadable_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each call without a draft whose last document could not be read."""
    last = Source.objects.filter(call=OuterRef("pk")).order_by("-uploaded_at")
    failed = _begun(which).annotate(reading=Subquery(last.values("state")[:1]))
    without = ~Exists(Draft.objects.filter(call=OuterRef("pk")))
    for call in failed.filter(without, reading=ReadingState.FAILED.value):
        yield _of_call(UNREADABLE, call)


def notices_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each correction or extension notice that was read and is not published yet."""
    yield from _of_notices(NOTICE, Q(state=ReadingState.READ.value), which)


def unreadable_notices_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each notice that could not be read."""
    yield from _of_notices(UNREADABLE_NOTICE, Q(state=ReadingState.FAILED.value), which)


def follow_call(call: Call, at: datetime, fact: str) -> None:
    """Open and close what the office owes because of ``call``, which ``fact`` has just happened to."""
    this = Q(pk=call.pk)
    owed = [*drafts_owed(this), *unreadable_owed(this)]
    follow([DRAFT, UNREADABLE], (CALL, str(call.pk)), owed, at=at, fact=fact)


def follow_notice(amendment: Amendment, at: datetime, fact: str) -> None:
    """Open and close what the office owes because of a correction or extension notice."""
    this = Q(pk=amendment.pk)
    owed = [*notices_owed(this), *unreadable_notices_owed(this)]
    follow([NOTICE, UNREADABLE_NOTICE], (AMENDMENT, str(amendment.pk)), owed, at=at, fact=fact)


def _begun(which: Q | None) -> QuerySet[Call]:
    return Call.objects.filter(which or Q(), state=CallState.DRAFT.value)


def _of_call(kind: str, call: Call) -> Owed:
    return Owed(
        kind,
        key=f"{kind}:{call.pk}",
        about=(CALL, str(call.pk)),
        holder=for_role(OFFICER, call.association_id),
        association_id=call.association_id,
        at=call.created_at,
        variables={"title": call.title[:LONGEST_TITLE]},
        within_id=str(call.pk),
    )


def _of_notices(kind: str, state: Q, which: Q | None) -> Iterator[Owed]:
    rows = Amendment.objects.filter(which or Q(), state, revision__isnull=True)
    for each in rows.select_related("file").defer("document", "proposals"):
        yield Owed(
            kind,
            key=f"{kind}:{each.pk}",
            about=(AMENDMENT, str(each.pk)),
            holder=for_role(OFFICER, each.association_id),
            association_id=each.association_id,
            at=each.uploaded_at,
            variables={"title": str(each)[:LONGEST_TITLE]},
            within_id=str(each.call_id or ""),
        )


TITLE = frozenset({"title"})
KINDS = [
    Kind(
        code=DRAFT,
        title=_("核对并发布：{title}"),
        otherwise=_("不发布，申报单位看不到这份通知"),
        act=_("继续核对"),
        many=_("待核对的通知草稿"),
        link=lambda about_id: reverse("programmes:draft", args=[about_id]),
        list_link=lambda: reverse("programmes:desk"),
        owed_now=drafts_owed,
        variables=TITLE,
        facts={"published": _("已发布"), "cancelled": _("已取消"), "proposed": _("已提交审批")},
    ),
    Kind(
        code=UNREADABLE,
        title=_("更换文件：{title}"),
        otherwise=_("文件未能识读，没有草稿可以核对和发布"),
        act=_("更换文件"),
        many=_("未能识读的通知"),
        link=lambda about_id: reverse("programmes:reading", args=[about_id]),
        list_link=lambda: reverse("programmes:desk"),
        owed_now=unreadable_owed,
        variables=TITLE,
        facts={"replaced": _("已换文件"), "cancelled": _("已取消")},
    ),
    Kind(
        code=NOTICE,
        title=_("办理更正或延期：{title}"),
        otherwise=_("不并入并发布，原通知仍按旧内容执行"),
        act=_("去办理"),
        many=_("待办理的更正和延期"),
        link=lambda about_id: reverse("programmes:amendment", args=[about_id]),
        list_link=lambda: reverse("programmes:amendments"),
        owed_now=notices_owed,
        variables=TITLE,
        facts={"published": _("已发布")},
    ),
    Kind(
        code=UNREADABLE_NOTICE,
        title=_("更正或延期通知未能识读：{title}"),
        otherwise=_("通知的改动没有读出，须更换文件或手工修改"),
        act=_("去查看"),
        many=_("未能识读的更正和延期"),
        link=lambda about_id: reverse("programmes:amendment", args=[about_id]),
        list_link=lambda: reverse("programmes:amendments"),
        owed_now=unreadable_notices_owed,
        variables=TITLE,
        facts={"read": _("已识读")},
    ),
]
