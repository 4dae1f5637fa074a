"""One's own tokens, and the description of the interface for people and for programs."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.web.access import PUBLIC, SIGNED_IN, opens_to
from keqiao.web.accounts.queries import grants_of
from keqiao.web.api import actions, queries
from keqiao.web.api.description import PREFIX, description
from keqiao.web.api.forms import TokenForm
from keqiao.web.api.models import Token
from keqiao.web.api.scopes import LABELS, Scope
from keqiao.web.api.use import used_on
from keqiao.web.ui.faults import add_faults


@opens_to(PUBLIC)
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """The description of the interface for programs."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@opens_to(PUBLIC)
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The description of the interface for people, made from the same values."""
    said = description()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in said["paths"].items():
        for method, operation in operations.items():
            row = {"method": method.upper(), "path": path, **operation}
            groups.setdefault(operation["tags"][0], []).append(row)
    page = {
        "groups": groups.items(),
        "prefix": PREFIX,
        "version": said["info"]["version"],
        "scopes": [(scope.value, label) for scope, label in LABELS.items()],
    }
    return render(request, "api/documentation.html", page)


@opens_to(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens; make one. Its secret is shown on the answer and never again."""
    at = request.arrived_at  # type: ignore[attr-defined]
    held = grants_of(request.user, at)  # type: ignore[arg-type]
    units = {grant.organisation_id: grant.organisation for grant in held if grant.organisation_id}
    form = TokenForm(request.POST or None, units=list(units.values()))
    made = _made(request, form) if request.method == "POST" and form.is_valid() else None
    page = {
        "form": TokenForm(units=list(units.values())) if made else form,
        "made": made,
        "tokens": _rows(list(queries.tokens_of(request.user)), at),
    }
    answer = render(request, "api/tokens.html", page, status=422 if form.errors else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _made(request: HttpRequest, form: TokenForm) -> actions.Made | None:
    at = request.arrived_at  # type: ignore[attr-defined]
    try:
        return actions.make_token(form.wanted(at), actor=request.user, at=at)  # type: ignore[arg-type]
    except ValidationError as wrong:
        add_faults(form, wrong)
        return None


def _rows(tokens: list[Token], at: Any) -> list[dict[str, Any]]:
    used = used_on(token.pk for token in tokens)
    return [
        {
            "token": token,
            "scopes": [LABELS[Scope(code)] for code in token.scopes if code in set(Scope)],
            "is_over": token.expires_at <= at,
            "used_on": used.get(token.pk),
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
