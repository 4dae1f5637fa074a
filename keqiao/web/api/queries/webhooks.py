"""Read addresses that are told what happens, and what was told them. Who keeps none of an organisation sees none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from keqiao.web.api.models import Delivery, DeliveryState, Webhook
from keqiao.web.api.permissions import organisations_kept
from keqiao.web.rows import json_read, select, uuid_read, written


def webhooks_of(viewer: Any, at: datetime) -> QuerySet[Webhook]:
    """Return the addresses that the viewer keeps, those in use first."""
    waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.QUEUED.value))
    rows = Webhook.objects.filter(organisation_id__in=organisations_kept(viewer, at))
    return rows.select_related("organisation").annotate(waiting=waiting).order_by("stopped_at", "-made_at")


def webhook_for(viewer: Any, pk: UUID, at: datetime) -> Webhook:
    """Return one address. Raises DoesNotExist: there is none, or the viewer does not keep it."""
    return webhooks_of(viewer, at).get(pk=pk)


def deliveries_of(webhook: Webhook) -> QuerySet[Delivery]:
    """Return what was told an address, the last first."""
    return Delivery.objects.filter(webhook=webhook).order_by("-queued_at", "pk")


@dataclass(frozen=True, slots=True)
class Listener:
    """An address that is told things now, and of which kinds."""

    webhook_id: UUID
    organisation_id: UUID
    kinds: frozenset[str]

    def is_told(self, kind: str, concerned: Collection[UUID]) -> bool:
        """Is it told of a thing of this kind that concerns these organisations?"""
        return kind in self.kinds and self.organisation_id in concerned


def listeners_among(organisations: Sequence[UUID]) -> list[Listener]:
    """Return the addresses of these organisations that are told things now.

    By hand: asked at every submission, in the last minute before a deadline too.
    """
    marks = ", ".join(["%s"] * len(organisations))
    rows = select(f"{LISTENERS} ({marks})", written(*organisations))
    return [
        Listener(uuid_read(pk) or pk, uuid_read(organisation) or organisation, frozenset(json_read(kinds)))
        for pk, organisation, kinds in rows
    ]


LISTENERS = (
    "SELECT w.id, w.organisation_id, w.kinds FROM api_webhook w "
    "WHERE w.stopped_at IS NULL AND w.disabled_at IS NULL AND w.organisation_id IN"
)
