"""What a merge does with the rows of this room (see ``pointers``)."""

from keqiao.web.parties.models import (
    HELD_ALONE_BY,
    OrganisationFact,
    PersonFact,
    PersonFactKind,
    Tie,
    TieKind,
)
from keqiao.web.parties.periods import Period

STAYS = {
    "parties.partyname.party": "names are found through the pointer, and each party keeps the name it was entered with",
    "parties.party.merged_into": "turned by the merge itself, so that a pointer never leads to another pointer",
    "parties.association.organisation": "an association is never merged away",
    "parties.merge.kept": "what was done, stays as it was done",
    "parties.merge.gone": "what was done, stays as it was done",
    "parties.distinctpair.first": "what was found, stays as it was found",
    "parties.distinctpair.second": "what was found, stays as it was found",
}


def overlap(row: Period, other: Period) -> bool:
    """Is there a day on which both hold?"""
    ends_before = row.valid_until is not None and row.valid_until < other.valid_from
    begins_after = other.valid_until is not None and row.valid_from > other.valid_until
    return not (ends_before or begins_after)


def same_tie(row: Tie, other: Tie) -> bool:
    """Is there this tie already, or another of a kind that is held alone (one host, one supervisor)?"""
    alone = HELD_ALONE_BY.get(TieKind(row.kind))
    sides = (f"{alone}_id",) if alone else ("party_id", "organisation_id", "post")
    is_same = row.kind == other.kind and all(getattr(row, side) == getattr(other, side) for side in sides)
    return is_same and overlap(row, other)


def same_fact(row: OrganisationFact, other: OrganisationFact) -> bool:
    """Is something stated of the organisation that is kept, about the same and for the same days?"""
    return (row.kind, row.subject) == (other.kind, other.subject) and overlap(row, other)


def same_person_fact(row: PersonFact, other: PersonFact) -> bool:
    """Is something stated of the person who is kept, about the same and for the same days? Fields are many."""
    is_same = row.kind == other.kind and (row.kind != PersonFactKind.FIELD.value or row.value == other.value)
    return is_same and overlap(row, other)


CLASHES = {
    "parties.tie.party": same_tie,
    "parties.tie.organisation": same_tie,
    "parties.organisationfact.organisation": same_fact,
    "parties.personfact.person": same_person_fact,
}
