"""The regulations that a draft rests on: which rules ask for one, and what the library has."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import queries
from keqiao.web.programmes.actions.regulations import adopt_regulation
from keqiao.web.programmes.forms.regulations import AdoptionForm
from keqiao.web.programmes.library import conform_rules, regulations_shown
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.regulations.queries import library_of


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def regulations(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a regulation over from the library, for the rules that ask for it."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    draft = queries.draft_of(call)
    if draft is None:
        raise Http404
    rules = conform_rules(draft.definition)
    chosen = {"library": library_of(call.association_id), "rules": rules}
    asked = {"version": draft.version, "rules": [request.GET["rule"]] if "rule" in request.GET else []}
    form = (
        AdoptionForm(request.POST, **chosen)
        if request.method == "POST"
        else AdoptionForm(initial=asked, **chosen)
    )
    if form.is_bound and form.is_valid():
        return _adopt(request, call, draft, form)
    return _page(request, call, draft, form)


def _adopt(request: HttpRequest, call: Call, draft: Draft, form: AdoptionForm) -> HttpResponse:
    try:
        adopt_regulation(call.pk, form.adoption(), actor=request.user, at=request.arrived_at)
    except StaleDraft:
        form.add_error(None, _("草稿中的这份规章刚被他人修改，没有保存。请核对后再选一次。"))
        return _page(request, call, draft, form, status=409)
    except Refused as refused:
        page = {"call": call, "findings": refused.findings}
        return render(request, "programmes/refused.html", page, status=409)
    messages.success(request, _("已选用，文号和基本要求已写入草稿。"))
    return redirect("programmes:regulations", call.pk)


def _page(
    request: HttpRequest, call: Call, draft: Draft, form: AdoptionForm, status: int = 0
) -> HttpResponse:
    page = {
        "call": call,
        "draft": draft,
        "form": form,
        "rules": conform_rules(draft.definition),
        "regulations": regulations_shown(draft.definition),
    }
    return render(
        request, "programmes/regulations.html", page, status=status or (422 if form.errors else 200)
    )
