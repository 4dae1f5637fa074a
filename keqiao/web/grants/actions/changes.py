"""Change requests: written and submitted with the difference, returned, approved, taken note of, refused."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from keqiao.core.forms.awarded import AwardedLine
from keqiao.core.lifecycle.change_request import TABLE, ChangeRequestState
from keqiao.core.lifecycle.grant import TABLE as GRANT_TABLE
from keqiao.core.lifecycle.roles import PROGRAM
from keqiao.core.money.ledger import AskChange, DecideChange, Entry
from keqiao.web.grants.actions.writing import locked, moved, needed, note, refusal, tidy
from keqiao.web.grants.ledger import enter
from keqiao.web.grants.models import ChangeRequest, Grant
from keqiao.web.grants.models.changes import IN_HAND
from keqiao.web.grants.owed import follow_grant
from keqiao.web.grants.permissions import APPLICANT, Viewer
from keqiao.web.grants.telling import tell
from keqiao.web.grants.terms import grant_lines, lines_of
from keqiao.web.parties.finding import people_in

LONGEST_TITLE = 200
LONGEST_LINE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be otherwise; None where it stays. ``lines``: all lines of the grant's budget, fen by key."""

    title: str | None = None
    ends_on: date | None = None
    leader_id: UUID | None = None
    lines: Mapping[str, int] | None = None


@transaction.atomic
def write(grant_id: UUID, wanted: Wanted, words: str, *, actor: Viewer, at: datetime) -> ChangeRequest:
    """Write a change request, or change the one in hand; nothing is asked yet.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: the agreement is not signed, the one in hand was submitted, nothing would change, or it cannot.
    """
    grant, roles = locked(grant_id, actor, at)
    if APPLICANT not in roles:
        raise grant.DoesNotExist
    moved(GRANT_TABLE, grant.state, "change", {PROGRAM})
    values = _difference(grant, wanted)
    row = ChangeRequest.objects.filter(grant=grant, state__in=IN_HAND).first()
    is_new = row is None
    if row is None:
        last = grant.changes.aggregate(last=Max("ordinal"))["last"] or 0
        row = ChangeRequest(
            association_id=grant.association_id,
            grant=grant,
            ordinal=last + 1,
            made_by_id=actor.pk,
            made_at=at,
        )
    else:
        moved(TABLE, row.state, "edit", roles)
    row.wanted, row.new_leader_id, row.words = values, wanted.leader_id, tidy(words)
    row.save()
    note("drafted" if is_new else "edited", row, (actor, APPLICANT, at))
    follow_grant(grant.pk, at, "drafted")
    return row


def _difference(grant: Grant, wanted: Wanted) -> dict[str, Any]:
    """What differs from what stands, as plain values. Raises Refused: nothing does, or a value is not possible."""
    values: dict[str, Any] = {}
    if wanted.title is not None and (title := " ".join(wanted.title.split())) != grant.title:
        if not title or len(title) > LONGEST_TITLE:
            raise refusal("grant.no_title", most=LONGEST_TITLE)
        values["title"] = title
    if wanted.ends_on is not None and wanted.ends_on != grant.ends_on:
        if grant.begins_on is not None and wanted.ends_on < grant.begins_on:
            raise refusal("grant.term_backwards")
        values["ends_on"] = wanted.ends_on.isoformat()
    if wanted.leader_id is not None and wanted.leader_id not in people_in(grant.unit_id).values():
        raise refusal("grant.no_such_person")
    if wanted.lines is not None and (lines := _lines(wanted.lines)) != grant_lines(grant):
        values["lines"] = lines
    has_new_leader = wanted.leader_id is not None and wanted.leader_id != grant.leader_id
    if not values and not has_new_leader:
        raise refusal("grant.nothing_changes")
    return values


def _lines(lines: Mapping[str, int]) -> dict[str, int]:
    tidied = {" ".join(key.split()): fen for key, fen in lines.items() if fen}
    if any(not key or len(key) > LONGEST_LINE for key in tidied):
        raise refusal("grant.no_line", most=LONGEST_LINE)
    return tidied


@dataclass(frozen=True, slots=True)
class Changing:
    """A change request under lock, as ``act`` will leave it; who does it in which role, when."""

    row: ChangeRequest
    grant: Grant
    act: str
    by: tuple[Any, str, datetime]

    def done(self, *, reason: str = "", told: bool = False) -> None:
        """Save it, write its event, and follow it up."""
        actor, _role, at = self.by
        self.row.save()
        event = TABLE.events[self.act]
        note(event, self.row, self.by, reason=reason)
        follow_grant(self.grant.pk, at, event)
        if told:
            tell(f"change_{event}", self.grant, (actor, at), words=reason or self.row.words)

    def book(self, *entries: Entry) -> None:
        """Add these entries to the ledger of the grant."""
        actor, _role, at = self.by
        enter(self.grant, entries, actor=actor, at=at)

    def take_from_ledger(self) -> None:
        """What waits in the ledger waits no more: it was not granted."""
        if self.row.asked:
            self.book(DecideChange(self.key, granted=False))
            self.row.asked = False

    @property
    def key(self) -> str:
        """Its key in the ledger: a change that comes again is another one there."""
        return f"{self.row.ordinal}.{self.row.rounds}"


def changing(change_id: UUID, act: str, actor: Viewer, at: datetime) -> Changing:
    """Take a change request in hand for ``act``.

    Raises:
        ChangeRequest.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: its life does not allow it.
    """
    grant, roles = locked(
        ChangeRequest.objects.values_list("grant_id", flat=True).get(pk=change_id), actor, at
    )
    row = ChangeRequest.objects.select_for_update().get(pk=change_id)
    row.state, role = moved(TABLE, row.state, act, roles)
    return Changing(row, grant, act, (actor, role, at))


@transaction.atomic
def submit(change_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Submit a change request; a changed budget is asked for in the ledger, which refuses what cannot be.

    Raises:
        ChangeRequest.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: the reason is missing, the budget does not fit, or the grant does not run.
    """
    found = changing(change_id, "submit", actor, at)
    row, grant = found.row, found.grant
    moved(GRANT_TABLE, grant.state, "change", {PROGRAM})
    needed(row.words)
    row.before = standing(grant, row)
    row.rounds += 1
    if "lines" in row.wanted:
        found.book(AskChange(found.key, row.wanted["lines"]))
        row.asked = True
    found.done(told=True)


def standing(grant: Grant, row: ChangeRequest) -> dict[str, Any]:
    """Return what stands now of that which a change request touches."""
    now = {
        "title": grant.title,
        "ends_on": grant.ends_on.isoformat() if grant.ends_on else "",
        "lines": grant_lines(grant),
    }
    found = {name: now[name] for name in row.wanted}
    return found | ({"leader": str(grant.leader_id or "")} if row.new_leader_id else {})


@transaction.atomic
def give_back(change_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Return a change request to be written otherwise.

    Raises:
        ChangeRequest.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not submitted, or the reason is missing.
    """
    _end(changing(change_id, "return", actor, at), needed(reason))


@transaction.atomic
def refuse(change_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Refuse a change request.

    Raises:
        ChangeRequest.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not submitted, or the reason is missing.
    """
    found = changing(change_id, "refuse", actor, at)
    found.row.decided_at = at
    _end(found, needed(reason))


@transaction.atomic
def withdraw(change_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Take a change request back that was submitted, or throw a draft away.

    Raises:
        ChangeRequest.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it is decided.
    """
    state = ChangeRequest.objects.values_list("state", flat=True).get(pk=change_id)
    act = "discard" if state == ChangeRequestState.DRAFTED.value else "withdraw"
    _end(changing(change_id, act, actor, at), "")


def _end(found: Changing, reason: str) -> None:
    found.take_from_ledger()
    found.row.answer = reason
    found.done(reason=reason, told=bool(reason))


@transaction.atomic
def approve(change_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Approve a change request and carry it out; called by the approval of a second person.

    Raises:
        ChangeRequest.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not submitted, or does not fit any more.
    """
    _carry_out(changing(change_id, "approve", actor, at))


@transaction.atomic
def take_note(change_id: UUID, clause: str, *, actor: Viewer, at: datetime) -> None:
    """Take note of a change that needs no consent, by the clause that says so, and carry it out.

    Raises:
        ChangeRequest.DoesNotExist, Grant.DoesNotExist: it is not the actor's business.
        Refused: it was not submitted, no clause is named, or it does not fit any more.
    """
    found = changing(change_id, "take_note", actor, at)
    found.row.answer = needed(clause)
    _carry_out(found)


def _carry_out(found: Changing) -> None:
    row, grant, (actor, _role, at) = found.row, found.grant, found.by
    moved(GRANT_TABLE, grant.state, "change", {PROGRAM})
    if row.before != standing(grant, row):
        raise refusal("grant.changed_since")
    if row.asked:
        found.book(DecideChange(found.key, granted=True))
        row.asked = False
    _apply(grant, row)
    grant.save()
    row.decided_at = at
    note("changed", grant, (actor, PROGRAM, at), change=str(row.pk))
    found.done(told=True, reason=row.answer)


def _apply(grant: Grant, row: ChangeRequest) -> None:
    wanted = row.wanted
    grant.title = wanted.get("title", grant.title)
    if "ends_on" in wanted:
        grant.ends_on = date.fromisoformat(wanted["ends_on"])
    if row.new_leader_id:
        grant.leader_id = row.new_leader_id
    if "lines" in wanted:
        grant.lines = _changed_lines(grant, wanted["lines"])
        grant.amount_fen = sum(wanted["lines"].values())


def _changed_lines(grant: Grant, lines: Mapping[str, int]) -> list[dict[str, Any]]:
    """The lines as they stood with their new sums; those without any money are gone, new ones stand last."""
    known = lines_of(grant)
    kept = [replace(line, grant_fen=lines.get(line.key, 0)) for line in known]
    new = [AwardedLine(key, fen) for key, fen in lines.items() if key not in {line.key for line in known}]
    return [asdict(line) for line in (*kept, *new) if line.grant_fen or line.own_fen]
