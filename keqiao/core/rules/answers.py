"""What comes back: for each rule a verdict with its reasons, and for a category the sum of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from keqiao.core.findings import Finding, Source, Value, Verdict, Weight

__all__ = ["CategoryAnswer", "Judged", "Verdict", "When"]


class When(StrEnum):
    """When a rule can first be answered.

    ``before``: from what is known of the applicant before anything is typed. ``form``: from what the application
    says. The others come with later acts: filing, review, the work itself, its closing.
    """

    BEFORE = "before"
    FORM = "form"
    FILING = "filing"
    REVIEW = "review"
    CONDUCT = "conduct"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule (or limit, or list of applicants) and its answer for one case.

    ``rule`` is its id (``applicants``, ``per_unit_limit``, ``debarment``, ``open_to_applicants`` for what is no rule),
    ``type`` its type. ``seen`` are the values that decided, ``missing`` names the facts that nobody has stated, as
    finding codes; ``findings`` say what is wrong or has to be asked, ``change`` what would change the answer.
    ``source`` is the clause. ``evidence`` is what a person who judges it wants to see.
    """

    rule: str
    type: str
    verdict: Verdict
    weight: Weight
    when: When
    path: tuple[str, ...] = ()
    source: Source | None = None
    seen: Mapping[str, Value] = field(default_factory=dict)
    missing: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    change: tuple[Finding, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryAnswer:
    """May this applicant apply in the category at ``path``?

    ``verdict`` counts the rules that are due by ``when``: one hard rule that fails makes it fail; else anything
    unknown or for a person makes it ``person``. A soft rule (原则上) that fails warns and never decides.
    """

    path: tuple[str, ...]
    verdict: Verdict
    judged: tuple[Judged, ...]
