"""What somebody decides about the own messages, and the calendar that goes to the own programs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.web.access import PUBLIC, SIGNED_IN, opens_to
from keqiao.web.notifications import queries, sms, wecom
from keqiao.web.notifications.actions import choosing
from keqiao.web.notifications.dates import calendar_of
from keqiao.web.notifications.forms import ChoicesForm, WecomCodeForm, WecomNameForm
from keqiao.web.notifications.models import Channel
from keqiao.web.notifications.routing import phone_of
from keqiao.web.ui.site_addresses import page_address

ICALENDAR = "text/calendar; charset=utf-8"


@opens_to(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Over which channels I want which messages; my name in WeCom; the address of my calendar."""
    form = _choices_form(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        choosing.choose(request.user, form.wanted(), at=request.arrived_at)
        messages.success(request, _("已保存。"))
        return redirect("notifications:choices")
    return _page(request, form=form, status=422 if form.is_bound else 200)


@opens_to(SIGNED_IN)
@require_POST
def wecom_ask(request: HttpRequest) -> HttpResponse:
    """Send a code to the name that I say WeCom knows me by."""
    if not wecom.is_offered():
        raise Http404
    form = WecomNameForm(request.POST)
    if not form.is_valid():
        return _page(request, name_form=form, status=422)
    member = form.cleaned_data["member"]
    return _done(
        request,
        lambda: choosing.ask_for_wecom(request.user, member, at=request.arrived_at),
        _("验证码已发到您的企业微信，请在下面填写。"),
    )


@opens_to(SIGNED_IN)
@require_POST
def wecom_confirm(request: HttpRequest) -> HttpResponse:
    """Type the code that came over WeCom."""
    form = WecomCodeForm(request.POST)
    if not form.is_valid():
        return _page(request, code_form=form, status=422)
    code = form.cleaned_data["code"]
    return _done(
        request,
        lambda: choosing.confirm_wecom(request.user, code, at=request.arrived_at),
        _("企业微信已确认。请勾选要通过企业微信接收的消息。"),
    )


@opens_to(SIGNED_IN)
@require_POST
def wecom_forget(request: HttpRequest) -> HttpResponse:
    """Have nothing more sent over WeCom."""
    return _done(
        request,
        lambda: choosing.forget_wecom(request.user, at=request.arrived_at),
        _("已取消，不再通过企业微信发送。"),
    )


@opens_to(SIGNED_IN)
@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    """Make an address for my calendar; the one before stops to work."""
    return _done(
        request,
        lambda: choosing.renew_calendar(request.user, at=request.arrived_at),
        _("日历地址已生成；以前的地址不再有效。"),
    )


@opens_to(SIGNED_IN)
@require_POST
def calendar_remove(request: HttpRequest) -> HttpResponse:
    """Take the address of my calendar back."""
    return _done(
        request,
        lambda: choosing.remove_calendar(request.user, at=request.arrived_at),
        _("日历地址已取消。"),
    )


@opens_to(PUBLIC)
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever holds the secret address: what the person has to do, and until when."""
    account = get_user_model().objects.filter(pk=queries.calendar_account(token), is_active=True).first()
    if account is None:
        raise Http404
    answer = HttpResponse(calendar_of(account, request.arrived_at), content_type=ICALENDAR)
    answer["Content-Disposition"] = 'inline; filename="keqiao.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _choices_form(request: HttpRequest, data: Any) -> ChoicesForm:
    offered = [Channel.MAIL]
    if sms.is_offered() and phone_of(request.user.pk):
        offered.append(Channel.SMS)
    if wecom.is_offered():
        offered.append(Channel.WECOM)
    return ChoicesForm(data, queries.choices_of(request.user.pk), tuple(offered))


def _page(request: HttpRequest, *, status: int = 200, **forms: Form) -> HttpResponse:
    token = queries.calendar_token_of(request.user.pk)
    page = {
        "form": forms.get("form") or _choices_form(request, None),
        "name_form": forms.get("name_form") or WecomNameForm(),
        "code_form": forms.get("code_form") or WecomCodeForm(),
        "wecom_is_offered": wecom.is_offered(),
        "wecom": queries.wecom_name_of(request.user.pk),
        "calendar": page_address("notifications:calendar", token) if token else "",
    }
    return render(request, "notifications/choices.html", page, status=status)


def _done(request: HttpRequest, act: Callable[[], Any], words: str) -> HttpResponse:
    try:
        act()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, words)
    return redirect("notifications:choices")
