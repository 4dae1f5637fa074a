"""Everybody's own data: see it, have a copy, ask for a correction, agree and take back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.files.queries import file_for
from keqiao.web.files.serving import to_be_saved
from keqiao.web.privacy import actions, queries
from keqiao.web.privacy.copying import make_copy
from keqiao.web.privacy.forms import AskForm
from keqiao.web.privacy.models import Consent, RequestKind
from keqiao.web.privacy.shown import own_values


@opens_to(SIGNED_IN)
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What is kept of me, what I agreed to, what I asked for."""
    return _page(request, AskForm())


@opens_to(SIGNED_IN)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction, deletion or explanation."""
    form = AskForm(request.POST)
    if form.is_valid():
        kind, words = RequestKind(form.cleaned_data["kind"]), form.cleaned_data["words"]
        try:
            asked = actions.ask(request.user, kind, words, at=request.arrived_at)
        except ValidationError as wrong:
            form.add_error("words" if wrong.code == "request.words_missing" else None, wrong)
        else:
            messages.success(request, _("已提出，最迟 %(day)s 答复。") % {"day": asked.due_on})
            return redirect("privacy:own")
    return _page(request, form, status=422)


@opens_to(SIGNED_IN)
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """Ask for a copy; the worker makes it."""
    try:
        with transaction.atomic():
            asked = actions.ask(request.user, RequestKind.COPY, "", at=request.arrived_at)
            make_copy.enqueue(str(asked.pk))
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, _("正在生成副本，稍后刷新本页即可下载。"))
    return redirect("privacy:own")


@opens_to(SIGNED_IN)
@never_cache
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """My copy."""
    asked = queries.requests_of(request.user.pk).filter(pk=pk, file__isnull=False).first()
    if asked is None:
        raise Http404
    return to_be_saved(file_for(request.user, asked.file_id, request.arrived_at))


@opens_to(SIGNED_IN)
@require_POST
def agree(request: HttpRequest, kind: str) -> HttpResponse:
    """Agree to the wording in force of one kind."""
    text = queries.text_in_force(kind, request.arrived_at)
    if text is None:
        raise Http404
    actions.give_consent(request.user, text, at=request.arrived_at)
    return redirect("privacy:own")


@opens_to(SIGNED_IN)
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a consent back."""
    try:
        actions.withdraw_consent(request.user, pk, at=request.arrived_at)
    except Consent.DoesNotExist as absent:
        raise Http404 from absent
    messages.success(request, _("已撤回同意。"))
    return redirect("privacy:own")


def _page(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    viewer, now = request.user, request.arrived_at
    consents = list(queries.consents_of(viewer.pk))
    agreed = {consent.text.kind for consent in consents if consent.withdrawn_at is None}
    page = {
        "values": list(own_values(viewer)),
        "consents": consents,
        "open_texts": [text for text in queries.texts_in_force(now) if text.kind not in agreed],
        "requests": list(queries.requests_of(viewer.pk)),
        "form": form,
    }
    return render(request, "privacy/own.html", page, status=status)
