"""What somebody decides about the own messages: the channels, the name in WeCom, the address of the calendar."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from keqiao.web.audit import log
from keqiao.web.audit.log import Chain
from keqiao.web.notifications.actions.queueing import queue
from keqiao.web.notifications.letters import Letter
from keqiao.web.notifications.models import CalendarAddress, Channel, Choice, WecomName
from keqiao.web.notifications.wecom import member_address

CHOICES = "notifications.choices"
CODE_HOLDS = timedelta(minutes=10)
CODE_AGAIN_AFTER = timedelta(minutes=1)
MOST_TRIES = 5
SELF = "self"


@transaction.atomic
def choose(account: Any, wanted: Mapping[tuple[str, str], bool], *, at: datetime) -> None:
    """Keep which kinds (first of each pair) ``account`` wants over which channels (second)."""
    rows = [
        Choice(account_id=account.pk, template=template, channel=channel, is_wanted=is_wanted)
        for (template, channel), is_wanted in wanted.items()
    ]
    Choice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["account_id", "template", "channel"],
        update_fields=["is_wanted"],
    )
    data = {"wanted": sum(wanted.values()), "asked": len(wanted)}
    _record("channels_chosen", account, at, data)


@transaction.atomic
def ask_for_wecom(account: Any, member: str, *, at: datetime) -> None:
    """Send a code to a name in WeCom; until it comes back nothing else is sent there.

    Raises:
        ValidationError: a code was asked for less than a minute ago.
    """
    known = WecomName.objects.select_for_update().filter(pk=account.pk).first()
    if known is not None and at - known.asked_at < CODE_AGAIN_AFTER:
        raise ValidationError(_("验证码刚刚发出，请一分钟后再试。"), code="wecom.too_soon")
    code = f"{secrets.randbelow(1_000_000):06}"
    fields = {
        "member": member,
        "code_digest": _digest(account.pk, code),
        "asked_at": at,
        "tries": 0,
        "confirmed_at": None,
    }
    WecomName.objects.update_or_create(pk=account.pk, defaults=fields)
    letter = Letter(
        "account.wecom_code",
        wecom=member_address(member),
        language=account.language,
        variables={"code": code},
    )
    queue(letter, key=f"wecom:{account.pk}:{at.isoformat()}", at=at, channels=(Channel.WECOM,))
    _record("wecom_asked", account, at, {})


def confirm_wecom(account: Any, code: str, *, at: datetime) -> None:
    """Take the name into use when its code has come back.

    Raises:
        ValidationError: the code is wrong, used up or too old; a wrong one counts.
    """
    if not _is_right(account.pk, code, at):
        raise ValidationError(_("验证码不对或已过期，请核对，或重新获取。"), code="wecom.wrong_code")
    with transaction.atomic():
        WecomName.objects.filter(pk=account.pk).update(confirmed_at=at, code_digest="")
        _record("wecom_confirmed", account, at, {})


def _is_right(account_id: UUID, code: str, at: datetime) -> bool:
    """Compare a code, having counted the try: tries at the same time cannot outrun the count."""
    open_ones = WecomName.objects.filter(pk=account_id, confirmed_at=None, tries__lt=MOST_TRIES)
    if not open_ones.filter(asked_at__gt=at - CODE_HOLDS).update(tries=F("tries") + 1):
        return False
    known = WecomName.objects.get(pk=account_id)
    return hmac.compare_digest(known.code_digest, _digest(account_id, code))


def _digest(account_id: UUID, code: str) -> str:
    return hashlib.sha256(f"{account_id}:{code}".encode()).hexdigest()


@transaction.atomic
def forget_wecom(account: Any, *, at: datetime) -> None:
    """Send nothing more to the name in WeCom, and forget it."""
    if WecomName.objects.filter(pk=account.pk).delete()[0]:
        _record("wecom_forgotten", account, at, {})


@transaction.atomic
def renew_calendar(account: Any, *, at: datetime) -> CalendarAddress:
    """Give the calendar of ``account`` a new secret address; an old one opens nothing any more."""
    CalendarAddress.objects.filter(account_id=account.pk).delete()
    made = CalendarAddress.objects.create(account_id=account.pk, made_at=at)
    _record("calendar_address_made", account, at, {})
    return made


@transaction.atomic
def remove_calendar(account: Any, *, at: datetime) -> None:
    """Take the address of the calendar back."""
    if CalendarAddress.objects.filter(account_id=account.pk).delete()[0]:
        _record("calendar_address_removed", account, at, {})


def _record(act: str, account: Any, at: datetime, data: Mapping[str, int]) -> None:
    log.record(act, Chain(CHOICES, str(account.pk)), actor=account, role=SELF, at=at, data=data)
