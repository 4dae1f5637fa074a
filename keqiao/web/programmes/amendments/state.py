"""How far a notice has come: merged into the draft, or merged and undone again, or published."""

from keqiao.core.programme.amending.applying import Accepted, stands
from keqiao.core.programme.types import Programme
from keqiao.web.programmes.amendments.values import StoredChange, changes_from
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.models import Amendment, Draft


def accepted_changes(changes: list[StoredChange]) -> list[Accepted]:
    """Return what was accepted, in the order of the notice."""
    found = (said.change for change in changes for said in change.settled.values())
    return [change for change in found if change is not None]


def is_in(amendment: Amendment, programme: Programme) -> bool:
    """Does ``programme`` say anything that was accepted from this notice?"""
    return any(stands(programme, change) for change in accepted_changes(changes_from(amendment.proposals)))


def is_merged(amendment: Amendment) -> bool:
    """Is the notice published, or merged into the draft and not undone there?"""
    if amendment.revision_id is not None:
        return True
    if amendment.applied_at is None:
        return False
    draft = Draft.objects.filter(call_id=amendment.call_id).first()
    return draft is not None and is_in(amendment, programme_of(draft.definition))
