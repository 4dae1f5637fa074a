"""What follows from a failure or a breach: proposed, told, answered, recorded with its ban, appealed, lifted."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.credit import TABLE, CreditState
from keqiao.core.lifecycle.roles import CLOCK
from keqiao.core.rules.consequences import Breach, Consequence, Hit, consequences_of
from keqiao.core.workdays import YearNotPublished, working_day_after
from keqiao.readers.breach_words import breach_words
from keqiao.web.acceptance.actions.writing import moved, needed, note, refusal, tidy
from keqiao.web.acceptance.facts import closing_of
from keqiao.web.acceptance.models import Acceptance, CreditEntry
from keqiao.web.acceptance.owed import follow_credit
from keqiao.web.acceptance.permissions import Viewer, is_officer, roles_in_credit
from keqiao.web.acceptance.telling import tell_subject
from keqiao.web.audit.log import By
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.grants.carrying import holds_of
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.actions.debarments import NewDebarment, debar, free
from keqiao.web.registers.actions.writing import By as RegisterBy
from keqiao.web.registers.actions.writing import Decision

LONGEST_ANSWER = 2000
BAN = "ban"


@transaction.atomic
def propose(
    acceptance_id: UUID, breach: Breach, reason: str, *, actor: Viewer, at: datetime
) -> list[CreditEntry]:
    """Propose what the call says follows a breach that was found (fraud, subcontracting, below the standard).

    Raises:
        Acceptance.DoesNotExist: it is not the actor's business.
        Refused: the reason is missing, or the call says nothing of it.
    """
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related(
        "grant__application", "grant__unit"
    )
    acceptance = rows.get(pk=acceptance_id)
    if not is_officer(actor, acceptance.association_id, at):
        raise acceptance.DoesNotExist
    made = _proposed(acceptance, breach, needed(reason), By(actor, "officer", at))
    if not made:
        raise refusal("credit.nothing_follows")
    return made


def propose_what_follows(acceptance: Acceptance, by: By) -> list[CreditEntry]:
    """Propose what follows a failed acceptance, in the transaction in which it fails.

    What was proposed when it failed before, and was concluded anew since, stays as it stands.
    """
    return _proposed(acceptance, Breach.FAILED, acceptance.words, by)


def _proposed(acceptance: Acceptance, breach: Breach, reason: str, by: By) -> list[CreditEntry]:
    day = local_day(by.at)
    grant: Any = acceptance.grant
    rules = holds_of(grant.revision_id, grant.application.node).rules
    made = []
    for each in consequences_of(rules, breach, day, breach_words()):
        for hit, _words in each.hits:
            party = {Hit.UNIT: grant.unit_id, Hit.LEADER: grant.leader_id}.get(hit)
            if party is None or (breach is Breach.FAILED and _known(acceptance, each, party)):
                continue
            made.append(_entry(acceptance, each, (hit, party), breach, by))
    for entry in made:
        note("proposed", entry, by, reason=reason)
        follow_credit(entry.pk, by.at, "proposed")
        tell_subject(entry, "proposed", by.at)
    return made


def _entry(
    acceptance: Acceptance, each: Consequence, whom: tuple[Hit, UUID], breach: Breach, by: By
) -> CreditEntry:
    hit, party = whom
    if _known(acceptance, each, party):
        raise refusal("credit.proposed_already", rule=each.summary)
    return CreditEntry.objects.create(
        association_id=acceptance.association_id,
        acceptance=acceptance,
        party_id=party,
        hit=hit.value,
        breach=breach.value,
        rule=each.rule,
        clause=each.source.clause if each.source else "",
        effect=each.effect or "criticise",
        summary=each.summary,
        what=each.what,
        since=each.since,
        until=each.until,
        answer_by=_answer_by(each.since, acceptance),
        proposed_by=by.actor,
        proposed_at=by.at,
    )


def _known(acceptance: Acceptance, each: Consequence, party: UUID) -> bool:
    return CreditEntry.objects.filter(acceptance=acceptance, rule=each.rule, party_id=party).exists()


def _answer_by(day: date, acceptance: Acceptance) -> date:
    """The last day to answer: the working days that the call states after ``day``; where next year is not announced,
    as many days and the weekends between them.
    """
    days = closing_of(acceptance.grant)[0].answer_days
    try:
        return working_day_after(day, days, calendar_for(acceptance.association_id))
    except YearNotPublished:
        return day + timedelta(days=days + 2 * -(-days // 5))


@transaction.atomic
def answer(entry_id: UUID, words: str, *, actor: Viewer, at: datetime) -> None:
    """Answer to an entry before it is recorded; whom it is about."""
    entry, by = _taken(entry_id, "answer", actor, at)
    if local_day(at) > entry.answer_by:
        raise refusal("credit.answer_late", day=entry.answer_by.isoformat())
    entry.answer, entry.answered_at = tidy(words, LONGEST_ANSWER), at
    if not entry.answer:
        raise refusal("acceptance.reason_missing")
    entry.save(update_fields=["answer", "answered_at"])
    note("answered", entry, by)


@transaction.atomic
def record_entry(entry_id: UUID, *, proposer: Viewer, actor: Viewer, at: datetime) -> None:
    """Put an entry into force, with the ban that it says; ``proposer`` asked for it, ``actor`` agreed.

    Raises:
        CreditEntry.DoesNotExist: it is not the actor's business.
        Refused: it is not proposed, or there is still time to answer.
    """
    entry, by = _taken(entry_id, "record", actor, at)
    require_answer(entry, at)
    entry.recorded_at = at
    if entry.effect == BAN:
        entry.debarment = _debarred(entry, proposer, at)
    entry.save(update_fields=["state", "recorded_at", "debarment"])
    note("recorded", entry, by, reason=entry.summary, debarment=str(entry.debarment_id or ""))
    follow_credit(entry.pk, at, "recorded")
    tell_subject(entry, "recorded", at)


def require_answer(entry: CreditEntry, at: datetime) -> None:
    """Whom it is about has answered, or the time for it is over. Raises Refused: neither."""
    if local_day(at) <= entry.answer_by and not entry.answer:
        raise refusal("credit.answer_waits", day=entry.answer_by.isoformat())


def _debarred(entry: CreditEntry, proposer: Viewer, at: datetime) -> Any:
    call: Any = entry.acceptance.call
    wanted = NewDebarment(
        party_ids=(entry.party_id,),
        cause=entry.summary,
        basis=call.title,
        valid_from=entry.since,
        valid_until=entry.until,
        clause=entry.clause,
        scope=entry.what,
        source=str(entry.acceptance.grant),
    )
    return debar(entry.association_id, wanted, by=RegisterBy(proposer, at))[0]


@transaction.atomic
def drop(entry_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Drop an entry that was only proposed."""
    entry, by = _taken(entry_id, "drop", actor, at)
    entry.words = needed(reason)
    entry.save(update_fields=["state", "words"])
    _said("dropped", entry, by)


@transaction.atomic
def appeal(entry_id: UUID, words: str, *, actor: Viewer, at: datetime) -> None:
    """Appeal against an entry in force; that alone does not suspend it."""
    entry, by = _taken(entry_id, "appeal", actor, at)
    entry.appeal = tidy(words, LONGEST_ANSWER)
    if not entry.appeal:
        raise refusal("acceptance.reason_missing")
    entry.save(update_fields=["state", "appeal"])
    note("appealed", entry, by)
    follow_credit(entry.pk, at, "appealed")


@transaction.atomic
def uphold(entry_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Uphold an entry against an appeal."""
    entry, by = _taken(entry_id, "uphold", actor, at)
    entry.words = needed(reason)
    entry.save(update_fields=["state", "words"])
    _said("upheld", entry, by)


@transaction.atomic
def lift(entry_id: UUID, reason: str, *, proposer: Viewer, actor: Viewer, at: datetime) -> None:
    """Lift an entry and the ban that followed from it."""
    entry, by = _taken(entry_id, "lift", actor, at)
    entry.words = needed(reason)
    entry.save(update_fields=["state", "words"])
    if entry.debarment_id is not None:
        free(
            entry.debarment_id,
            Decision("lift", local_day(at), entry.words, basis=entry.clause),
            by=RegisterBy(proposer, at),
        )
    _said("lifted", entry, by)


def _said(event: str, entry: CreditEntry, by: By) -> None:
    note(event, entry, by, reason=entry.words)
    follow_credit(entry.pk, by.at, event)
    tell_subject(entry, event, by.at)


@transaction.atomic
def expire_due(at: datetime) -> None:
    """Let entries whose last day has passed expire."""
    counting = [CreditState.IN_FORCE.value, CreditState.APPEALED.value, CreditState.UPHELD.value]
    rows = CreditEntry.objects.select_for_update(of=("self",)).filter(
        state__in=counting, until__lt=local_day(at)
    )
    for entry in rows:
        entry.state, role = moved(TABLE, entry.state, "expire", {CLOCK})
        entry.save(update_fields=["state"])
        note("expired", entry, By(None, role, at))


def _taken(entry_id: UUID, act: str, actor: Viewer, at: datetime) -> tuple[CreditEntry, By]:
    rows = CreditEntry.objects.select_for_update(of=("self",)).select_related(
        "acceptance__call", "acceptance__grant"
    )
    entry = rows.get(pk=entry_id)
    roles = roles_in_credit(actor, entry, at)
    if not roles:
        raise entry.DoesNotExist
    entry.state, role = moved(TABLE, entry.state, act, roles)
    return entry, By(actor, role, at)
