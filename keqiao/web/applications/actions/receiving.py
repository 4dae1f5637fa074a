"""Write what a submission leaves behind: its place, its number, the frozen content, the events, the letter."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle.application import APPLICANT, ApplicationState
from keqiao.web.applications import taking
from keqiao.web.applications.actions.joining import follow_submission
from keqiao.web.applications.corrections import settle
from keqiao.web.applications.definitions import Asked
from keqiao.web.applications.enclosures import RECEIPT
from keqiao.web.applications.followers import Change, tell
from keqiao.web.applications.limits import Applying
from keqiao.web.applications.models import Application, BundleMark, Return, Submission
from keqiao.web.applications.numbers import DEFAULT, number_of, stem_of
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.receipts import Receipt, receipt_number, receipt_url
from keqiao.web.applications.taking import NewSubmission, Ready, Standing
from keqiao.web.applications.timeliness import Window
from keqiao.web.audit.log import By, Chain, Happened, record, record_together
from keqiao.web.notifications.actions import Letter, queue_new
from keqiao.web.registers.actions.applied import Taken, give_back_place, take_place


class NotReady(Exception):
    """The version that stands has to be made ready first."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission as it came: with which key, by whom, when it was taken up and when it first arrived.

    ``reason`` is given where the call only warns; it stands in the event.
    """

    key: str
    actor: Viewer
    at: datetime
    arrived_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """That a submission is taken, and on what grounds."""

    sent: Sent
    ready: Ready
    state: ApplicationState
    asked: Asked
    applying: Applying
    arrived_at: datetime
    day: date
    window: Window
    warned: tuple[str, ...]
    correction: Return | None


def take(standing: Standing, decided: Decided) -> Receipt:
    """Write everything that a submission leaves behind."""
    sent, ordinal = decided.sent, _ordinal(standing)
    number = standing.number or _number(standing, decided)
    new = NewSubmission(
        id=uuid.uuid4(),
        ordinal=ordinal,
        key=sent.key,
        number=receipt_number(number, ordinal),
        arrived_at=decided.arrived_at,
        taken_at=sent.at,
        deadline_at=decided.window.deadline_at,
        grace_seconds=decided.window.late_by(decided.arrived_at),
        warnings=decided.warned,
        submitted_by_id=sent.actor.pk,
    )
    if not taking.write_submission(standing, new):
        raise NotReady
    taking.mark_submitted(standing, decided.state.value, number, new)
    happened = [_happened(standing, decided, new), *_place_taken(standing, decided, number)]
    record_together(happened, By(sent.actor, APPLICANT, sent.at))
    if sent.reason.strip() and decided.warned:
        _record_reason(standing, sent)
    if decided.correction is not None:
        settle(decided.correction, Return.Outcome.CORRECTED, sent.at)
    if decided.applying.partner_ids or decided.correction is not None:
        follow_submission(standing.application_id, actor=sent.actor, at=sent.at)
    tell(_change(standing, decided, new))
    receipt = _receipt(decided, new)
    _tell(standing, sent, receipt)
    return receipt


def _change(standing: Standing, decided: Decided, new: NewSubmission) -> Change:
    return Change(
        act="corrected" if decided.correction is not None else "submitted",
        application_id=standing.application_id,
        association_id=standing.association_id,
        call_id=standing.call_id,
        unit_id=standing.unit_id,
        revision_id=decided.ready.revision_id,
        node=standing.node,
        actor=decided.sent.actor,
        role=APPLICANT,
        at=decided.sent.at,
        submission_id=new.id,
        digest=decided.ready.digest,
    )


def _ordinal(standing: Standing) -> int:
    if not standing.number:
        return 1
    return Submission.objects.filter(application_id=standing.application_id).count() + 1


def _number(standing: Standing, decided: Decided) -> str:
    values = {
        "mark": standing.mark,
        "call": standing.slug,
        "year": str(decided.asked.year or decided.day.year),
        "category": standing.node,
    }
    stem = stem_of(standing.number_pattern or DEFAULT, values)
    return number_of(stem, taking.next_in_series(standing.association_id, stem))


def _happened(standing: Standing, decided: Decided, new: NewSubmission) -> Happened:
    data: dict[str, Any] = {
        "submission": str(new.id),
        "version": standing.version,
        "digest": decided.ready.digest,
        "arrived": decided.arrived_at.isoformat(),
    }
    if new.grace_seconds:
        data["grace_seconds"] = new.grace_seconds
    if decided.warned:
        data["warned"] = list(decided.warned)
    act = "corrected" if decided.correction is not None else "submitted"
    return Happened(act, chain_of_application(standing.application_id), data)


def _place_taken(standing: Standing, decided: Decided, number: str) -> list[Happened]:
    """Take the place; a correction has it already, for the units that stay."""
    applying, day = decided.applying, decided.day
    taken = Taken(
        association_id=standing.association_id,
        project=standing.application_id,
        title=standing.title or number,
        call=decided.asked.call,
        path=decided.asked.path,
        year=decided.asked.year or day.year,
        units=applying.units,
        leader_id=standing.leader_id,
        of_record=applying.of_record,
        mark=_mark(standing) if decided.asked.pilots else "",
    )
    happened = take_place(taken, by=decided.sent.actor, on=day, at=decided.sent.at)
    if decided.correction is not None:
        happened += give_back_place(taken.association_id, taken.project, on=day, but=tuple(taken.leads))
    return happened


def _mark(standing: Standing) -> str:
    """The pilot into which the application is marked to go; asked only in categories that a pilot brings."""
    marks = BundleMark.objects.filter(application_id=standing.application_id)
    pilot = marks.values_list("pilot_id", flat=True).first()
    return str(pilot) if pilot else ""


def chain_of_application(application_id: UUID) -> Chain:
    """Return the chain of the events of an application."""
    return Chain(Application._meta.label_lower, str(application_id))


def _record_reason(standing: Standing, sent: Sent) -> None:
    """The words given for passing warnings, apart, where they can be erased."""
    chain = chain_of_application(standing.application_id)
    record("warnings_passed", chain, actor=sent.actor, role=APPLICANT, at=sent.at, reason=sent.reason)


def _receipt(decided: Decided, new: NewSubmission) -> Receipt:
    return Receipt(
        application_id=decided.applying.application_id,
        submission_id=new.id,
        number=new.number,
        ordinal=new.ordinal,
        arrived_at=new.arrived_at,
        digest=decided.ready.digest,
        deadline_at=new.deadline_at,
        grace_seconds=new.grace_seconds,
        is_new=True,
    )


def _tell(standing: Standing, sent: Sent, receipt: Receipt) -> None:
    """Put the letter with the receipt into the outbox, for whoever submitted."""
    letter = Letter(
        "application.receipt",
        recipient_id=sent.actor.pk,
        address=sent.actor.email or "",
        language=sent.actor.language,
        variables={
            "title": standing.title.strip() or receipt.number,
            "number": receipt.number,
            "digest": receipt.digest,
            "url": receipt_url(receipt.submission_id),
        },
        about=(Application._meta.label_lower, str(standing.application_id)),
        encloses=((RECEIPT, str(receipt.submission_id)),),
        association_id=standing.association_id,
    )
    queue_new([letter], key=f"receipt:{receipt.submission_id.hex}", at=sent.at)
