"""Lines of the registers as plain values for the rules. A line that did not hold on the day gives nothing."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle.debarment import DebarmentState
from keqiao.core.lifecycle.recognition import (
    HELD,
    LED_ON,
    NEVER_HELD,
    RecognitionState,
    recognition_on,
)
from keqiao.core.rules import facts
from keqiao.core.rules.facts import UNKNOWN
from keqiao.readers.platforms import outside_platforms
from keqiao.web.registers.kept import AFFAIR_WORDS
from keqiao.web.registers.models import (
    Debarment,
    Holding,
    Incident,
    PlatformAccount,
    Recognition,
    SocietyAffair,
    TrackRecord,
)
from keqiao.web.registers.models.entered import Step
from keqiao.web.registers.models.platforms import CountKind

ONE_DAY = timedelta(days=1)


def step_on(steps: Iterable[Step], day: date) -> Step | None:
    """Return the last step that counts on ``day``, or nothing if none had been taken then."""
    return max((step for step in steps if step.on <= day), key=lambda step: step.number, default=None)


def entry(row: Recognition, day: date) -> facts.Entry | None:
    """Return a line of a register as it stood on ``day``; nothing if it was not held yet.

    What was renewed, handed on or merged ended the day before; the line that follows it speaks for itself.
    """
    step = step_on(row.steps.all(), day)
    if step is None or (stored := RecognitionState(step.state)) in NEVER_HELD:
        return None
    until = row.valid_until if stored in HELD else _ended(row, step.on, stored)
    state = recognition_on(stored, until, day)
    return facts.Entry(
        register=row.scheme.name,
        holder=str(row.party_id) if row.party_id else str(row.region),
        since=row.valid_from,
        until=until,
        by=row.issuer or row.scheme.issuer,
        grade=row.grade or UNKNOWN,
        state=(RecognitionState.EXPIRED if state in LED_ON else state).value,
    )


def _ended(row: Recognition, on: date, state: RecognitionState) -> date:
    """The last day of a line that a step of the day ``on`` ended; giving it up ends it with that day itself."""
    last = on if state is RecognitionState.EXPIRED else on - ONE_DAY
    return max(row.valid_from, min(last, row.valid_until or last))


def debarment(row: Debarment, day: date) -> facts.Debarment | None:
    """Return a debarment as it stood on ``day``; nothing if it began later or was found wrong at any time.

    One that was lifted ended the day before the lifting: lifted on its first day, it barred on none.
    """
    if row.state == DebarmentState.ANNULLED:
        return None
    step = step_on(row.steps.all(), day)
    if step is None:
        return None
    until = row.valid_until
    if step.state == DebarmentState.LIFTED:
        last = step.on - ONE_DAY
        if last < row.valid_from:
            return None
        until = min(last, until or last)
    return facts.Debarment(
        subject=str(row.party_id),
        cause=row.cause,
        basis=f"{row.basis} {row.clause}".strip(),
        since=row.valid_from,
        until=until,
        scope=row.scope,
        by=str(row.association_id),
        stayed=step.state == DebarmentState.STAYED,
    )


def past_result(row: TrackRecord, party: UUID, day: date) -> facts.Result:
    """Return how a past project went, for its unit or for its leader; what was concluded after ``day`` is unknown."""
    concluded = row.concluded_on is None or row.concluded_on <= day
    return facts.Result(
        holder=str(party),
        what=row.family,
        year=row.year,
        outcome=row.outcome if row.outcome and concluded else UNKNOWN,  # type: ignore[arg-type]  by a constraint
        call=row.call,
        categories=tuple(row.path),
    )


def affair_result(row: SocietyAffair) -> facts.Result:
    """Return how a re-election, an inspection or the building of the party branch went."""
    outcome: Any = row.outcome or UNKNOWN
    return facts.Result(str(row.party_id), AFFAIR_WORDS[row.kind], row.year, outcome)


def overdue_result(row: SocietyAffair) -> facts.Result:
    """Return that the affair after ``row`` has not been done, in the year it was due."""
    year = row.next_due.year if row.next_due else row.year
    return facts.Result(str(row.party_id), AFFAIR_WORDS[row.kind], year, "unfinished")


def holding(row: Holding) -> facts.Holding:
    """Return a project in hand."""
    return facts.Holding(
        project=row.project,
        unit=str(row.party_id),
        call=row.call,
        path=tuple(row.path),
        year=row.year,
        stage=facts.Stage(row.stage),
        lead=str(row.lead_id or ""),
        person=str(row.person_id or ""),
        mark=row.mark,
    )


def incident(row: Incident) -> facts.Incident:
    """Return something adverse that happened to a unit or in an area."""
    holder = str(row.party_id) if row.party_id else str(row.region)
    return facts.Incident(holder=holder, what=row.what, on=row.on)


def platform(row: PlatformAccount, day: date) -> facts.Platform:
    """Return an account on an outside platform with the counts as they were last read by ``day``."""
    named = outside_platforms().get(row.platform)
    read = sorted(
        (count for count in row.counts.all() if count.on <= day), key=lambda c: (c.on, c.entered_at)
    )
    counts = {count.kind: count.value for count in read}
    return facts.Platform(
        holder=str(row.party_id),
        platform=named.name if named else row.platform,
        since=row.since or UNKNOWN,
        number=row.number,
        uploads=counts.get(CountKind.UPLOADS.value, UNKNOWN),
        counts=counts,
    )
