"""What a category wants on paper, and which office it belongs to. Kept in memory: revisions never change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from keqiao.core.programme import effective
from keqiao.web.applications.offices import Category, offices_of
from keqiao.web.eligibility.calls import ready_call

CATEGORIES_KEPT = 2000  # in the memory of one process


@dataclass(frozen=True, slots=True)
class Owed:
    """Sets of the form and of evidence that are handed in on paper, and the clause that says so.

    ``own_keeping``: paper stays with the applicant, nothing is owed. ``offices`` are the words of those in charge.
    ``stamped``: what is filed carries a seal.
    """

    copies: int = 0
    proofs: int = 0
    own_keeping: bool = False
    clause: str = ""
    offices: tuple[str, ...] = ()
    stamped: bool = False


@lru_cache(maxsize=CATEGORIES_KEPT)
def owed_in(revision_id: UUID, node: str) -> Owed:
    """Return what the category with this id wants on paper. Raises KeyError: the revision has no such category."""
    ready = ready_call(revision_id)
    holds = effective(ready.programme, ready.path(node))
    offices = offices_of(revision_id, node)
    filing = holds.filing.fact if holds.filing else None
    if filing is None:
        return Owed(offices=offices)
    clause = filing.source.clause if filing.source else ""
    if filing.own_keeping:
        return Owed(own_keeping=True, clause=clause or "", offices=offices, stamped=bool(filing.stamped))
    counts = filing.copies or 0, filing.proof_copies or 0
    return Owed(*counts, clause=clause or "", offices=offices, stamped=bool(filing.stamped))


def owed_in_each(categories: Collection[Category]) -> Mapping[Category, Owed]:
    """Return what each of these categories wants on paper."""
    return {each: owed_in(*each) for each in categories}
