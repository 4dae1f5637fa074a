"""Enter and take back local days, load an announced year. One act, one transaction, one event."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.workdays import Calendar, Period, YearNotPublished, days_from
from keqiao.readers.calendars import announced_year
from keqiao.web.audit import log
from keqiao.web.calendars.models import CountedDays, Edition, LoadedYear, Override
from keqiao.web.calendars.permissions import Viewer, role_in
from keqiao.web.calendars.queries import calendar_for, in_force_between, year_in_force
from keqiao.web.parties.actions import count_public_change

LONGEST = 366  # days of one override; more is a slip of the pen in the year
COMMAND = "command"


@dataclass(frozen=True, slots=True)
class NewOverride:
    """What is entered: the days, whether they are worked, why, and the paper behind it."""

    period: Period
    works: bool
    reason: str
    source: str = ""
    file_id: UUID | None = None


@transaction.atomic
def add_override(association_id: UUID, wanted: NewOverride, *, actor: Viewer, at: datetime) -> Override:
    """Enter days that are worked or not for one association, and return the row.

    Raises:
        ValidationError: the days are too many, one of them has an override already, or nothing would change.
    """
    edition = _locked_edition(association_id)
    _require_sense(wanted.period, association_id)
    _require_effect(wanted, calendar_for(association_id))
    made = Override.objects.create(
        association_id=association_id,
        first=wanted.period.first,
        last=wanted.period.last,
        works=wanted.works,
        reason=wanted.reason.strip(),
        source=wanted.source.strip(),
        file_id=wanted.file_id,
        entered_by_id=actor.pk,
        entered_at=at,
    )
    CountedDays.objects.create(
        override=made, association_id=association_id, first=made.first, last=made.last, works=made.works
    )
    _renew(edition)
    data = {"first": made.first.isoformat(), "last": made.last.isoformat(), "works": int(made.works)}
    log.record("entered", made, actor=actor, role=role_in(actor, association_id, at), at=at, data=data)
    return made


@transaction.atomic
def take_back(override_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> Override:
    """Take an override back: from now on its days are what the State's notice says. The row stays.

    Raises:
        ValidationError: it was taken back before.
    """
    override = Override.objects.get(pk=override_id)
    edition = _locked_edition(override.association_id)
    override.refresh_from_db()
    if override.taken_back_at is not None:
        raise ValidationError(_("这条本地安排已经撤回。"), code="override.taken_back")
    override.taken_back_at, override.taken_back_by_id = at, actor.pk
    override.taken_back_reason = reason.strip()
    override.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
    CountedDays.objects.filter(pk=override.pk).delete()
    _renew(edition)
    role = role_in(actor, override.association_id, at)
    log.record("taken_back", override, actor=actor, role=role, at=at, reason=override.taken_back_reason)
    return override


@transaction.atomic
def load_year(name: str, content: bytes, *, at: datetime) -> LoadedYear:
    """Announce a year to this installation from its file (``2027.yaml``), for all associations; return the row.

    A file that says the same as the one in force changes nothing.

    Raises:
        readers.calendars.UnsoundCalendar: with everything that is wrong with the file; nothing is written.
    """
    stated = announced_year(name, content)
    text = content.decode("utf-8-sig")
    digest = hashlib.sha256(text.encode()).hexdigest()
    current = year_in_force(stated.year)
    if current is not None and current.digest == digest:
        return current
    made = LoadedYear.objects.create(
        year=stated.year,
        number=current.number + 1 if current else 1,
        notice="；".join(stated.notices)[:200],
        content=text,
        digest=digest,
        loaded_at=at,
    )
    data = {"year": made.year, "number": made.number, "digest": digest}
    log.record("year_loaded", made, actor=None, role=COMMAND, at=at, data=data)
    count_public_change()
    return made


def _locked_edition(association_id: UUID) -> Edition:
    """Lock the overrides of an association: one act at a time changes them."""
    edition, _made = Edition.objects.select_for_update().get_or_create(pk=association_id)
    return edition


def _renew(edition: Edition) -> None:
    """Give the new state of the overrides a name of its own; the last step, when all rows are written."""
    edition.version = uuid4()
    edition.save(update_fields=["version"])
    count_public_change()


def _require_sense(period: Period, association_id: UUID) -> None:
    if (period.last - period.first).days >= LONGEST:
        raise ValidationError(
            _("一次最多登记 %(days)s 天，请核对年份。"), code="override.too_long", params={"days": LONGEST}
        )
    if taken := in_force_between(association_id, period).first():
        raise ValidationError(
            _("%(days)s 已有本地安排（%(reason)s）。要改的，请先撤回。"),
            code="override.day_taken",
            params={"days": str(taken), "reason": taken.reason},
        )


def _require_effect(wanted: NewOverride, calendar: Calendar) -> None:
    """An override that changes no day is a mistake, mostly in the date. Unknown years are not judged."""
    if not any(
        _changes(day, calendar, works=wanted.works)
        for day in days_from(wanted.period.first, wanted.period.last)
    ):
        raise ValidationError(
            _("按国家放假安排，所选日期本来就上班。")
            if wanted.works
            else _("按国家放假安排，所选日期本来就不上班。"),
            code="override.changes_nothing",
        )


def _changes(day: date, calendar: Calendar, *, works: bool) -> bool:
    try:
        return calendar.note_on(day).works != works
    except YearNotPublished:
        return True
