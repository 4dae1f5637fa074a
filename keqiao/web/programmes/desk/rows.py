"""One statement of a draft as a row: what it is called, what it says in words, where its words stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.addresses import anchor_of
from keqiao.web.programmes.proofreading.marks import tint_of
from keqiao.web.programmes.wording.facts import (
    chain_text,
    closing_text,
    day_text,
    filing_text,
    funding_text,
    limit_text,
    office_text,
    outcome_text,
    places_text,
    target_text,
    term_text,
)
from keqiao.web.programmes.wording.labels import slot_label

Words = Mapping[str, Any]
Say = Callable[[Any], str]

SINGLE: dict[str, Say] = {
    "applicants": lambda stated: "、".join(stated.kinds),
    "beneficiary": lambda stated: "、".join(stated.kinds),
    "funding": funding_text,
    "places": places_text,
    "per_unit_limit": limit_text,
    "opens": day_text,
    "deadline": day_text,
    "completion": day_text,
    "term": term_text,
    "filing": filing_text,
    "bundle": lambda stated: "、".join(child.name for child in stated.children),
    "regime": lambda stated: "、".join(stated.range) or _("题目固定"),
    "outcome": outcome_text,
    "scorecard": lambda stated: "、".join(criterion.name for criterion in stated.criteria),
    "closing": closing_text,
}
"""Statements of which a node has one at most, in the order in which people ask, with how each is said."""

LISTED: dict[str, Say] = {
    "rules": lambda entry: entry.summary,
    "targets": target_text,
    "materials": lambda entry: entry.name,
    "deliverables": lambda entry: entry.name,
    "spending": lambda entry: "、".join(entry.kinds),
    "preferences": lambda entry: entry.words,
    "endorsement": chain_text,
    "open_questions": lambda entry: entry.question,
    "office_list": office_text,
    "attachments": lambda entry: entry.title,
    "forms": lambda entry: entry.title,
    "regulations": lambda entry: entry.title,
    "base_figures": lambda entry: f"{entry.name} {entry.value} {entry.unit or ''}".strip(),
}
"""Statements that are lists, in the order of the tree, with how one entry is said."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One row: what a part is called and says.

    ``source`` names the node above that states it, "" for its own. ``doubt`` is the number of the first doubt
    about it, 0 without one.
    """

    part: Part
    label: str
    value: str
    clause: str = ""
    kind: str = "condition"
    invented: bool = False
    needs_answer: bool = False
    words: Words = field(default_factory=dict)
    source: str = ""
    doubt: int = 0

    @property
    def anchor(self) -> str:
        """The id of the row on the page."""
        return anchor_of(self.part)


def statement_of(part: Part, value: str, stated: Any, words: Words, doubt: int) -> Statement:
    """Return the row of ``part``: ``stated`` is what the definition holds, ``doubt`` the number of its first doubt."""
    tied = words.get(part.key, {})
    source = getattr(stated, "source", None)
    return Statement(
        part=part,
        label=slot_label(part.slot),
        value=value,
        clause=source.clause if source else str(tied.get("where", "")),
        kind=tint_of(part, getattr(stated, "type", "")),
        invented=bool(getattr(stated, "invented", False)),
        needs_answer=bool(getattr(stated, "needs_answer", False)),
        words=tied,
        doubt=doubt,
    )
