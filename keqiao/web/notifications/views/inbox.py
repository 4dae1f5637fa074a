"""The messages of the person who is signed in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.notifications import actions, queries
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition, list_page

INBOX = ListKind(
    columns=(Column("when", _("时间"), ("queued_at",)), Column("what", _("消息")), Column("act", _("操作"))),
    default_sort="-when",
    search=queries.saying,
    filters=(
        Filter(
            "state",
            _("状态"),
            (("unread", _("未读")), ("read", _("已读"))),
            queries.whether_read,
        ),
    ),
    keys=(
        Key(Field("what", ("消息", "Message")), any_of(queries.saying)),
        Key(Field("when", ("时间", "When"), Kind.DAY), column_condition("queued_at", is_moment=True)),
    ),
    hint=_("消息中的词"),
    code="notifications.inbox",
)


@opens_to(SIGNED_IN)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """My messages, newest first."""
    shown = list_page(queries.visible_to(request.user), INBOX, request.GET)
    notices = [queries.notice_from(message, request.LANGUAGE_CODE) for message in shown.page]
    page = {"list": shown, "notices": notices, "unread": queries.unread_count(request.user)}
    return render(request, "notifications/inbox.html", page)


@opens_to(SIGNED_IN)
@require_POST
def mark_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark one of my messages as read. That of somebody else stays as it is, and nobody is told it exists."""
    actions.mark_read(request.user.pk, [pk], at=request.arrived_at)
    return redirect("notifications:inbox")


@opens_to(SIGNED_IN)
@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark all my messages as read."""
    actions.mark_all_read(request.user.pk, at=request.arrived_at)
    return redirect("notifications:inbox")
