"""A second person is asked: what the first one wants waits in room approvals."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.acceptance import TABLE
from keqiao.core.lifecycle.credit import TABLE as CREDIT_TABLE
from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.web.acceptance.actions.concluding import against_passing
from keqiao.web.acceptance.actions.credit import require_answer
from keqiao.web.acceptance.actions.writing import moved, needed, refusal, tidy
from keqiao.web.acceptance.facts import facts_of
from keqiao.web.acceptance.models import Acceptance, CreditEntry
from keqiao.web.acceptance.permissions import Viewer, is_officer
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Subject
from keqiao.web.approvals.queries import open_for_subject
from keqiao.web.parties.queries import local_day

OF_ACCEPTANCE = {"pass": "pass", "rectify": "order_rectification", "fail": "fail", "anew": "conclude_anew"}
OF_CREDIT = {"record": "record", "uphold": "uphold", "lift": "lift"}
"""The act in the table of the case for each that a second person agrees to."""
CODES = [f"acceptance.{act}" for act in (*OF_ACCEPTANCE, *OF_CREDIT)]
WITHOUT_REASON = ("pass", "record")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A conclusion that is asked for (``OF_ACCEPTANCE``): why, and until when for work that is put right."""

    act: str
    reason: str = ""
    until: date | None = None


@transaction.atomic
def ask_conclusion(pk: UUID, wanted: Wanted, *, actor: Viewer, at: datetime) -> Any:
    """Ask a second person for a conclusion; return the approval that waits.

    Raises:
        Acceptance.DoesNotExist: it is not the actor's business.
        Refused: its rules are against it now, the reason or the day is missing, or something waits already.
    """
    act, until = wanted.act, wanted.until
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related("grant__application")
    row = rows.get(pk=pk)
    if not is_officer(actor, row.association_id, at):
        raise row.DoesNotExist
    moved(TABLE, row.state, OF_ACCEPTANCE[act], {OFFICER, LEADER})
    reason = tidy(wanted.reason) if act in WITHOUT_REASON else needed(wanted.reason)
    if act == "pass" and not reason and (against := against_passing(facts_of(row, at))):
        raise Refused(*against)
    if act == "rectify" and (until is None or until <= local_day(at)):
        raise refusal("acceptance.day_past", day=until.isoformat() if until else "—")
    arguments = {"reason": reason, "until": until.isoformat() if until else ""}
    return _proposed(f"acceptance.{act}", row, arguments, actor, at)


@transaction.atomic
def ask_credit(act: str, pk: UUID, reason: str, *, actor: Viewer, at: datetime) -> Any:
    """Ask a second person for an act on a credit entry; return the approval that waits.

    Raises:
        CreditEntry.DoesNotExist: it is not the actor's business.
        Refused: its rules are against it now, the reason is missing, or something waits already.
    """
    row = CreditEntry.objects.select_for_update(of=("self",)).get(pk=pk)
    if not is_officer(actor, row.association_id, at):
        raise row.DoesNotExist
    moved(CREDIT_TABLE, row.state, OF_CREDIT[act], {OFFICER, LEADER})
    reason = tidy(reason) if act in WITHOUT_REASON else needed(reason)
    if act == "record":
        require_answer(row, at)
    return _proposed(f"acceptance.{act}", row, {"reason": reason}, actor, at)


def _proposed(code: str, row: Any, arguments: dict[str, str], actor: Viewer, at: datetime) -> Any:
    subject = Subject(row._meta.label_lower, str(row.pk), row.association_id)
    why = arguments["reason"] or str(row)[:200]
    if any(open_for_subject(each, (subject.kind, subject.id), at) for each in CODES):
        raise refusal("acceptance.waits_already")
    return propose(Proposal(code, subject, arguments, why), actor=actor, at=at)
