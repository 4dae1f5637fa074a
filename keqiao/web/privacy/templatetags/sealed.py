"""Show a locked value: its mask, and the way to see it whole for those who may."""

from typing import Any

from django import template
from django.db import models
from django.template import Context

from keqiao.web.privacy.queries import may_reveal

register = template.Library()


@register.inclusion_tag("privacy/sealed.html", takes_context=True)
def sealed(context: Context, row: models.Model, column: str) -> dict[str, Any]:
    """Draw the mask of ``row``'s locked ``column``, and a link to reveal it where the viewer may. One query."""
    request, value = context["request"], getattr(row, column)
    shows_way = bool(value) and may_reveal(request.user, row, request.arrived_at)
    return {
        "value": value,
        "row": row,
        "column": column,
        "label": row._meta.label_lower,
        "shows_way": shows_way,
    }
