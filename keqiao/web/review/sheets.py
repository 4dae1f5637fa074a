"""What an expert typed as plain values (``Sheet.answers``), as the sheet that the core reads, and its digest.

``{"marks": {id: {"points": "8.5", "band": "优"}}, "fraud": None, "vetoes": {id: True}, "comment": "", "recommends":
None}``. Points that are no number stay as they were typed.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.answers import canonical
from keqiao.core.programme.selection import Scorecard
from keqiao.core.scoring.checking import check_sheet
from keqiao.core.scoring.sheets import Mark, Sheet, lines

Answers = Mapping[str, Any]
NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,4})?")
EMPTY: Answers = {"marks": {}, "fraud": None, "vetoes": {}, "comment": "", "recommends": None}


def sheet_in(identifier: str, answers: Answers) -> Sheet:
    """Return the sheet that these answers are; points that cannot be read are missing in it."""
    return Sheet(
        id=identifier,
        marks={
            line: Mark(points_in(mark.get("points", "")), mark.get("band") or None)
            for line, mark in answers.get("marks", {}).items()
        },
        fraud=answers.get("fraud"),
        vetoes=dict(answers.get("vetoes", {})),
        comment=answers.get("comment", ""),
        recommends=answers.get("recommends"),
    )


def points_in(typed: str) -> Decimal | None:
    """Return the points that were typed; None: nothing, or no number."""
    return Decimal(typed) if NUMBER.fullmatch(typed) else None


def faults_of(card: Scorecard, answers: Answers) -> tuple[Finding, ...]:
    """Return everything that stands against sealing these answers, each with its place."""
    unreadable = {fault.at: fault for fault in _unreadable(card, answers)}
    found = check_sheet(card, sheet_in("", answers))
    return tuple(unreadable.get(fault.at, fault) for fault in found)


def _unreadable(card: Scorecard, answers: Answers) -> Iterator[Finding]:
    for line in lines(card):
        typed = answers.get("marks", {}).get(line.id, {}).get("points", "")
        if typed and points_in(typed) is None:
            values = {"name": line.name, "given": typed}
            yield Finding("review.points_unreadable", Weight.REFUSE, values, card.source, ("marks", line.id))


def digest_of_sheet(task: Any, card: Mapping[str, Any], answers: Answers) -> str:
    """Return the SHA-256 of what is sealed: the answers, by whom, about which content, on which scorecard."""
    sealed = {
        "task": str(task.pk),
        "expert": str(task.expert_id),
        "content": task.submission_digest,
        "card": dict(card),
        "answers": dict(answers),
    }
    return hashlib.sha256(canonical(sealed)).hexdigest()


def digest_of_round(sheets: Mapping[str, str]) -> str:
    """Return the SHA-256 of all sealed sheets of a round, given their digests by the ids of their tasks."""
    return hashlib.sha256(canonical(dict(sorted(sheets.items())))).hexdigest()
