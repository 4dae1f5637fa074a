"""Write down accounts on outside platforms and the counts read there."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.readers.platforms import outside_platforms
from keqiao.web.registers.actions import writing
from keqiao.web.registers.actions.writing import By, record, require_writer, write_new
from keqiao.web.registers.models import PlatformAccount, PlatformCount


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account on an outside platform; ``platform`` is a code of ``data/vocabulary/platforms.yaml``."""

    party_id: UUID
    platform: str
    source: str
    number: str = ""
    since: date | None = None
    until: date | None = None
    file_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A number read on a platform on a day, and where it is known from."""

    kind: str
    value: int
    on: date
    source: str
    file_id: UUID | None = None


@transaction.atomic
def add_account(association_id: UUID, wanted: NewAccount, *, by: By) -> PlatformAccount:
    """Enter an account on an outside platform.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: the platform is unknown, it ended before it began, or the account stands there already.
    """
    if wanted.platform not in outside_platforms():
        raise ValidationError(_("未知的平台。"), code="platform.unknown")
    _require_order(wanted.since, wanted.until)
    row = PlatformAccount(association_id=association_id, **asdict(wanted))
    return write_new(row, by, "entered", party=str(wanted.party_id), platform=wanted.platform)


@transaction.atomic
def add_count(account_id: UUID, wanted: Counted, *, by: By) -> PlatformCount:
    """Enter a number read on a platform; earlier ones stay.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: the account is closed, or a value is not sound.
    """
    account = PlatformAccount.objects.select_for_update(of=("self",)).get(pk=account_id)
    if account.until is not None and wanted.on > account.until:
        raise ValidationError(_("账号已注销，不能再登记数据。"), code="platform.closed")
    row = PlatformCount(association_id=account.association_id, account=account, **asdict(wanted))
    return write_new(row, by, "counted", account=str(account_id), kind=wanted.kind, value=wanted.value)


@transaction.atomic
def close_account(account_id: UUID, last_day: date, *, by: By) -> PlatformAccount:
    """Say until which day an account was open.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: it would end before it began.
    """
    row = PlatformAccount.objects.select_for_update(of=("self",)).get(pk=account_id)
    require_writer(by, row.association_id)
    _require_order(row.since, last_day)
    row.until = last_day
    row.save(update_fields=["until"])
    record("closed", row, by, on=last_day.isoformat())
    return row


@transaction.atomic
def take_back_account(pk: UUID, *, reason: str, by: By) -> PlatformAccount:
    """Take back an account that was entered by mistake."""
    return writing.take_back(PlatformAccount, pk, reason, by)


@transaction.atomic
def take_back_count(pk: UUID, *, reason: str, by: By) -> PlatformCount:
    """Take back a count that was entered by mistake; the one before it holds again."""
    return writing.take_back(PlatformCount, pk, reason, by)


def _require_order(since: date | None, until: date | None) -> None:
    if since is not None and until is not None and until < since:
        raise ValidationError(_("注销日期早于入驻日期。"), code="platform.closed_before")
