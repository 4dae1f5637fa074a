"""Set up an address that is told what happens, stop it, let it go on after long failure, send something again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.api.kinds import LABELS, Happening, Kind
from keqiao.web.api.models import Delivery, DeliveryState, Webhook
from keqiao.web.api.owed import follow_webhook
from keqiao.web.api.permissions import organisations_kept
from keqiao.web.api.queries import webhook_for
from keqiao.web.api.reaching import NotReachable, target_of
from keqiao.web.api.signing import new_secret
from keqiao.web.audit import log
from keqiao.web.parties.queries import associations
from keqiao.web.scope import INSTALLATION, crossing

KEEPER, PROGRAM = "keeper", "program"
MOST = 10
"""Addresses of one organisation in use."""
WHY = "deliveries lie in the books of the association whose case they are about"
FAULTS = {
    "malformed": _("请填写完整的 https:// 地址，不含用户名、密码和 # 号。"),
    "host": _("这个网站不在管理员允许推送的名单里，请联系本系统的管理员。"),
}


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """An address as somebody asks for it."""

    organisation_id: UUID
    name: str
    url: str
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class SetUp:
    """An address that was set up; ``secret`` is shown this once."""

    webhook: Webhook
    secret: str

    def __repr__(self) -> str:
        return f"<set up {self.webhook.pk}>"


@transaction.atomic
def set_up(wanted: NewWebhook, *, actor: Any, at: datetime) -> SetUp:
    """Have an address be told from now on.

    Raises:
        ValidationError: the actor does not keep the addresses of the organisation, no kind is chosen, the address is
            none that the operator allows, or there are too many.
    """
    _require_sound(wanted, actor, at)
    secret = new_secret()
    webhook = Webhook(
        organisation_id=wanted.organisation_id,
        name=wanted.name.strip(),
        url=wanted.url,
        kinds=sorted(wanted.kinds),
        made_by=actor,
        made_at=at,
    )
    webhook.secret = secret
    webhook.save(force_insert=True)
    data = {"organisation": str(wanted.organisation_id), "kinds": webhook.kinds}
    log.record("set_up", webhook, actor=actor, role=KEEPER, at=at, data=data)
    return SetUp(webhook, secret)


def _require_sound(wanted: NewWebhook, actor: Any, at: datetime) -> None:
    if wanted.organisation_id not in organisations_kept(actor, at):
        raise ValidationError(_("您在这个单位没有角色。"), code="webhook.unit_foreign")
    if not wanted.kinds or not wanted.kinds <= LABELS.keys():
        raise ValidationError(_("请至少选择一类事项。"), code="webhook.tells_nothing")
    try:
        target_of(wanted.url)
    except NotReachable as wrong:
        raise ValidationError(FAULTS[wrong.code], code=f"webhook.{wrong.code}") from wrong
    in_use = Webhook.objects.filter(organisation_id=wanted.organisation_id, stopped_at__isnull=True)
    if in_use.count() >= MOST:
        raise ValidationError(
            _("在用的推送地址已有 %(most)s 个，请先停用不再使用的。") % {"most": MOST},
            code="webhook.too_many",
        )


@transaction.atomic
def stop(webhook_id: UUID, *, actor: Any, at: datetime) -> None:
    """End an address for good: what still waits does not go, its secret is forgotten. Again: nothing happens.

    Raises:
        Webhook.DoesNotExist: the actor does not keep it.
    """
    webhook = _kept(webhook_id, actor, at)
    if webhook.stopped_at is not None:
        return
    webhook.stopped_at, webhook.secret = at, ""
    webhook.save()
    _give_up_waiting(webhook, "stopped", at)
    log.record("stopped", webhook, actor=actor, role=KEEPER, at=at)
    follow_webhook(webhook, at, "stopped")


@transaction.atomic
def enable(webhook_id: UUID, *, actor: Any, at: datetime) -> None:
    """Let an address that the program disabled be told again, from now on. Again: nothing happens.

    Raises:
        Webhook.DoesNotExist: the actor does not keep it, or it is stopped.
    """
    webhook = _kept(webhook_id, actor, at)
    if webhook.stopped_at is not None:
        raise Webhook.DoesNotExist
    if webhook.disabled_at is None:
        return
    webhook.disabled_at = webhook.failing_since = webhook.rests_until = None
    webhook.save()
    log.record("enabled", webhook, actor=actor, role=KEEPER, at=at)
    follow_webhook(webhook, at, "enabled")


@transaction.atomic
def disable(webhook_id: UUID, *, at: datetime) -> None:
    """Tell an address nothing more, because it has failed for long or says itself that it is gone.

    What still waits does not go; whoever keeps it is told. Again: nothing happens.
    """
    webhook = Webhook.objects.select_for_update().get(pk=webhook_id)
    if webhook.disabled_at is not None or webhook.stopped_at is not None:
        return
    webhook.disabled_at = at
    webhook.save(update_fields=["disabled_at"])
    _give_up_waiting(webhook, "disabled", at)
    log.record("disabled", webhook, actor=None, role=PROGRAM, at=at)
    follow_webhook(webhook, at, "disabled")


@transaction.atomic
def try_out(webhook_id: UUID, *, actor: Any, at: datetime) -> Delivery:
    """Queue a delivery that says nothing but that it is a trial.

    Raises:
        Webhook.DoesNotExist: the actor does not keep it, or nothing is told it now.
    """
    webhook = _kept(webhook_id, actor, at)
    _require_listening(webhook)
    is_association = associations().filter(pk=webhook.organisation_id).exists()
    books = webhook.organisation_id if is_association else INSTALLATION
    told = {"webhook": webhook.pk}
    happening = Happening(Kind.TRIAL, books, frozenset(), told, at)
    with crossing(WHY):
        row = Delivery.objects.create(
            association_id=books,
            webhook=webhook,
            organisation_id=webhook.organisation_id,
            kind=happening.kind.value,
            body=happening.body(),
            queued_at=at,
            due_at=at,
        )
    log.record("tried_out", webhook, actor=actor, role=KEEPER, at=at, data={"delivery": str(row.pk)})
    return row


@transaction.atomic
def redeliver(delivery_id: UUID, *, actor: Any, at: datetime) -> Webhook:
    """Send something again that is settled, under its old id; where it waits already, nothing happens.

    Raises:
        Delivery.DoesNotExist, Webhook.DoesNotExist: the actor does not keep its address, or nothing is told that now.
    """
    with crossing(WHY):
        row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery_id)
    webhook = _kept(row.webhook_id, actor, at)
    _require_listening(webhook)
    if row.state != DeliveryState.QUEUED:
        row.state, row.attempts, row.fault = DeliveryState.QUEUED.value, 0, ""
        row.settled_at = row.on_wire_at = row.leased_until = None
        row.due_at = at
        with crossing(WHY):
            row.save()
        log.record("redelivered", webhook, actor=actor, role=KEEPER, at=at, data={"delivery": str(row.pk)})
    return webhook


def _kept(webhook_id: UUID, actor: Any, at: datetime) -> Webhook:
    seen = webhook_for(actor, webhook_id, at)
    return Webhook.objects.select_for_update(of=("self",)).get(pk=seen.pk)


def _require_listening(webhook: Webhook) -> None:
    if webhook.stopped_at is not None or webhook.disabled_at is not None:
        raise Webhook.DoesNotExist


def _give_up_waiting(webhook: Webhook, fault: str, at: datetime) -> None:
    with crossing(WHY):
        rows = Delivery.objects.filter(webhook=webhook, state=DeliveryState.QUEUED.value)
        for may_have_gone, state in ((True, DeliveryState.UNSURE), (False, DeliveryState.FAILED)):
            rows.filter(may_have_gone=may_have_gone).update(
                state=state.value, settled_at=at, leased_until=None, fault=fault
            )
