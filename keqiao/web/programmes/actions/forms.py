"""Add a form to a call: a copy from the library, or an empty one; and say which categories are filled in on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.web.programmes.actions.drafting import locked_draft, part_gone, require_unchanged, save
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import NotThere, Part, value_at, with_new_entry, with_value
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.versions import Saving


@dataclass(frozen=True, slots=True)
class NewForm:
    """On which version it was decided, what the form says (without an id), the nodes that are to name it."""

    version: int
    form: Values
    nodes: tuple[str, ...] = ()


@transaction.atomic
def add_form(call_id: UUID, new: NewForm, *, actor: Viewer, at: datetime) -> tuple[Draft, Part]:
    """Add a form to the draft of a call and have nodes name it; return the draft and the address of the form.

    Raises:
        StaleDraft: somebody else changed since that version which form one of the nodes names.
        Refused: the call is not a draft any more, a node is gone, or the outcome is no definition.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    named = [Part(node, "form") for node in new.nodes]
    require_unchanged(draft, new.version, lambda values: [value_at(values, part) for part in named])
    try:
        definition, form = with_new_entry(draft.definition, Part("", "forms"), new.form)
        for part in named:
            definition = with_value(definition, part, form.entry)
    except NotThere as gone:
        raise part_gone(gone) from gone
    draft.definition = definition
    saved = save(draft, Saving("added", actor, at, form), data={"to": list(new.nodes)})
    return saved, form
