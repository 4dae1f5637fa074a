"""Sentences of faults in templates."""

from django import template

from keqiao.web.imports import tables
from keqiao.web.imports.sheet_kinds import Fault

register = template.Library()


@register.filter
def said(fault: Fault) -> str:
    """Return what a fault says, in the language of the page."""
    return tables.said(fault)
