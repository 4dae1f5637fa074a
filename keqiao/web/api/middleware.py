"""Requests of programs: known by their token and by nothing else, answered in JSON, counted."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from keqiao.web.access import opening_of
from keqiao.web.accounts.limits import allows
from keqiao.web.api.models import Token
from keqiao.web.api.problems import in_place_of, problem
from keqiao.web.api.queries import token_shown
from keqiao.web.api.use import note_use

PATH = "/api/"
SCHEME = "bearer"
MINUTE = 60  # seconds: the span of the limits


class TokenMiddleware:
    """Stands before the session: on addresses of the interface no cookie counts, so no other site can use one.

    Without a valid token a closed address answers 401; with one, the request is that of the token's account, narrowed
    to its unit. What the scopes leave out the addresses themselves refuse.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PATH):
            return self.get_response(request)
        cookies, request.COOKIES = request.COOKIES, {}
        answer = in_place_of(self.get_response(request))
        request.COOKIES = cookies  # whoever sent some is not to be answered from a store
        if "Authorization" in request.headers:
            answer.headers["Cache-Control"] = "no-store"
        patch_vary_headers(answer, ["Authorization"])
        return answer

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Say who asks, before anything else wants to know; return an answer where the view may not run."""
        if not request.path_info.startswith(PATH):
            return None
        at = request.arrived_at  # type: ignore[attr-defined]
        secret = _secret(request)
        token = token_shown(secret, at) if secret else None
        opening = opening_of(view, request.resolver_match.view_name if request.resolver_match else None)
        is_public = bool(opening and opening.admits_anybody())
        if (secret is not None or not is_public) and token is None:
            return _unknown()
        if not _is_allowed(request, token):
            return _too_many()
        if token is not None:
            note_use(token, at)
            request.token, request.user = token, _viewer(token)  # type: ignore[attr-defined]
        return None


def _secret(request: HttpRequest) -> str | None:
    """What stands behind ``Bearer``; None where no credentials were sent, empty where they are of another kind."""
    said = request.headers.get("Authorization")
    if said is None:
        return None
    scheme, _space, secret = said.partition(" ")
    return secret.strip() if scheme.lower() == SCHEME else ""


def _viewer(token: Token) -> Any:
    viewer = token.account
    viewer.acting_for = token.unit_id
    return viewer


def _is_allowed(request: HttpRequest, token: Token | None) -> bool:
    return allows(request, "api", key=str(token.pk)) if token else allows(request, "api_public")


def _unknown() -> HttpResponse:
    answer = problem(401, str(_("请在 Authorization 头中给出有效的令牌：Bearer kq_…。")))
    answer.headers["WWW-Authenticate"] = 'Bearer realm="keqiao"'
    return answer


def _too_many() -> HttpResponse:
    answer = problem(429, str(_("请求过于频繁，请一分钟后再试。")))
    answer.headers["Retry-After"] = str(MINUTE)
    return answer
