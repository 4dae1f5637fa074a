"""The statements of submitting, by hand: what is read under the lock, and what is written.

Measured (``make bench ONLY=rush``): through the models the same act takes about three times the processor time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from keqiao.web.applications.models import Guard
from keqiao.web.rows import (
    execute,
    insert,
    is_lite,
    json_read,
    lock_words,
    select,
    time_read,
    uuid_read,
    written,
)

STANDING = """
SELECT a.association_id, a.call_id, a.unit_id, a.leader_id, a.node, a.title, a.state, a.version, a.number, a.key,
  c.state, c.slug, o.opens_at, o.deadline_at, s.document_mark,
  COALESCE(i.grace_seconds, j.grace_seconds, 0),
  COALESCE(NULLIF(i.number_pattern, ''), NULLIF(j.number_pattern, ''), ''),
  (SELECT r.id FROM programmes_revision r WHERE r.call_id = a.call_id ORDER BY r.number DESC LIMIT 1),
  (SELECT COUNT(*) FROM applications_partner q WHERE q.application_id = a.id),
  p.version, p.revision_id, p.saved_id, p.saved_at, p.specification, p.digest, p.findings, p.parties, p.debarred,
  p.of_record_id, p.asked_at
FROM applications_application a
JOIN programmes_call c ON c.id = a.call_id
JOIN parties_association s ON s.organisation_id = a.association_id
LEFT JOIN programmes_offer o ON o.call_id = a.call_id AND o.node = a.node
LEFT JOIN applications_intake i ON i.call_id = a.call_id
LEFT JOIN applications_intake j ON j.association_id = a.association_id AND j.call_id IS NULL
LEFT JOIN applications_prepared p ON p.application_id = a.id
WHERE a.id = %s"""


@dataclass(frozen=True, slots=True)
class Ready:
    """What was made ready of an application (``models.Prepared``), without its content."""

    version: int
    revision_id: UUID
    saved_id: UUID
    saved_at: datetime
    specification: str
    digest: str
    findings: Sequence[Any]
    parties: tuple[UUID, ...]
    debarred: frozenset[str]
    of_record: UUID | None
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """An application under lock, with all that decides about submitting it."""

    application_id: UUID
    association_id: UUID
    call_id: UUID
    unit_id: UUID
    leader_id: UUID | None
    node: str
    title: str
    state: str
    version: int
    number: str
    key: str
    call_state: str
    slug: str
    opens_at: datetime | None
    deadline_at: datetime | None
    mark: str
    grace_seconds: int
    number_pattern: str
    revision_id: UUID
    partners: int
    ready: Ready | None


def standing_of(application_id: UUID) -> Standing | None:
    """Lock an application and return how it stands; nothing where there is none."""
    rows = select(STANDING + lock_words("a"), written(application_id))
    if not rows:
        return None
    row = rows[0]
    (association, call, unit, leader, node, title, state, version, number, key) = row[:10]
    (call_state, slug, opens, deadline, mark, grace, pattern, revision, partners) = row[10:19]
    return Standing(
        application_id=application_id,
        association_id=_id(association),
        call_id=_id(call),
        unit_id=_id(unit),
        leader_id=uuid_read(leader),
        node=node,
        title=title,
        state=state,
        version=version,
        number=number,
        key=key,
        call_state=call_state,
        slug=slug or "",
        opens_at=time_read(opens),
        deadline_at=time_read(deadline),
        mark=mark,
        grace_seconds=grace,
        number_pattern=pattern,
        revision_id=_id(revision),
        partners=partners,
        ready=_ready(row[19:]),
    )


def _ready(row: Sequence[Any]) -> Ready | None:
    (
        version,
        revision,
        saved,
        saved_at,
        specification,
        digest,
        findings,
        parties,
        debarred,
        of_record,
        asked_at,
    ) = row
    if version is None:
        return None
    return Ready(
        version=version,
        revision_id=_id(revision),
        saved_id=_id(saved),
        saved_at=_time(saved_at),
        specification=specification,
        digest=digest,
        findings=json_read(findings),
        parties=tuple(map(UUID, json_read(parties))),
        debarred=frozenset(json_read(debarred)),
        of_record=uuid_read(of_record),
        asked_at=_time(asked_at),
    )


def _id(value: Any) -> UUID:
    if (read := uuid_read(value)) is None:
        raise TypeError("an id is missing that is always there")
    return read


def _time(value: Any) -> datetime:
    if (read := time_read(value)) is None:
        raise TypeError("a time is missing that is always there")
    return read


def partners_of(standing: Standing) -> tuple[UUID, ...]:
    """Return the ids of the units that join, in their order."""
    if not standing.partners:
        return ()
    rows = select(
        "SELECT unit_id FROM applications_partner WHERE application_id = %s ORDER BY position",
        written(standing.application_id),
    )
    return tuple(_id(unit) for (unit,) in rows)


def hold_guards(association_id: UUID, parties: Sequence[UUID]) -> None:
    """Lock what these parties have in hand before an association, in the order given; sort before calling.

    SQLite lets one writer in at a time as it is.
    """
    if is_lite():
        return
    if len(parties) == 1 and _locked(association_id, parties):
        return  # most often it is there; with several, whoever locks some before others are there may wait for ever
    rows = [(association_id, party) for party in parties]
    insert(Guard, ("association_id", "party_id"), rows, "ON CONFLICT (association_id, party_id) DO NOTHING")
    _locked(association_id, parties)


def _locked(association_id: UUID, parties: Sequence[UUID]) -> int:
    """Lock the guards of these parties that are there, in the order of their ids; how many there are."""
    places = ", ".join(["%s"] * len(parties))
    rows = select(
        f"SELECT g.id FROM applications_guard g WHERE g.association_id = %s AND g.party_id IN ({places}) "  # noqa: S608
        "ORDER BY g.party_id FOR UPDATE",
        [association_id, *parties],
    )
    return len(rows)


SERIES = (
    "INSERT INTO applications_numberseries (association_id, stem, last) VALUES (%s, %s, 1) "
    "ON CONFLICT (association_id, stem) DO UPDATE SET last = applications_numberseries.last + 1 RETURNING last"
)


def next_in_series(association_id: UUID, stem: str) -> int:
    """Take the next number of a series. The row stays locked until the act ends: numbers are without gaps."""
    return int(select(SERIES, written(association_id, stem))[0][0])


SUBMISSION = """
INSERT INTO applications_submission (id, association_id, application_id, ordinal, key, number, version, saved_id,
  revision_id, specification, content, digest, arrived_at, taken_at, deadline_at, grace_seconds, warnings,
  submitted_by_id)
SELECT %s, p.association_id, p.application_id, %s, %s, %s, p.version, p.saved_id, p.revision_id, p.specification,
  p.content, p.digest, %s, %s, %s, %s, %s, %s
FROM applications_prepared p WHERE p.application_id = %s AND p.version = %s"""


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """One row of submissions, but for its content, which is copied from what was made ready."""

    id: UUID
    ordinal: int
    key: str
    number: str
    arrived_at: datetime
    taken_at: datetime
    deadline_at: datetime | None
    grace_seconds: int
    warnings: Sequence[str]
    submitted_by_id: UUID | None


def write_submission(standing: Standing, new: NewSubmission) -> bool:
    """Freeze what was made ready as a submission; false where another version is ready meanwhile."""
    given = written(
        new.id, new.ordinal, new.key, new.number, new.arrived_at, new.taken_at, new.deadline_at, new.grace_seconds,
        connection.ops.adapt_json_value(list(new.warnings), None), new.submitted_by_id, standing.application_id,
        standing.version,
    )  # fmt: skip
    return execute(SUBMISSION, given) == 1


SUBMITTED = """
UPDATE applications_application SET state = %s, title = %s, number = %s, key = %s, submitted_at = %s WHERE id = %s"""


def mark_submitted(standing: Standing, state: str, number: str, new: NewSubmission) -> None:
    """Have the application say that it is submitted."""
    given = written(state, standing.title, number, new.key, new.arrived_at, standing.application_id)
    execute(SUBMITTED, given)
