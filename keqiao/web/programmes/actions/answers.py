"""Answer what the reading left in doubt: it is right as it stands, or it does not matter, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.web.programmes.actions.drafting import locked_draft, require_unchanged, save
from keqiao.web.programmes.definitions import Values, programme_of
from keqiao.web.programmes.library import library_doubts
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import Part, node_at
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.proofreading.doubts import Doubt, doubts_of, leftovers_of
from keqiao.web.programmes.proofreading.settling import settled
from keqiao.web.programmes.queries import source_of
from keqiao.web.programmes.versions import Saving


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
        StaleDraft: somebody else changed what the doubt is about since that version.
        Refused: the call is not a draft any more.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    report = _report(draft)
    programme = programme_of(draft.definition)
    doubts = doubts_of(programme, draft.words, report, draft.answers)
    doubts += library_doubts(programme, draft.answers)
    doubt = next((doubt for doubt in doubts if doubt.key == answer.key), None)
    if doubt is None:
        return draft
    require_unchanged(draft, answer.version, lambda values: _doubted(values, doubt))
    if answer.verdict == "confirmed" and _is_mark(doubt):
        draft.definition = settled(draft.definition, doubt.spot.at)
    spot = doubt.spot
    return _save(draft, answer, Saving(_act(answer), actor, at, Part(spot.node, spot.statement, spot.entry)))


@transaction.atomic
def settle_leftover(call_id: UUID, answer: Answer, *, actor: Viewer, at: datetime) -> Draft:
    """Settle a sentence whose number nothing used: it was entered by hand, or it does not matter.

    A sentence that somebody else has dealt with keeps what was said to it first.

    Raises:
        Refused: the call is not a draft any more.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    left = {left.key: left for left in leftovers_of(_report(draft), draft.answers)}.get(answer.key)
    if left is None or left.answer is not None:
        return draft
    return _save(draft, answer, Saving(_act(answer), actor, at))


def _is_mark(doubt: Doubt) -> bool:
    return doubt.finding is not None and doubt.finding.code == "programme.answer_needed"


def _doubted(values: Values, doubt: Doubt) -> Any:
    """What these values say where the doubt is: of an entry by its id, wherever it stands."""
    spot = doubt.spot
    node = node_at(values, spot.node)
    if not spot.statement:
        return {name: said for name, said in node.items() if name != "categories"}
    stated = node.get(spot.statement)
    if not spot.entry:
        return stated
    return next((entry for entry in stated or () if entry.get("id") == spot.entry), None)


def _act(answer: Answer) -> str:
    return "dismissed" if answer.verdict == "dismissed" else "answered"


def _save(draft: Draft, answer: Answer, saving: Saving) -> Draft:
    by = {"by": str(saving.actor_id), "at": saving.at.isoformat()}
    said = {"verdict": answer.verdict, "reason": answer.reason, **by}
    draft.answers = {**draft.answers, answer.key: said}
    return save(draft, saving, what=(answer.verdict,), reason=answer.reason)


def _report(draft: Draft) -> dict:
    source = source_of(draft.call)
    return (source.result or {}).get("report", {}) if source else {}
