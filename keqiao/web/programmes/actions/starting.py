"""Start a call: from an uploaded document, or from a definition that exists."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import OFFICER, CallState
from keqiao.core.programme.types import Programme
from keqiao.web.audit import log
from keqiao.web.programmes.actions.drafting import name_after
from keqiao.web.programmes.definitions import digest_of, values_of
from keqiao.web.programmes.library import of_own_library
from keqiao.web.programmes.models import Call, Draft, ReadingState, Source
from keqiao.web.programmes.owed import follow_call
from keqiao.web.programmes.permissions import Viewer, kept
from keqiao.web.programmes.queries import associations_for_new_calls, free_identifier
from keqiao.web.programmes.refusals import Refused
from keqiao.web.programmes.tasks import read_source
from keqiao.web.programmes.versions import Saving, begin, store

COMMAND = "command"
"""The part of the program that acts when a definition is loaded from the console."""


@dataclass(frozen=True, slots=True)
class Original:
    """A stored document: its id in room files, and its name."""

    file_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a draft was made from: a ``definition``, a ``call`` (then which), or ``nothing``."""

    kind: str
    copied_from: Call | None = None


FROM_A_DEFINITION = Origin("definition")


@transaction.atomic
def start_from_document(association_id: UUID, file: Original, *, actor: Viewer, at: datetime) -> Call:
    """Start a call of an association from a stored document, whose reading begins in the background.

    The original is kept, whatever comes of the reading.

    Raises:
        Association.DoesNotExist: the actor is no officer of it.
    """
    call = _start(association_id, file.name, actor, at)
    _read(call, file, at)
    log.record("started", call, actor=actor, role=OFFICER, at=at, data={"from": "document"})
    follow_call(call, at, "started")
    return call


@transaction.atomic
def read_again(call: Call, file: Original, *, actor: Viewer, at: datetime) -> Source:
    """Read another document for a call whose document could not be read; the first one stays on file.

    Raises:
        Call.DoesNotExist: the actor is no officer of its association.
        Refused: the call has a draft already, which another reading would overwrite.
    """
    Call.objects.select_for_update().filter(kept(actor, at)).get(pk=call.pk)
    if Draft.objects.filter(call=call).exists():
        raise Refused(Finding("call.has_draft", Weight.REFUSE))
    source = _read(call, file, at)
    log.record("document_replaced", call, actor=actor, role=OFFICER, at=at, data={"source": str(source.pk)})
    follow_call(call, at, "replaced")
    return source


@transaction.atomic
def start_from_definition(
    association_id: UUID,
    programme: Programme,
    *,
    actor: Viewer | None,
    at: datetime,
    origin: Origin = FROM_A_DEFINITION,
) -> Call:
    """Start a call of an association from a definition, as a draft that can be corrected and published.

    Where another call has the id of the definition already, the draft gets a free one: no two share an id. Without an
    actor the command acts.

    Raises:
        Association.DoesNotExist: the actor is no officer of it.
    """
    call = _start(association_id, programme.title, actor, at)
    call.year, call.region = programme.year, (programme.region or "")[:60]
    call.copied_from = origin.copied_from
    call.save(update_fields=["year", "region", "copied_from"])
    values = {
        **values_of(of_own_library(programme, association_id)),
        "id": free_identifier(programme.id, association_id),
    }
    begin(call, {"definition": values}, Saving("started", actor, at))
    data = {"from": origin.kind, "digest": digest_of(values)}
    if origin.copied_from is not None:
        data["copied_from"] = str(origin.copied_from.pk)
    log.record("started", call, actor=actor, role=OFFICER if actor else COMMAND, at=at, data=data)
    follow_call(call, at, "started")
    return call


@transaction.atomic
def load_again(call: Call, programme: Programme, *, at: datetime) -> Draft:
    """Put another definition in place of the draft of a call that a command loaded before.

    Raises:
        Refused: the call is not a draft any more; what is published never changes.
    """
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if locked.state != CallState.DRAFT:
        raise Refused(Finding("call.wrong_state", Weight.REFUSE, {"state": locked.get_state_display()}))
    draft = Draft.objects.select_for_update().get(call=locked)
    draft.definition = values_of(of_own_library(programme, locked.association_id))
    draft.words, draft.answers = {}, {}
    store(draft, Saving("loaded", None, at))
    name_after(locked, programme)
    locked.save(update_fields=["title", "year", "region"])
    data = {"version": draft.version, "node": "", "what": ["loaded"], "digest": digest_of(draft.definition)}
    log.record("corrected", locked, actor=None, role=COMMAND, at=at, data=data)
    follow_call(locked, at, "corrected")
    return draft


def _start(association_id: UUID, title: str, actor: Viewer | None, at: datetime) -> Call:
    if actor is not None:
        association_id = associations_for_new_calls(actor, at).get(pk=association_id).pk
    return Call.objects.create(
        association_id=association_id,
        title=title[:300],
        state=CallState.DRAFT.value,
        created_by_id=actor and actor.pk,
        created_at=at,
    )


def _read(call: Call, file: Original, at: datetime) -> Source:
    source = Source.objects.create(
        call=call,
        association_id=call.association_id,
        file_id=file.file_id,
        state=ReadingState.QUEUED.value,
        uploaded_at=at,
    )
    read_source.enqueue(str(source.pk))
    return source
