"""What is owed: notices to post and to conclude, objections to be handled, looked into, decided."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.objection import OPEN as OPEN_OBJECTIONS
from keqiao.core.lifecycle.objection import ObjectionState
from keqiao.core.lifecycle.public_notice import PublicNoticeState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Holder, Kind, Owed, for_person, for_role
from keqiao.web.public_notice.models import Notice, Objection

POST, CONCLUDE = "public_notice.post", "public_notice.conclude"
HANDLE, INVESTIGATE = "public_notice.handle_objection", "public_notice.investigate"
LONGEST_TITLE = 120
TO_HANDLE = [ObjectionState.RAISED.value, ObjectionState.ACCEPTED.value, ObjectionState.FOUND.value]
UNDECIDED = [state.value for state in OPEN_OBJECTIONS]


def to_post(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each signed notice that the clock is not to post."""
    rows = Notice.objects.filter(which or Q(), state=PublicNoticeState.SIGNED.value, post_at__isnull=True)
    yield from (_about_notice(POST, row, row.signed_at) for row in rows)


def to_conclude(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each notice that has ended and to which no objection is open."""
    waiting = Objection.objects.filter(notice=OuterRef("pk"), state__in=UNDECIDED)
    rows = Notice.objects.filter(which or Q(), ~Exists(waiting), state=PublicNoticeState.ENDED.value)
    yield from (_about_notice(CONCLUDE, row, row.posted_at) for row in rows)


def to_handle(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each objection with which the office has to do something."""
    rows = Objection.objects.filter(which or Q(), state__in=TO_HANDLE).select_related("notice")
    yield from (_about_objection(HANDLE, row, for_role(OFFICER, row.association_id)) for row in rows)


def to_investigate(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each objection that somebody was asked to look into."""
    rows = Objection.objects.filter(
        which or Q(), state=ObjectionState.INVESTIGATED.value, investigator__isnull=False
    )
    for row in rows.select_related("notice"):
        yield _about_objection(INVESTIGATE, row, for_person(row.investigator_id), str(row.investigator_id))


def follow_notice(notice_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what is owed about a notice, which ``fact`` has just happened to."""
    about = (Notice._meta.label_lower, str(notice_id))
    which = Q(pk=notice_id)
    follow([POST, CONCLUDE], about, [*to_post(which), *to_conclude(which)], at=at, fact=fact)


def follow_objection(objection_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what is owed about an objection, and whether its notice can be concluded now."""
    about = (Objection._meta.label_lower, str(objection_id))
    which = Q(pk=objection_id)
    follow([HANDLE, INVESTIGATE], about, [*to_handle(which), *to_investigate(which)], at=at, fact=fact)
    notice_id = Objection.objects.values_list("notice_id", flat=True).get(pk=objection_id)
    follow_notice(notice_id, at, fact)


def _about_notice(kind: str, row: Any, at: datetime) -> Owed:
    return Owed(
        kind,
        f"{kind}:{row.pk}",
        (Notice._meta.label_lower, str(row.pk)),
        for_role(OFFICER, row.association_id),
        row.association_id,
        at,
        variables={"title": row.title[:LONGEST_TITLE]},
        within_id=str(row.call_id),
    )


def _about_objection(kind: str, row: Any, holder: Holder, more: str = "") -> Owed:
    return Owed(
        kind,
        f"{kind}:{row.pk}:{more}",
        (Objection._meta.label_lower, str(row.pk)),
        holder,
        row.association_id,
        row.received_at,
        variables={"number": row.number, "title": row.notice.title[:LONGEST_TITLE]},
        within_id=str(row.notice.call_id),
    )


def _notice(about_id: str) -> str:
    return reverse("public_notice:notice", args=[about_id])


def _objection(about_id: str) -> str:
    return reverse("public_notice:objection", args=[about_id])


KINDS = [
    Kind(
        code=POST,
        title=_("发布公示：{title}"),
        otherwise=_("没有发布的公示，公示期不开始"),
        act=_("去发布"),
        many=_("待发布的公示"),
        link=_notice,
        owed_now=to_post,
        variables=frozenset({"title"}),
    ),
    Kind(
        code=CONCLUDE,
        title=_("公示期满，请办结：{title}"),
        otherwise=_("没有办结的公示，项目不能立项"),
        act=_("去办结"),
        many=_("待办结的公示"),
        link=_notice,
        owed_now=to_conclude,
        variables=frozenset({"title"}),
    ),
    Kind(
        code=HANDLE,
        title=_("处理异议 {number}（{title}）"),
        otherwise=_("异议未处理完，公示不能办结"),
        act=_("去处理"),
        many=_("待处理的异议"),
        link=_objection,
        list_link=lambda: reverse("public_notice:objections"),
        owed_now=to_handle,
        variables=frozenset({"number", "title"}),
    ),
    Kind(
        code=INVESTIGATE,
        title=_("调查异议 {number}（{title}）"),
        otherwise=_("没有调查结论，异议不能作出决定"),
        act=_("去调查"),
        many=_("待调查的异议"),
        link=_objection,
        owed_now=to_investigate,
        variables=frozenset({"number", "title"}),
    ),
]
