"""What the unit puts together and hands in, and the office asks for: papers, reasons, points, more time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding, Source, Value, Weight
from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.acceptance.actions.writing import needed, note, refusal, taken_in_hand, tidy
from keqiao.web.acceptance.facts import facts_of
from keqiao.web.acceptance.models import Acceptance, OwedPaper, RowWords
from keqiao.web.acceptance.models.acceptances import LONGEST_SUMMARY
from keqiao.web.acceptance.owed import follow_acceptance
from keqiao.web.acceptance.papers import Length
from keqiao.web.acceptance.permissions import Viewer, is_officer
from keqiao.web.acceptance.telling import tell
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.grants.actions.working import finish
from keqiao.web.parties.queries import local_day


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a unit says: the day on which the work was done, problems and plans, reasons by row, papers not needed."""

    finished_on: date | None = None
    summary: str = ""
    reasons: Mapping[str, str] | None = None
    not_needed: Mapping[UUID, str] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Points that the office gives to a row, and why; None takes back what was given."""

    key: str
    points: Decimal | None
    why: str = ""


@transaction.atomic
def prepare(acceptance_id: UUID, wanted: Prepared, *, actor: Viewer, at: datetime) -> None:
    """Save what the unit says so far.

    Raises:
        Acceptance.DoesNotExist: it is not the actor's business.
        Refused: it is not with the unit, words are too long, or the day lies ahead.
    """
    acceptance, by = taken_in_hand(acceptance_id, "prepare", actor, at)
    if wanted.finished_on and wanted.finished_on > local_day(at):
        raise refusal("acceptance.day_ahead", day=wanted.finished_on.isoformat())
    acceptance.finished_on, acceptance.summary = wanted.finished_on, tidy(wanted.summary, LONGEST_SUMMARY)
    acceptance.save(update_fields=["finished_on", "summary"])
    for key, reason in (wanted.reasons or {}).items():
        _row(acceptance, key, reason=tidy(reason))
    for paper in acceptance.papers.filter(pk__in=wanted.not_needed or {}):
        paper.not_needed = tidy((wanted.not_needed or {})[paper.pk])
        paper.save(update_fields=["not_needed"])
    note("prepared", acceptance, by)


@transaction.atomic
def hand_in_paper(paper_id: UUID, file: Any, length: Length, *, actor: Viewer, at: datetime) -> OwedPaper:
    """Hand in the file of a paper that is owed, with the length that was read from it; another one takes its place.

    Raises:
        OwedPaper.DoesNotExist: it is not the actor's business.
        Refused: the acceptance is not with the unit.
    """
    paper = OwedPaper.objects.get(pk=paper_id)
    acceptance, by = _with_the_unit(paper, actor, at)
    paper.file, paper.chars, paper.pages, paper.not_needed = file, length.chars, length.pages, ""
    paper.save(update_fields=["file", "chars", "pages", "not_needed"])
    note("prepared", acceptance, by, paper=str(paper.pk), file=str(file.pk))
    return paper


@transaction.atomic
def take_out_paper(paper_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Take the file of a paper out again."""
    paper = OwedPaper.objects.get(pk=paper_id)
    acceptance, by = _with_the_unit(paper, actor, at)
    paper.file, paper.chars, paper.pages = None, None, None
    paper.save(update_fields=["file", "chars", "pages"])
    note("prepared", acceptance, by, paper=str(paper.pk))


def _with_the_unit(paper: OwedPaper, actor: Viewer, at: datetime) -> tuple[Acceptance, By]:
    try:
        return taken_in_hand(paper.acceptance_id, "prepare", actor, at)
    except Acceptance.DoesNotExist as absent:
        raise OwedPaper.DoesNotExist from absent


@transaction.atomic
def submit(acceptance_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Hand the acceptance in, and say that the work is done. What was missed is handed in too: the office judges it.

    Raises:
        Acceptance.DoesNotExist: it is not the actor's business.
        Refused: with everything that is missing from the form itself: the day, a paper, a reason for what was missed.
    """
    acceptance, by = taken_in_hand(acceptance_id, "submit", actor, at)
    if against := missing(acceptance, at):
        raise Refused(*against)
    if acceptance.grant.state == GrantState.RUNNING.value:
        finish(acceptance.grant_id, actor=actor, at=at)
    acceptance.submitted_by_id, acceptance.submitted_at = actor.pk, at
    acceptance.save(update_fields=["state", "submitted_by", "submitted_at"])
    note("submitted", acceptance, by)
    follow_acceptance(acceptance.pk, at, "submitted")


def missing(acceptance: Acceptance, at: datetime) -> list[Finding]:
    """Return all that stands against handing in: what the unit has not filled in."""
    found = []
    if acceptance.finished_on is None:
        found.append(Finding("acceptance.day_missing", Weight.REFUSE, at=("finished_on",)))
    for paper in acceptance.papers.all():
        if not paper.file_id and not paper.not_needed:
            source = Source(clause=paper.clause) if paper.clause else None
            values: dict[str, Value] = {"name": paper.name}
            found.append(
                Finding("acceptance.paper_missing", Weight.REFUSE, values, source, at=(str(paper.pk),))
            )
    said = {row.key for row in acceptance.rows.exclude(reason="")}
    facts = facts_of(acceptance, at)
    for part in facts.table.parts:
        for scored in part.rows:
            short = scored.row.share is not None and scored.row.share < 1
            if short and scored.row.key not in said:
                values = {"name": scored.row.name or facts.words.name("rows", scored.row.key)}
                found.append(
                    Finding("acceptance.reason_for_row", Weight.REFUSE, values, at=(scored.row.key,))
                )
    return found


@transaction.atomic
def give_points(acceptance_id: UUID, said: Sequence[Said], *, actor: Viewer, at: datetime) -> None:
    """Give points to rows by hand, each with its reason.

    Raises:
        Acceptance.DoesNotExist: it is not the actor's business.
        Refused: it is not handed in, a reason is missing, or points lie outside their row.
    """
    acceptance = _for_the_office(acceptance_id, actor, at)
    rows = {each.row.key: each for part in facts_of(acceptance, at).table.parts for each in part.rows}
    faults = []
    for each in said:
        row = rows.get(each.key)
        if row is None:
            faults.append(
                Finding("performance.no_such_row", Weight.REFUSE, {"key": each.key}, at=(each.key,))
            )
        elif each.points is not None and not 0 <= each.points <= row.points:
            values = {"given": str(each.points), "points": str(row.points)}
            faults.append(Finding("performance.given_outside", Weight.REFUSE, values, at=(each.key,)))
        elif each.points is not None and not each.why.strip():
            values = {"given": str(each.points)}
            faults.append(Finding("performance.given_without_reason", Weight.REFUSE, values, at=(each.key,)))
    if faults:
        raise Refused(*faults)
    for each in said:
        why = tidy(each.why) if each.points is not None else ""
        _row(acceptance, each.key, points=each.points, why=why)
    given = {each.key: None if each.points is None else str(each.points) for each in said}
    reason = "\n".join(each.why for each in said if each.why)
    note("points_given", acceptance, By(actor, OFFICER, at), reason=reason, rows=given)


def _for_the_office(acceptance_id: UUID, actor: Viewer, at: datetime) -> Acceptance:
    """An acceptance under lock that is handed in and not concluded, for an officer."""
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related("grant__application")
    acceptance = rows.get(pk=acceptance_id)
    if not is_officer(actor, acceptance.association_id, at):
        raise acceptance.DoesNotExist
    if acceptance.state != "submitted":
        raise refusal(
            "acceptance.wrong_state", case="word.case.acceptance", state=f"word.acceptance.{acceptance.state}"
        )
    return acceptance


@transaction.atomic
def return_to_unit(acceptance_id: UUID, reason: str, until: date, *, actor: Viewer, at: datetime) -> None:
    """Give it back for papers or words, until a day."""
    acceptance, by = taken_in_hand(acceptance_id, "return", actor, at)
    acceptance.words, acceptance.until = needed(reason), _ahead(until, at)
    acceptance.save(update_fields=["state", "words", "until"])
    note("returned", acceptance, by, reason=acceptance.words, until=until.isoformat())
    follow_acceptance(acceptance.pk, at, "returned")
    tell(acceptance, "returned", at)


@transaction.atomic
def extend(acceptance_id: UUID, until: date, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Give more time to hand it in; the day by which the work had to be done stays."""
    acceptance, by = taken_in_hand(acceptance_id, "extend", actor, at)
    acceptance.until = _ahead(until, at)
    acceptance.save(update_fields=["until"])
    note("extended", acceptance, by, reason=needed(reason), until=until.isoformat())
    follow_acceptance(acceptance.pk, at, "extended")
    tell(acceptance, "extended", at)


def _ahead(day: date, at: datetime) -> date:
    if day < local_day(at):
        raise refusal("acceptance.day_past", day=day.isoformat())
    return day


def _row(acceptance: Acceptance, key: str, **said: object) -> None:
    shared = {"association_id": acceptance.association_id}
    RowWords.objects.update_or_create(acceptance=acceptance, key=key, defaults={**shared, **said})
