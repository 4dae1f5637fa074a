"""What a unit does with a record besides writing it: file, postpone, hold, cancel, report."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding
from keqiao.core.lifecycle.activity import TABLE
from keqiao.core.lifecycle.roles import APPLICANT
from keqiao.web.activities.actions.writing import saved, state_after, taken_in_hand, tidy_reason
from keqiao.web.activities.models import Activity
from keqiao.web.activities.permissions import Viewer
from keqiao.web.activities.queries.evidence import has_evidence
from keqiao.web.activities.refusals import Refused, finding
from keqiao.web.audit.log import By
from keqiao.web.parties.queries import local_day

UNIT_ACTS = ("file", "postpone", "plan_again", "hold", "cancel", "report")


@transaction.atomic
def move(record_id: UUID, act: str, reason: str = "", *, actor: Viewer, at: datetime) -> Activity:
    """Do one of ``UNIT_ACTS``; its number stays whatever happens to it.

    Raises:
        Activity.DoesNotExist: it is not the actor's business.
        Refused: with everything that stands against it.
        ValueError: it is no act of a unit.
    """
    if act not in UNIT_ACTS:
        raise ValueError(f"{act} is no act of a unit")
    row, _project = taken_in_hand(record_id, act, APPLICANT, actor, at)
    words = tidy_reason(act, reason)
    by = By(actor, APPLICANT, at)
    if act == "report":
        _report(row, by)
    else:
        row.words = words
        saved(row, TABLE.events[act], by, reason=words)
    return row


def reported(row: Activity, by: By) -> None:
    """Report a record that has just been entered. Raises Refused: as the acts say."""
    row.state = state_after(row.state, "report", {APPLICANT}).value
    _report(row, by)


def _report(row: Activity, by: By) -> None:
    if against := against_reporting(row, by.at):
        raise Refused(*against)
    actor: Any = by.actor
    row.reported_by_id, row.reported_at, row.words = actor.pk, by.at, ""
    saved(row, TABLE.events["report"], by, digest=row.digest, version=row.version)


def against_reporting(row: Activity, at: datetime) -> list[Finding]:
    """Return what stands against reporting a record: what could never count is not sent to the office."""
    found = []
    last = row.end or row.start
    if last is None:
        found.append(finding("day_missing"))
    elif last > local_day(at):
        found.append(finding("not_over", day=last.isoformat()))
    if not has_evidence(row):
        found.append(finding("no_evidence"))
    return found
