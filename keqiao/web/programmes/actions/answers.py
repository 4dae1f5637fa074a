"""Answer what the reading left in doubt: it is right as it stands, or it does not matter, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.audit import log
from keqiao.web.programmes.actions.corrections import locked_draft, require_version, store
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.doubts import Doubt, doubts_of, leftovers_of
from keqiao.web.programmes.editing import settled
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.queries import source_of


@dataclass(frozen=True, slots=True)
class Answer:
    """What an officer says to one doubt or number left over: ``confirmed`` or ``dismissed``, with a reason.

    ``key`` is that of the doubt, ``version`` the draft the officer looked at.
    """

    key: str
    version: int
    verdict: str
    reason: str = ""


@transaction.atomic
def answer_doubt(call_id: UUID, answer: Answer, *, actor: Viewer, at: datetime) -> Draft:
    """Settle one doubt of a draft: what is confirmed needs no answer any more.

    A doubt that is gone already is passed over: two officers may settle the same one.

    Raises:
        StaleDraft: somebody else changed the draft since that version.
        Refused: the call is not a draft any more.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_version(draft, answer.version)
    report = _report(draft)
    doubts = doubts_of(programme_of(draft.definition), draft.words, report, draft.answers)
    doubt = next((doubt for doubt in doubts if doubt.key == answer.key), None)
    if doubt is None:
        return draft
    if answer.verdict == "confirmed" and _is_mark(doubt):
        draft.definition = settled(draft.definition, doubt.spot.at)
    return _record(draft, answer, doubt.spot.entry or doubt.spot.node, actor, at)


@transaction.atomic
def settle_leftover(call_id: UUID, answer: Answer, *, actor: Viewer, at: datetime) -> Draft:
    """Settle a sentence whose number nothing used: it was entered by hand, or it does not matter.

    Raises:
        StaleDraft: somebody else changed the draft since that version.
        Refused: the call is not a draft any more.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_version(draft, answer.version)
    if answer.key not in {left.key for left in leftovers_of(_report(draft), draft.answers)}:
        return draft
    return _record(draft, answer, "", actor, at)


def _is_mark(doubt: Doubt) -> bool:
    return doubt.finding is not None and doubt.finding.code == "programme.answer_needed"


def _record(draft: Draft, answer: Answer, node: str, actor: Viewer, at: datetime) -> Draft:
    said = {"verdict": answer.verdict, "reason": answer.reason, "by": str(actor.pk), "at": at.isoformat()}
    draft.answers = {**draft.answers, answer.key: said}
    store(draft, actor, at)
    act = "dismissed" if answer.verdict == "dismissed" else "answered"
    data = {"version": draft.version, "node": node, "what": [answer.verdict]}
    log.record(act, draft.call, actor=actor, role=OFFICER, at=at, data=data, reason=answer.reason)
    return draft


def _report(draft: Draft) -> dict:
    source = source_of(draft.call)
    return (source.result or {}).get("report", {}) if source else {}
