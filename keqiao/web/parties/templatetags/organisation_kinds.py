"""Labels of kinds of organisation in templates."""

from django import template
from django.utils.translation import get_language

from keqiao.readers.organisation_kinds import organisation_kinds

register = template.Library()


@register.filter
def kind_label(code: str) -> str:
    """Return the label of a kind in the language of the page."""
    return organisation_kinds()[code].label(get_language() or "zh-hans")
