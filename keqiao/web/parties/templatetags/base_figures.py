"""Labels and values of base figures in templates."""

from django import template
from django.utils.translation import get_language

from keqiao.readers.base_figures import figure_kinds
from keqiao.web.parties.models import BaseFigure

register = template.Library()


@register.filter
def figure_label(code: str) -> str:
    """Return the label of a kind of figure in the language of the page."""
    return figure_kinds()[code].label(get_language() or "zh-hans")


@register.simple_tag
def figure_value(figure: BaseFigure) -> str:
    """Return the value with its unit, whole where only whole numbers make sense."""
    kind = figure_kinds()[figure.kind]
    value = f"{figure.value:,.0f}" if kind.is_whole else f"{figure.value:,.2f}"
    return f"{value} {kind.unit(get_language() or 'zh-hans')}".strip()
