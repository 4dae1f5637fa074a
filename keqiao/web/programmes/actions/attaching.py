"""Lay a document beside a draft that was made without reading one, so that its words can be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.guides.blocks import SourceDocument
from keqiao.readers.transfer import to_values
from keqiao.web.programmes.actions.drafting import locked_draft, require_version, save
from keqiao.web.programmes.actions.starting import Original
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.models import Draft, ReadingState, Source
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.versions import Saving


@dataclass(frozen=True, slots=True)
class Attached:
    """A stored document, what stands in it, and the words behind each statement by its key.

    A document that was written from the draft brings its ``definition``, whose clauses point into it, and the
    ``version`` of the draft that it was written from.
    """

    original: Original
    document: SourceDocument
    words: Mapping[str, Any] = field(default_factory=dict)
    definition: Values | None = None
    version: int | None = None


@transaction.atomic
def attach_document(call_id: UUID, attached: Attached, *, actor: Viewer, at: datetime) -> Draft:
    """Make ``attached`` the document of a draft; nothing is read from it.

    Raises:
        Refused: the call is not a draft any more.
        StaleDraft: the document was written from a version that does not stand any more.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    if attached.version is not None:
        require_version(draft, attached.version)
    source = Source.objects.create(
        call=draft.call,
        association_id=draft.association_id,
        file_id=attached.original.file_id,
        state=ReadingState.READ.value,
        progress=100,
        result={},
        document=to_values(attached.document),
        uploaded_at=at,
        read_at=at,
    )
    draft.words = dict(attached.words)
    draft.definition = attached.definition or draft.definition
    return save(draft, Saving("attached", actor, at), what=("document",), data={"source": str(source.pk)})
