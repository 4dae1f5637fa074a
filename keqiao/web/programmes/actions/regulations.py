"""Take a regulation over from the library into a draft, for the rules that ask for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.web.programmes.actions.drafting import locked_draft, part_gone, require_unchanged, save
from keqiao.web.programmes.library import SLOT, LibraryVersion, entry_taken_from, with_regulation
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import NotThere, Part
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.versions import Saving


@dataclass(frozen=True, slots=True)
class Adoption:
    """On which version of the draft it was decided, which version of a regulation, which rules are to name it."""

    version: int
    regulation: LibraryVersion
    rules: tuple[str, ...] = ()


@transaction.atomic
def adopt_regulation(call_id: UUID, adoption: Adoption, *, actor: Viewer, at: datetime) -> Draft:
    """Have the draft of a call state a regulation as the library has it, and ``rules`` name it.

    An entry taken from an older version is brought up to date and keeps its place in the document.

    Raises:
        StaleDraft: somebody else changed that entry since that version.
        Refused: the call is not a draft any more, the library is another association's, a rule is gone, or asks
            for no regulation.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    taken = adoption.regulation
    if taken.association_id != draft.association_id:
        raise part_gone(NotThere(taken.reference))
    require_unchanged(draft, adoption.version, lambda values: entry_taken_from(values, taken))
    try:
        changed, entry = with_regulation(draft.definition, taken, adoption.rules)
    except NotThere as gone:
        raise part_gone(gone) from gone
    if changed == draft.definition:
        return draft
    draft.definition = changed
    saving = Saving("corrected", actor, at, Part("", SLOT, entry))
    return save(draft, saving, data={"regulation": str(taken.pk), "rules": list(adoption.rules)})
