"""Masks of numbers in templates."""

from django import template

from keqiao.web.privacy.masks import mask_phone

register = template.Library()


@register.filter
def masked_phone(number: str) -> str:
    """Return as much of a telephone number as a list may show (``138****1234``)."""
    return mask_phone(number)
