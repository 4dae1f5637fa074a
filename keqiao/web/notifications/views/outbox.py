"""The outbox of an association: what went, what waits, what failed; what waits for a look; how messages go."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.notifications import actions, queries
from keqiao.web.notifications.actions.deciding import decide
from keqiao.web.notifications.actions.reviewing import MOST_AT_ONCE
from keqiao.web.notifications.forms import SEND, ReviewForm, RulesForm
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.web.notifications.outbox_pages import counted, grouped, kinds_of_messages, shown
from keqiao.web.notifications.permissions import KEEP_OUTBOX, SEE_OUTBOX, role_in
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition, list_page

SCOPE = "the association"


def _is(column: str) -> Callable[[str], Q]:
    return lambda value: Q(**{column: value})


def _list_kind(language: str) -> ListKind:
    kinds = kinds_of_messages(language)
    return ListKind(
        columns=(
            Column("when", gettext_lazy("时间"), ("queued_at",)),
            Column("what", gettext_lazy("消息"), ("template",)),
            Column("to", gettext_lazy("收件人")),
            Column("channel", gettext_lazy("渠道"), ("channel",)),
            Column("state", gettext_lazy("状态"), ("state",)),
            Column("act", gettext_lazy("操作")),
        ),
        default_sort="-when",
        search=queries.saying,
        filters=(
            Filter("state", gettext_lazy("状态"), MessageState.choices, _is("state")),
            Filter(
                "kind",
                gettext_lazy("类别"),
                [(codes[0], name) for name, codes in kinds.items()],
                lambda first: Q(template__in=next(each for each in kinds.values() if each[0] == first)),
            ),
            Filter("channel", gettext_lazy("渠道"), Channel.choices, _is("channel")),
        ),
        keys=(
            Key(Field("what", ("消息", "Message")), any_of(queries.saying)),
            Key(Field("when", ("时间", "When"), Kind.DAY), column_condition("queued_at", is_moment=True)),
        ),
        hint=gettext_lazy("消息中的词"),
        code="notifications.outbox",
    )


@opens_to(*SEE_OUTBOX, scope=SCOPE)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What went out in the name of my associations, what waits and what failed."""
    associations = queries.associations_of(request.user, request.arrived_at)
    rows = queries.outbox_for(request.user, request.arrived_at)
    page_of_list = list_page(rows, _list_kind(request.LANGUAGE_CODE), request.GET)
    waiting = queries.review_counts(list(associations))
    page = {
        "list": page_of_list,
        "rows": shown(page_of_list.page, request.LANGUAGE_CODE),
        "associations": [(pk, name, waiting.get(pk, 0)) for pk, name in associations.items()],
    }
    return render(request, "notifications/outbox.html", page)


@opens_to(*KEEP_OUTBOX, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Messages that wait for a look: choose, read how many go to whom, and only then send or leave out."""
    name = queries.association_for(request.user, pk, request.arrived_at)
    rows = shown(queries.to_review(pk)[:MOST_AT_ONCE], request.LANGUAGE_CODE)
    page: dict[str, Any] = {"association": name, "pk": pk, "groups": grouped(rows), "count": len(rows)}
    if request.method != "POST":
        return render(request, "notifications/review.html", page)
    form = ReviewForm(request.POST, [row.message.pk for row in rows])
    if form.is_valid() and form.cleaned_data["sure"]:
        _do(request, pk, form)
        return redirect("notifications:review", pk)
    if form.is_valid() or "reason" in form.errors:
        chosen = [row for row in rows if str(row.message.pk) in set(form.data.getlist("message"))]
        asked = {"form": form, "chosen": chosen, "counts": counted(chosen), "sends": form.data["act"] == SEND}
        return render(
            request, "notifications/sure.html", {**page, **asked}, status=422 if form.errors else 200
        )
    return render(request, "notifications/review.html", {**page, "form": form}, status=422)


def _do(request: HttpRequest, pk: UUID, form: ReviewForm) -> None:
    """Send or leave out what was chosen, and say what came of it."""
    by = {"actor": request.user, "at": request.arrived_at}
    if form.cleaned_data["act"] != SEND:
        count = actions.leave_out(pk, form.ids(), form.cleaned_data["reason"].strip(), **by)
        messages.success(
            request, ngettext("%(n)s 条消息不再发送。", "%(n)s 条消息不再发送。", count) % {"n": count}
        )
        return
    done = actions.release(pk, form.ids(), **by)
    messages.success(
        request,
        ngettext("%(n)s 条消息已交付发送。", "%(n)s 条消息已交付发送。", done.sent) % {"n": done.sent},
    )
    if done.over:
        words = ngettext(
            "%(n)s 条所通知的事项已经结束，没有发送。", "%(n)s 条所通知的事项已经结束，没有发送。", done.over
        )
        messages.warning(request, words % {"n": done.over})


@opens_to(*KEEP_OUTBOX, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the messages of an association go."""
    name = queries.association_for(request.user, pk, request.arrived_at)
    said = request.POST if request.method == "POST" else None
    form = RulesForm(said, queries.rules_of(pk), queries.quiet_hours_of(pk))
    if form.is_valid():
        decide(pk, form.decided(), actor=request.user, at=request.arrived_at)
        messages.success(request, _("已保存，今后的消息按此发送。"))
        return redirect("notifications:rules", pk)
    page = {"association": name, "pk": pk, "form": form}
    return render(request, "notifications/rules.html", page, status=422 if form.is_bound else 200)


@opens_to(*SEE_OUTBOX, scope=SCOPE)
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a message again that failed, or of which nobody knows whether it went."""
    return _settled(request, pk, actions.send_again, _("已重新交付发送。"))


@opens_to(*SEE_OUTBOX, scope=SCOPE)
@require_POST
def arrived(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that a message of unknown fate has arrived."""
    return _settled(request, pk, actions.count_as_sent, _("已记为送达。"))


def _settled(request: HttpRequest, pk: UUID, act: Callable[..., Message], words: str) -> HttpResponse:
    at = request.arrived_at
    message = queries.outbox_message_for(request.user, pk, at)
    try:
        act(message.pk, actor=request.user, role=role_in(request.user, message.association_id, at), at=at)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, words)
    return redirect("notifications:outbox")
