"""Says to the database for whom a request reads and writes: what row-level security on PostgreSQL goes by.

Stands last, behind log-in and access. Asked only when rows are first needed, so that a public page asks no session.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from keqiao.core.lifecycle.roles import EXPERT
from keqiao.web.access import opening_of
from keqiao.web.scope import INSTALLATION, NOBODY, Scope, working_as


class ViewerScopeMiddleware:
    """Runs the view in the scope of the person who is signed in; public pages run in nobody's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with working_as(lambda: _scope_of(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        """Note that a public page is the same for everybody."""
        match = request.resolver_match
        opening = opening_of(view, match.view_name if match else None)
        request.is_public_page = bool(opening and opening.admits_anybody())  # type: ignore[attr-defined]


def _scope_of(request: HttpRequest) -> Scope:
    if getattr(request, "viewer_scope", None) is not None:
        return request.viewer_scope  # type: ignore[attr-defined,no-any-return]
    if getattr(request, "is_public_page", True):
        return NOBODY
    request.viewer_scope = NOBODY  # type: ignore[attr-defined]  reading the viewer's own roles needs no scope
    request.viewer_scope = scope_of(request.user, request.arrived_at)  # type: ignore[attr-defined]
    return request.viewer_scope  # type: ignore[attr-defined,no-any-return]


def scope_of(viewer: Any, at: Any) -> Scope:
    """Return whose rows ``viewer`` may meet at ``at``: of all organisations in which the viewer holds a role.

    Roles without an organisation (the three administrators) are held for the installation. The role of an expert opens
    no association: what experts read of it, openings say one by one (``review.walls``).
    """
    if not viewer.is_authenticated:
        return NOBODY
    grants = [grant for grant in viewer.grants_at(at) if grant.role != EXPERT]
    organisations = frozenset(grant.organisation_id or INSTALLATION for grant in grants)
    person = getattr(viewer, "person_id", None)
    parties = organisations | {person} if person else organisations
    return Scope(associations=organisations, parties=parties, account=viewer.pk)
