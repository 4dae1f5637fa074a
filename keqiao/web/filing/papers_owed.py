"""What a category wants on paper, and which office it belongs to. Kept in memory: revisions never change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from keqiao.core.endorsing.stages import endorsing_stages
from keqiao.core.programme import effective
from keqiao.core.programme.inheritance import Effective
from keqiao.readers.endorsing_words import endorsing_words
from keqiao.web.applications.offices import Category, offices_of
from keqiao.web.eligibility.calls import ready_call

CATEGORIES_KEPT = 2000  # in the memory of one process


@dataclass(frozen=True, slots=True)
class Owed:
    """Sets of the form and of evidence that are handed in on paper, and the clause that says so.

    ``own_keeping``: paper stays with the applicant, nothing is owed. ``offices`` are the words of those in charge.
    ``stamped``: what is filed carries a seal. ``endorsed_by`` is the first day that a body on the way has to be done
    by, where every way of the category states the same one.
    """

    copies: int = 0
    proofs: int = 0
    own_keeping: bool = False
    clause: str = ""
    offices: tuple[str, ...] = ()
    stamped: bool = False
    endorsed_by: date | None = None


@lru_cache(maxsize=CATEGORIES_KEPT)
def owed_in(revision_id: UUID, node: str) -> Owed:
    """Return what the category with this id wants on paper. Raises KeyError: the revision has no such category."""
    ready = ready_call(revision_id)
    holds = effective(ready.programme, ready.path(node))
    offices = offices_of(revision_id, node)
    filing = holds.filing.fact if holds.filing else None
    if filing is None:
        return Owed(offices=offices)
    owed = Owed(
        clause=(filing.source.clause if filing.source else "") or "",
        offices=offices,
        stamped=bool(filing.stamped),
        endorsed_by=_endorsed_by(holds),
    )
    if filing.own_keeping:
        return replace(owed, own_keeping=True)
    return replace(owed, copies=filing.copies or 0, proofs=filing.proof_copies or 0)


def _endorsed_by(holds: Effective) -> date | None:
    takers = endorsing_words().takers
    days = {
        min((stage.deadline for stage in endorsing_stages(each.fact, takers) if stage.deadline), default=None)
        for each in holds.endorsement
    }
    return days.pop() if len(days) == 1 else None


def owed_in_each(categories: Collection[Category]) -> Mapping[Category, Owed]:
    """Return what each of these categories wants on paper."""
    return {each: owed_in(*each) for each in categories}
