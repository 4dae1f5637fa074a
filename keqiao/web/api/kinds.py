"""What other programs can be told: kinds of things that happened, their words, and the body that says them.

A body holds ids, a state and a time. Whoever wants more asks the interface with a token, which decides what may be
seen; so an address that has fallen into wrong hands learns nothing about people.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """One kind of thing that happens."""

    SUBMITTED = "application.submitted"
    CORRECTED = "application.corrected"
    RETURNED = "application.returned"
    WITHDRAWN = "application.withdrawn"
    PASSED_ON = "application.passed_on"
    FILED = "application.filed"
    RECEIVED = "application.received"
    RECALLED = "application.recalled"
    BATCH_FORWARDED = "batch.forwarded"
    BATCH_RECALLED = "batch.recalled"
    TRIAL = "webhook.trial"


LABELS = {
    Kind.SUBMITTED: _("申报书已提交"),
    Kind.CORRECTED: _("补正稿已提交"),
    Kind.RETURNED: _("申报书被退回修改"),
    Kind.WITHDRAWN: _("申报书已撤回"),
    Kind.PASSED_ON: _("申报书已上报到下一环节"),
    Kind.FILED: _("申报书已报送"),
    Kind.RECEIVED: _("申报书已受理"),
    Kind.RECALLED: _("申报书的上报被撤回"),
    Kind.BATCH_FORWARDED: _("批次已上报"),
    Kind.BATCH_RECALLED: _("批次已撤回"),
}
"""Kinds that can be chosen; a trial goes out when somebody asks for it."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: in whose books, whom it concerns, and the ids and codes that are told."""

    kind: Kind
    association_id: UUID
    concerned: frozenset[UUID]
    told: Mapping[str, UUID | str | int]
    at: datetime

    def body(self) -> str:
        """Return the body of the request, as JSON."""
        told = {name: value if isinstance(value, int) else str(value) for name, value in self.told.items()}
        moment = self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        said = {"type": self.kind.value, "timestamp": moment, "data": told}
        return json.dumps(said, separators=(",", ":"))
