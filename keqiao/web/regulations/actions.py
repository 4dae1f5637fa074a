"""Enter regulations and their versions. One act, one transaction, one event."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.audit import log
from keqiao.web.regulations.models import Regulation, Version
from keqiao.web.regulations.uses import is_used


@dataclass(frozen=True, slots=True)
class Heading:
    """What a regulation is called, and who issued it."""

    title: str
    issued_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionText:
    """What one version says. ``by_kind`` gives the requirements of each kind of unit."""

    document_number: str = ""
    label: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None
    file_id: UUID | None = None
    requirements: tuple[str, ...] = ()
    by_kind: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
    note: str = ""

    def columns(self) -> dict[str, Any]:
        """Return the same as the table keeps it."""
        return {
            "document_number": self.document_number,
            "label": self.label,
            "in_force_from": self.in_force_from,
            "in_force_until": self.in_force_until,
            "file_id": self.file_id,
            "requirements": list(self.requirements),
            "by_kind": [{"of": kind, "items": list(items)} for kind, items in self.by_kind],
            "note": self.note,
        }


@transaction.atomic
def add_regulation(
    association_id: UUID, heading: Heading, text: VersionText, *, actor: log.Actor, at: datetime
) -> Version:
    """Put a regulation into the library of an association, with its first version, and return that.

    Raises:
        ValidationError: the library has a regulation of this title.
    """
    _require_free_title(association_id, heading.title)
    regulation = Regulation.objects.create(
        association_id=association_id,
        title=heading.title,
        issued_by=list(heading.issued_by),
        entered_at=at,
    )
    log.record("entered", regulation, actor=actor, role=OFFICER, at=at)
    return _version(regulation, 1, text, actor, at)


@transaction.atomic
def rename(regulation_id: UUID, heading: Heading, *, actor: log.Actor, at: datetime) -> Regulation:
    """Correct the title or the issuers. Calls keep the words they took over.

    Raises:
        ValidationError: the library has another regulation of this title.
    """
    regulation = Regulation.objects.select_for_update().get(pk=regulation_id)
    if heading.title != regulation.title:
        _require_free_title(regulation.association_id, heading.title)
    regulation.title, regulation.issued_by = heading.title, list(heading.issued_by)
    regulation.save(update_fields=["title", "issued_by"])
    log.record("renamed", regulation, actor=actor, role=OFFICER, at=at)
    return regulation


@transaction.atomic
def add_version(regulation_id: UUID, text: VersionText, *, actor: log.Actor, at: datetime) -> Version:
    """Add the next version of a regulation. Drafts that use an older one are asked about it."""
    regulation = Regulation.objects.select_for_update().get(pk=regulation_id)
    last = regulation.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return _version(regulation, last + 1, text, actor, at)


@transaction.atomic
def correct_version(version_id: UUID, text: VersionText, *, actor: log.Actor, at: datetime) -> Version:
    """Correct a version that nothing refers to yet.

    Raises:
        ValidationError: a call or draft refers to it; then a further version is the way.
    """
    version = Version.objects.select_for_update(of=("self",)).select_related("regulation").get(pk=version_id)
    if is_used(version):
        raise ValidationError(
            _("已有通知引用这一版，不能再改。内容有变的，请登记新版本。"), code="version.in_use"
        )
    for name, value in text.columns().items():
        setattr(version, name, value)
    version.save(update_fields=list(text.columns()))
    data = {"version": version.number}
    log.record("version_corrected", version.regulation, actor=actor, role=OFFICER, at=at, data=data)
    return version


@transaction.atomic
def end_version(version_id: UUID, last_day: date, *, actor: log.Actor, at: datetime) -> Version:
    """Say until when a version is in force, also where calls refer to it: what they took over stays.

    Raises:
        ValidationError: it would end before it began.
    """
    version = Version.objects.select_for_update(of=("self",)).select_related("regulation").get(pk=version_id)
    if version.in_force_from and last_day < version.in_force_from:
        raise ValidationError(_("停止施行日期早于施行日期。"), code="version.ends_before")
    version.in_force_until = last_day
    version.save(update_fields=["in_force_until"])
    data = {"version": version.number, "until": last_day.isoformat()}
    log.record("version_ended", version.regulation, actor=actor, role=OFFICER, at=at, data=data)
    return version


def _version(
    regulation: Regulation, number: int, text: VersionText, actor: log.Actor, at: datetime
) -> Version:
    made = Version.objects.create(
        association_id=regulation.association_id,
        regulation=regulation,
        number=number,
        entered_by_id=actor.pk,
        entered_at=at,
        **text.columns(),
    )
    data = {"version": number}
    log.record("version_entered", regulation, actor=actor, role=OFFICER, at=at, data=data)
    return made


def _require_free_title(association_id: UUID, title: str) -> None:
    if Regulation.objects.filter(association_id=association_id, title=title).exists():
        raise ValidationError(_("规章库中已有同名规章，请在其下登记新版本。"), code="regulation.title_taken")
