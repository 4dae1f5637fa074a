"""Say what the core found in the language of the page, as forms and acts refuse things."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from keqiao.core.findings import Finding
from keqiao.readers.messages import say


def at_field(field: str, words: Any, code: str) -> ValidationError:
    """Return what refuses a value at its field. (A code beside a mapping is dropped by Django, so it stands inside.)"""
    return ValidationError({field: ValidationError(words, code=code)})


def refusal(finding: Finding, field: str = "") -> ValidationError:
    """Return what refuses ``finding``, at ``field`` if one is named."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    fault = ValidationError(say(finding, language), code=finding.code)
    return ValidationError({field: fault}) if field else fault
