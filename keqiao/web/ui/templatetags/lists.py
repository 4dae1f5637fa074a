"""What the list component asks while it is drawn: the viewer's saved views of the list."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context

from keqiao.web.ui.actions import kept_part
from keqiao.web.ui.lists import ListPage
from keqiao.web.ui.models import SavedView
from keqiao.web.ui.permissions import working_for
from keqiao.web.ui.queries import views_for

register = template.Library()


@dataclass(frozen=True, slots=True)
class ShownView:
    """A saved view as a tab: its address, whether the page shows it, whether the viewer may remove it."""

    view: SavedView
    address: str
    is_current: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Views:
    """The tabs of a list. ``asked`` is what the page shows now, ``can_share`` whether colleagues could share it."""

    shown: list[ShownView]
    asked: str
    none_is_current: bool
    can_share: bool


@register.simple_tag(takes_context=True)
def saved_views(context: Context, page: ListPage) -> Views | None:
    """Return the viewer's views of this list; nothing where the list keeps none or nobody is signed in."""
    request: Any = context["request"]
    code = page.kind.code if page.kind else ""
    if not code or not request.user.is_authenticated:
        return None
    now = _in_order(kept_part(request.GET.urlencode()))
    shown = [
        ShownView(view, f"?{view.asked}", _in_order(view.asked) == now, view.owner_id == request.user.pk)
        for view in views_for(request.user, code, request.arrived_at)
    ]
    can_share = len(working_for(request.user, request.arrived_at)) == 1
    return Views(
        shown, kept_part(request.GET.urlencode()), not any(view.is_current for view in shown), can_share
    )


def _in_order(asked: str) -> list[tuple[str, list[str]]]:
    """The query whatever the order of its parts; parts without a value do not count."""
    lists = QueryDict(asked).lists()
    return sorted((name, values) for name, values in lists if any(values))
