"""What the page that sets up a second factor needs."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from keqiao.web.accounts.queries import needs_second_factor

register = template.Library()
GROUP = 4  # characters, as people read a key aloud


@register.simple_tag(takes_context=True)
def second_factor_needed(context: Context) -> bool:
    """Does the viewer hold a role that needs a second factor?"""
    request = context["request"]
    return needs_second_factor(request.user, request.arrived_at)


@register.filter
def drawing(svg: str) -> SafeString:
    """Return the drawing inside the page itself; without the XML line, which HTML does not know."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308  made by the library from our own key, no input of people


@register.filter
def in_groups(key: str) -> str:
    """Write a key in groups of four."""
    return " ".join(key[start : start + GROUP] for start in range(0, len(key), GROUP))
