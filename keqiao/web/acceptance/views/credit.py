"""One credit entry, as the office and whom it is about see it; answering and appealing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.findings import Finding
from keqiao.web.acceptance import queries
from keqiao.web.acceptance.deeds import WORDS, deeds_for, words_open
from keqiao.web.acceptance.forms import WordsForm
from keqiao.web.acceptance.permissions import roles_in_credit
from keqiao.web.acceptance.shown import EFFECTS, breach_word, chip
from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.applications.refusals import Refused

SCOPE = "whom the entry is about, the association that made it"


@opens_to(SIGNED_IN, scope=SCOPE)
@require_safe
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A credit entry: which rule, which days, what was answered."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.entry_for(request.user, pk, at)  # type: ignore[arg-type]
    roles = roles_in_credit(request.user, found, at)  # type: ignore[arg-type]
    mark, word = chip("credit", found.state)
    page = {
        "entry": found,
        "state": word,
        "state_kind": mark,
        "effect": EFFECTS[found.effect],
        "breach": breach_word(found.breach),
        "deeds": deeds_for("credit", found.state, roles),
        "words": [(act, WORDS[act][0]) for act in words_open(found.state, roles)],
    }
    return render(request, "acceptance/entry.html", page)


@opens_to(SIGNED_IN, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Answer to an entry that is proposed, or appeal against one in force."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.entry_for(request.user, pk, at)  # type: ignore[arg-type]
    if act not in words_open(found.state, roles_in_credit(request.user, found, at)):  # type: ignore[arg-type]
        raise Http404
    label, do = WORDS[act]
    form = WordsForm(request.POST or None)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            do(pk, form.cleaned_data["words"], actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已提交：%(what)s。") % {"what": label})
            return redirect("acceptance:entry", pk)
    page = {"entry": found, "form": form, "findings": findings, "label": label}
    return render(
        request, "acceptance/words.html", page, status=409 if findings else 422 if form.errors else 200
    )
