"""Who may open which view. A view that declares nobody opens to nobody.

A view says it at its definition::

    @opens_to(PUBLIC)
    @opens_to(SIGNED_IN)
    @opens_to("officer", "leader", scope="the association of the call")

and a class-based view carries the same decorator on the class. Views of other packages stand by their URL
name in ``settings.ACCESS_BY_URL_NAME``. The middleware lets in whoever a declaration names; what a person may
see *inside* a page is decided by the room's queries, which start from what the viewer may see.

Roles are asked from ``settings.ACCESS_ROLES_OF``, the dotted path of ``(user, at) -> names of roles``: this
room is the lowest one and knows no other.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import structlog
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

PUBLIC = "(public)"  # anybody, without log-in
SIGNED_IN = "(signed in)"  # anybody who has logged in, whatever the roles
DEMONSTRATION = "(demonstration)"  # anybody, but only in an installation that shows the demonstration

log = structlog.get_logger("keqiao.access")


@dataclass(frozen=True, slots=True)
class Opening:
    """Who may open a view: one of the three words above, or names of roles; any one of them is enough.

    ``scope`` tells readers (and the list of all views) within what the role must be held; the room's queries
    enforce it. ``hidden``: to a visitor without log-in the page does not exist, instead of offering the
    log-in.
    """

    who: frozenset[str]
    scope: str = ""
    hidden: bool = False

    def admits_anybody(self) -> bool:
        """Is no log-in needed (in this installation)?"""
        return PUBLIC in self.who or (settings.DEMONSTRATION and DEMONSTRATION in self.who)

    def admits(self, user: Any, at: datetime) -> bool:
        """May this signed-in ``user`` open the view at ``at``?"""
        return SIGNED_IN in self.who or not self.who.isdisjoint(roles_of(user, at))


def opens_to(*who: str, scope: str = "", hidden: bool = False) -> Callable[[Any], Any]:
    """Declare who may open a view (function or class).

    Raises:
        ImproperlyConfigured: nobody is named; leave the view out of the URLs instead.
    """
    if not who:
        raise ImproperlyConfigured("opens_to() names nobody. Give PUBLIC, SIGNED_IN or names of roles.")
    opening = Opening(frozenset(who), scope, hidden)

    def declare(view: Any) -> Any:
        view.opening = opening
        return view

    return declare


def opening_of(view: Any, url_name: str | None) -> Opening | None:
    """Return what a view declares, or the list of other packages' views says; ``None`` if nothing does."""
    declared = getattr(view, "opening", None) or getattr(getattr(view, "view_class", None), "opening", None)
    if declared is None and url_name:
        declared = _listed().get(url_name)
    return declared


def roles_of(user: Any, at: datetime) -> Collection[str]:
    """Return the names of the roles that ``user`` holds at ``at`` anywhere."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset(_roles_query()(user, at))


def may_open(request: HttpRequest, opening: Opening) -> bool:
    """May the person behind ``request`` open it? Asks the roles once per request."""
    if opening.admits_anybody():
        return True
    user = request.user
    if not user.is_authenticated:
        return False
    if SIGNED_IN in opening.who:
        return True
    if not hasattr(request, "roles"):
        request.roles = roles_of(user, request.arrived_at)  # type: ignore[attr-defined]
    return not opening.who.isdisjoint(request.roles)


class AccessMiddleware:
    """Closes every view to all but those it opens to. Stands last, where log-in and arrival are known.

    Not signed in: to the log-in and back. Signed in without the role: not found, as for any page that does
    not exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Return nothing where the view may run, else the answer that stands in its place."""
        match = request.resolver_match
        opening = opening_of(view, match.view_name if match else None)
        if opening is None:
            return _refuse_undeclared(view)
        if may_open(request, opening):
            return None
        if opening.hidden or request.user.is_authenticated:
            raise Http404
        return _to_login(request)


def _refuse_undeclared(view: Any) -> HttpResponse:
    name = f"{view.__module__}.{getattr(view, '__qualname__', view)}"
    if settings.UNDECLARED_VIEW_STOPS:
        raise ImproperlyConfigured(f"{name} declares nobody: put @opens_to(...) on it.")
    log.error("undeclared view", view=name)
    raise Http404


def _to_login(request: HttpRequest) -> HttpResponse:
    """Lead to the log-in, and from there back: to the page asked for, or to the one from which something was sent."""
    if request.headers.get("HX-Request") == "true":  # a fragment must not be replaced by the log-in page
        answer = HttpResponse(status=401)
        answer.headers["HX-Redirect"] = _log_in_and_return(_sent_from(request))
        return answer
    is_read = request.method in ("GET", "HEAD")
    return HttpResponseRedirect(
        _log_in_and_return(request.get_full_path() if is_read else _sent_from(request))
    )


def _log_in_and_return(to: str) -> str:
    address = resolve_url(settings.LOGIN_URL)
    return f"{address}?{urlencode({REDIRECT_FIELD_NAME: to}, safe='/')}" if to else address


def _sent_from(request: HttpRequest) -> str:
    """The page of ours from which the request came, as the browser says; nothing where it says none of ours.

    The address of something sent may open to no reading; the page on which it was typed does, and a form that keeps
    unsaved words in the browser has them there.
    """
    said = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(said, hosts, require_https=request.is_secure()):
        return ""
    return urlunsplit(("", "", *urlsplit(said)[2:4], ""))


@cache
def _listed() -> dict[str, Opening]:
    return {name: Opening(frozenset(who)) for name, who in settings.ACCESS_BY_URL_NAME.items()}


@cache
def _roles_query() -> Callable[[Any, datetime], Collection[str]]:
    return import_string(settings.ACCESS_ROLES_OF)
