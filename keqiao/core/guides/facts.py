"""A fact read from a call document: what it says, of which category, from which words, how sure the reading is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from keqiao.core.guides.lines import Piece


class Confidence(StrEnum):
    """How sure a reading is; everything but ``CERTAIN`` is shown to the officer."""

    CERTAIN = "certain"
    SOFT = "soft"
    INFERRED = "inferred"
    ASK = "needs_answer"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. ``kind`` names it (``target``, ``rule``, ``funding`` …), ``value`` holds it as the flat export does.

    ``path`` is the category's path (empty: the whole call). ``words`` is the piece of text that says it. ``note`` is
    the code of a remark for the officer, empty where there is none.
    """

    kind: str
    path: tuple[str, ...]
    value: Mapping[str, Any]
    words: Piece
    confidence: Confidence = Confidence.CERTAIN
    note: str = ""
