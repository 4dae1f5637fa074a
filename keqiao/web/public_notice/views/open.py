"""Pages without log-in: to object to an item, and to follow one's objection by its private link."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.objection import ObjectionState as S
from keqiao.core.lifecycle.public_notice import PublicNoticeState
from keqiao.core.lifecycle.roles import OBJECTOR
from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.accounts.code_forms import TOO_OFTEN
from keqiao.web.accounts.limits import allows
from keqiao.web.applications.refusals import Refused
from keqiao.web.files.kinds import PAPERS_IN_WORDS
from keqiao.web.public_notice import actions, queries
from keqiao.web.public_notice.actions.writing import OBJECTIONS
from keqiao.web.public_notice.causes import CAUSES
from keqiao.web.public_notice.forms import ObjectionForm, SupplyForm, WordsForm
from keqiao.web.public_notice.papers import ANSWER_TITLE, answer_to_objector
from keqiao.web.public_notice.proof import MAX_BYTES
from keqiao.web.public_notice.shown import TO_OBJECTOR, download
from keqiao.web.scope import crossing

WHY = "somebody who objects has no account; the item of a public notice, or the secret of the link, says whose it is"
MEBIBYTE = 1 << 20
TAKEN = {"kinds": PAPERS_IN_WORDS, "limit": f"{MAX_BYTES // MEBIBYTE} MB"}


@opens_to(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@crossing(WHY)
def object_to(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Object to one item of a notice that runs."""
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    item = queries.public_item(pk)
    form = ObjectionForm(request.POST or None, request.FILES or None)
    findings: Any = ()
    if request.method == "POST" and form.is_valid():
        if allows(request, "objection"):
            secret, findings = _raise(request, form, item, at)
            if secret:
                return redirect("public_notice:follow", secret)
        else:
            form.add_error(None, TOO_OFTEN)
    runs = item.notice.state == PublicNoticeState.POSTED.value
    page = {"item": item, "notice": item.notice, "form": form, "findings": findings, "runs": runs, **TAKEN}
    return render(
        request, "public_notice/object.html", page, status=409 if findings else 422 if form.errors else 200
    )


def _raise(request: HttpRequest, form: ObjectionForm, item: Any, at: datetime) -> tuple[str, Any]:
    """Take it in; the secret of its link, or why it is not taken."""
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    try:
        _objection, secret = actions.object_to(item, form.raised(language), at=at)
    except Refused as refused:
        return "", refused.findings
    except ValidationError as wrong:
        form.add_error("files", wrong.messages)
        return "", ()
    return secret, ()


@opens_to(PUBLIC, scope="whoever holds the private link")
@require_http_methods(["GET", "HEAD", "POST"])
@crossing(WHY)
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    """How an objection stands; what was asked for is supplied here, and it can be taken back."""
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    found = _with_secret(secret)
    supplying, leaving = SupplyForm(), WordsForm(prefix="back")
    findings: Any = ()
    if request.method == "POST":
        is_supplying = request.POST.get("act") == "supply"
        if is_supplying:
            supplying = SupplyForm(request.POST, request.FILES)
        else:
            leaving = WordsForm(request.POST, prefix="back")
        form: Any = supplying if is_supplying else leaving
        done, findings = _act(request, found, form, at) if form.is_valid() else (False, ())
        if done:
            return redirect("public_notice:follow", secret)
    state = S(found.state)
    page = {
        "objection": found,
        "secret": secret,
        "told": TO_OBJECTOR[state],
        "cause": CAUSES.get(found.cause, ""),
        "acts": OBJECTIONS.acts_in(state, {OBJECTOR}),
        "supplying": supplying,
        "leaving": leaving,
        "findings": findings,
        "has_answer": state in (S.UPHELD, S.REJECTED),
        "files": queries.proofs_of(found),
        **TAKEN,
    }
    return render(request, "public_notice/follow.html", page, status=409 if findings else 200)


def _act(request: HttpRequest, found: Any, form: Any, at: datetime) -> tuple[bool, Any]:
    """Do what the objector asks; whether it was done, and what stands against it."""
    if not allows(request, "objection"):
        form.add_error(None, TOO_OFTEN)
        return False, ()
    said = form.cleaned_data
    try:
        if isinstance(form, SupplyForm):
            actions.supply(found.pk, said["words"], said["files"], at=at)
            messages.success(request, _("已补充。"))
        else:
            actions.take_back_objection(found.pk, said["words"], at=at)
            messages.success(request, _("已撤回。"))
    except Refused as refused:
        return False, refused.findings
    except ValidationError as wrong:
        form.add_error("files", wrong.messages)
        return False, ()
    return True, ()


@opens_to(PUBLIC, scope="whoever holds the private link")
@require_safe
@crossing(WHY)
def answer(request: HttpRequest, secret: str, form: str) -> HttpResponse:  # noqa: ARG001
    """The answer as Word or PDF, once the objection is decided."""
    found = _with_secret(secret)
    if S(found.state) not in (S.UPHELD, S.REJECTED) or found.decided_at is None:
        raise Http404
    is_upheld, at = found.state == S.UPHELD.value, found.decided_at
    return download(
        lambda: answer_to_objector(found, is_upheld=is_upheld, at=at), form, (ANSWER_TITLE, found.number)
    )


def _with_secret(secret: str) -> Any:
    found = queries.objection_with_secret(secret)
    if found is None:
        raise Http404
    return found
