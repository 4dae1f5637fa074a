"""One's own tokens."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.accounts.proving import proved_again
from keqiao.web.accounts.queries import grants_of
from keqiao.web.api import actions, queries
from keqiao.web.api.forms import TokenForm
from keqiao.web.api.models import Token
from keqiao.web.api.permissions import organisations_kept
from keqiao.web.api.scopes import LABELS, Scope
from keqiao.web.api.shown_once import keep_for_one_look, taken_for_one_look
from keqiao.web.ui.faults import add_faults

KIND = "token"


@opens_to(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@proved_again
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens; make one. Its secret is shown on the next page and never again."""
    at = request.arrived_at  # type: ignore[attr-defined]
    held = grants_of(request.user, at)  # type: ignore[arg-type]
    units = {grant.organisation_id: grant.organisation for grant in held if grant.organisation_id}
    form = TokenForm(request.POST or None, units=list(units.values()))
    made = _made(request, form) if request.method == "POST" and form.is_valid() else None
    if made:
        keep_for_one_look(request, KIND, made.token.pk, made.secret)
        return redirect("api:token_made", made.token.pk)
    page = {
        "form": form,
        "tokens": _rows(list(queries.tokens_of(request.user)), at),
        "keeps_webhooks": bool(organisations_kept(request.user, at)),
    }
    return render(request, "api/tokens.html", page, status=422 if form.errors else 200)


@opens_to(SIGNED_IN)
@require_safe
@never_cache
def token_made(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A token right after it was made: with its secret this once, afterwards with what to do without it."""
    token = queries.tokens_of(request.user).filter(pk=pk).first()
    if token is None:
        raise Http404
    page = {"token": token, "secret": taken_for_one_look(request, KIND, pk)}
    return render(request, "api/token_made.html", page)


def _made(request: HttpRequest, form: TokenForm) -> actions.Made | None:
    at = request.arrived_at  # type: ignore[attr-defined]
    try:
        return actions.make_token(form.wanted(at), actor=request.user, at=at)  # type: ignore[arg-type]
    except ValidationError as wrong:
        add_faults(form, wrong)
        return None


def _rows(tokens: list[Token], at: Any) -> list[dict[str, Any]]:
    return [
        {
            "token": token,
            "scopes": [LABELS[Scope(code)] for code in token.scopes if code in set(Scope)],
            "is_over": token.expires_at <= at,
            "used_at": getattr(getattr(token, "use", None), "used_at", None),
        }
        for token in tokens
    ]


@opens_to(SIGNED_IN)
@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Revoke one of my tokens."""
    try:
        actions.revoke_token(pk, actor=request.user, at=request.arrived_at)  # type: ignore[attr-defined,arg-type]
    except Token.DoesNotExist as nothing:
        raise Http404 from nothing
    messages.success(request, _("令牌已停用，立即失效。"))
    return redirect("api:tokens")
