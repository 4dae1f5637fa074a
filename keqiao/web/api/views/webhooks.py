"""Addresses that are told what happens: those of one's organisations, what was told them, and what can be done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.web.access import opens_to
from keqiao.web.accounts.proving import proved_again
from keqiao.web.api import actions, queries
from keqiao.web.api.faults import fault_words
from keqiao.web.api.forms import WebhookForm
from keqiao.web.api.kinds import LABELS, Kind
from keqiao.web.api.models import Delivery, DeliveryState, Webhook
from keqiao.web.api.permissions import KEEPERS, organisations_kept
from keqiao.web.api.shown_once import keep_for_one_look, taken_for_one_look
from keqiao.web.parties.queries import all_organisations
from keqiao.web.ui.faults import add_faults

KIND = "webhook"
OF_THE_ADDRESS = {"webhook.malformed", "webhook.host"}
ROWS = 30
CHIPS = {DeliveryState.SENT: "done", DeliveryState.FAILED: "refuse", DeliveryState.UNSURE: "warn"}
SCOPE = "the organisations whose addresses the viewer keeps"
KIND_WORDS: dict[str, str | Promise] = {kind.value: words for kind, words in LABELS.items()}


@opens_to(*KEEPERS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
@proved_again
def webhooks(request: HttpRequest) -> HttpResponse:
    """The addresses of my organisations; set one up. Its secret is shown on the next page and never again."""
    at = request.arrived_at  # type: ignore[attr-defined]
    kept = all_organisations().filter(pk__in=organisations_kept(request.user, at)).order_by("name")
    units = list(kept)
    form = WebhookForm(request.POST or None, units=units)
    made = _set_up(request, form) if request.method == "POST" and form.is_valid() else None
    if made:
        keep_for_one_look(request, KIND, made.webhook.pk, made.secret)
        return redirect("api:webhook_made", made.webhook.pk)
    page = {
        "form": form,
        "webhooks": queries.webhooks_of(request.user, at),
        "hosts": settings.WEBHOOK_HOSTS,
    }
    return render(request, "api/webhooks.html", page, status=422 if form.errors else 200)


def _set_up(request: HttpRequest, form: WebhookForm) -> actions.SetUp | None:
    at = request.arrived_at  # type: ignore[attr-defined]
    try:
        return actions.set_up(form.wanted(), actor=request.user, at=at)
    except ValidationError as wrong:
        if wrong.code in OF_THE_ADDRESS:
            form.add_error("url", wrong)
        else:
            add_faults(form, wrong)
        return None


@opens_to(*KEEPERS, scope=SCOPE)
@require_safe
@never_cache
def webhook_made(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An address right after it was set up: with its secret this once, afterwards with what to do without it."""
    page = {"webhook": _found(request, pk), "secret": taken_for_one_look(request, KIND, pk)}
    return render(request, "api/webhook_made.html", page)


@opens_to(*KEEPERS, scope=SCOPE)
@require_safe
def webhook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One address with what was told it."""
    found = _found(request, pk)
    rows = Paginator(queries.deliveries_of(found), ROWS).get_page(request.GET.get("page"))
    page = {
        "webhook": found,
        "kinds": [words for kind, words in KIND_WORDS.items() if kind in found.kinds],
        "page": rows,
        "rows": [_line(row) for row in rows],
        "listens": found.stopped_at is None and found.disabled_at is None,
    }
    return render(request, "api/webhook.html", page)


def _line(row: Delivery) -> dict[str, Any]:
    return {
        "delivery": row,
        "words": _("试推送") if row.kind == Kind.TRIAL else KIND_WORDS.get(row.kind, row.kind),
        "chip": CHIPS.get(DeliveryState(row.state), ""),
        "fault": fault_words(row.fault),
    }


@opens_to(*KEEPERS, scope=SCOPE)
@require_POST
def try_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a trial."""
    return _done(
        request, lambda **by: actions.try_out(pk, **by).webhook, _("试推送已排队，请稍后刷新查看结果。")
    )


@opens_to(*KEEPERS, scope=SCOPE)
@require_POST
def redeliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send one thing again."""
    return _done(request, lambda **by: actions.redeliver(pk, **by), _("已重新排队，请稍后刷新查看结果。"))


@opens_to(*KEEPERS, scope=SCOPE)
@require_POST
def enable(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell an address again that was disabled."""
    return _done(request, lambda **by: _after(actions.enable, pk, by), _("已恢复推送。"))


@opens_to(*KEEPERS, scope=SCOPE)
@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an address."""
    return _done(request, lambda **by: _after(actions.stop, pk, by), _("推送地址已停用，密钥已删除。"))


def _after(act: Callable[..., None], pk: UUID, by: dict[str, Any]) -> Webhook:
    act(pk, **by)
    return queries.webhook_for(by["actor"], pk, by["at"])


def _done(request: HttpRequest, act: Callable[..., Webhook], words: str) -> HttpResponse:
    try:
        about = act(actor=request.user, at=request.arrived_at)  # type: ignore[attr-defined]
    except (Webhook.DoesNotExist, Delivery.DoesNotExist) as nothing:
        raise Http404 from nothing
    messages.success(request, words)
    return redirect("api:webhook", about.pk)


def _found(request: HttpRequest, pk: UUID) -> Webhook:
    try:
        return queries.webhook_for(request.user, pk, request.arrived_at)  # type: ignore[attr-defined]
    except Webhook.DoesNotExist as nothing:
        raise Http404 from nothing
