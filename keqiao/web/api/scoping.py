"""Says of an address which scope it needs, to the program that asks and in the published description."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer

from keqiao.web.api.scopes import LABELS, Scope


class Needs(HttpBearer):
    """The token was looked at by the middleware; here it is asked for one scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002  the middleware has read it
        """Return the token. Raises AuthorizationError: it lacks the scope."""
        held = request.token  # type: ignore[attr-defined]
        if self.scope.value not in held.scopes:
            detail = _("这个令牌没有“%(scope)s”的权限（%(code)s）。")
            raise AuthorizationError(403, detail % {"scope": LABELS[self.scope], "code": self.scope.value})
        return held
