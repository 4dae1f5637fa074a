"""For the security administrator: requests of people about their data, and the wordings of consent."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.privacy import actions, queries
from keqiao.web.privacy.forms import AnswerForm, ConsentTextForm
from keqiao.web.privacy.models import ConsentKind, ConsentText, RequestKind, RequestState
from keqiao.web.privacy.permissions import SECURITY_ADMIN
from keqiao.web.privacy.shown import own_values
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page


def request_list() -> ListKind:
    """Return what the list of requests offers. Who asked what does not leave as a file."""
    return ListKind(
        columns=(
            Column("kind", gettext_lazy("请求")),
            Column("who", gettext_lazy("提出人")),
            Column("received", gettext_lazy("提出时间"), ("received_at",)),
            Column("due", gettext_lazy("最迟答复日"), ("due_on",)),
            Column("state", gettext_lazy("状态"), ("state", "due_on")),
        ),
        default_sort="due",
        search=queries.asked_by,
        filters=(
            Filter("state", gettext_lazy("状态"), RequestState.choices, queries.in_state),
            Filter("kind", gettext_lazy("请求"), RequestKind.choices, queries.of_kind),
        ),
        keys=(
            Key(
                Field("received", ("提出时间", "提出", "Received"), Kind.DAY),
                column_condition("received_at", is_moment=True),
            ),
            Key(Field("due", ("最迟答复日", "答复日", "Due"), Kind.DAY), column_condition("due_on")),
            Key(
                Field("settled", ("办结时间", "办结", "Settled"), Kind.DAY, optional=True),
                column_condition("settled_at", is_moment=True),
            ),
        ),
        hint=gettext_lazy("提出人姓名"),
        code="privacy.requests",
    )


@opens_to(SECURITY_ADMIN)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """All requests, the next one due on top."""
    shown = list_page(queries.all_requests(), request_list(), request.GET)
    people = get_user_model().objects.in_bulk({row.subject_id for row in shown.page})
    page = {"list": shown, "people": people, "today": queries.day_of(request.arrived_at)}
    return render(request, "privacy/requests.html", page)


@opens_to(SECURITY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def subject_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request: what is asked, what is kept and what must stay by law, and the answer."""
    asked = get_object_or_404(queries.all_requests(), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = actions.Answer(RequestState(form.cleaned_data["state"]), form.cleaned_data["words"])
        try:
            actions.settle(asked.pk, answer, actor=request.user, at=request.arrived_at)
        except ValidationError as wrong:
            form.add_error("words" if wrong.code == "request.ground_missing" else None, wrong)
        else:
            messages.success(request, _("已答复。"))
            return redirect("privacy:requests")
    subject = get_object_or_404(get_user_model(), pk=asked.subject_id)
    page = {"asked": asked, "subject": subject, "values": list(own_values(subject)), "form": form}
    return render(request, "privacy/request.html", page, status=422 if form.errors else 200)


@opens_to(SECURITY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def consent_texts(request: HttpRequest) -> HttpResponse:
    """All versions of what people agree to; publish a new one."""
    form = ConsentTextForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.publish_text(
                ConsentKind(said["kind"]),
                (said["text_zh"], said["text_en"]),
                actor=request.user,
                role=SECURITY_ADMIN,
                at=request.arrived_at,
            )
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("新版本已发布。"))
            return redirect("privacy:consent_texts")
    page = {"texts": ConsentText.objects.order_by("kind", "-version"), "form": form}
    return render(request, "privacy/consent_texts.html", page, status=422 if form.errors else 200)
