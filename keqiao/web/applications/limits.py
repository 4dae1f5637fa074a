"""What the limits of a call say about one more application of a unit, by what it has in hand now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from keqiao.core.findings import Finding
from keqiao.core.rules.facts import Holding, Records, Stage
from keqiao.core.rules.quotas import Asking, Limit, Per, check_limits
from keqiao.web.applications.definitions import Asked, asked_of
from keqiao.web.applications.models import Prepared
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.queries.under_guard import Counted, in_hand
from keqiao.web.scope import crossing

WHY_COUNTED = "limits count whatever units and leaders have in hand before the association of the call"


@dataclass(frozen=True, slots=True)
class Applying:
    """Who wants one more place: the unit that leads, the units that join, the leader, before which association.

    ``of_record`` is the body in whose name the unit that leads applies, where that is another (以依托单位名义申报).
    """

    association_id: UUID
    application_id: UUID
    unit_id: UUID
    partner_ids: tuple[UUID, ...] = ()
    leader_id: UUID | None = None
    of_record: UUID | None = None

    @property
    def units(self) -> tuple[UUID, ...]:
        """All units that make the application, the one that leads first."""
        return (self.unit_id, *self.partner_ids)

    @property
    def counted(self) -> tuple[UUID, ...]:
        """All whose projects are counted: the units, and the body in whose name the one that leads applies."""
        return (*self.units, self.of_record) if self.of_record else self.units

    def in_the_books(self) -> Counted:
        """Whose projects are counted, as the register of what is in hand is asked."""
        return Counted(self.association_id, self.counted, self.leader_id)

    @property
    def guarded(self) -> list[UUID]:
        """Everybody whose places are counted, in the one order in which they are locked."""
        leader = (self.leader_id,) if self.leader_id else ()
        return sorted({*self.counted, *leader}, key=lambda party: party.hex)


def applying_of(application: Any) -> Applying:
    """Return who applies with an application, as it was made ready last."""
    prepared = Prepared.objects.filter(application=application)
    return Applying(
        application.association_id,
        application.pk,
        application.unit_id,
        tuple(application.partners.values_list("unit_id", flat=True)),
        application.leader_id,
        prepared.values_list("of_record_id", flat=True).first(),
    )


def limit_findings(application: Any, at: datetime) -> tuple[Finding, ...]:
    """Return what the limits say about submitting a draft now; nothing of an application that has its place."""
    asked = asked_of(application)
    if not asked.limits:
        return ()
    day = local_day(at)
    with crossing(WHY_COUNTED):
        applying = applying_of(application)
        held = in_hand(applying.in_the_books(), on=day)
    return places_findings(asked, applying, held, day)


def places_findings(
    asked: Asked, applying: Applying, held: Sequence[Holding], day: date
) -> tuple[Finding, ...]:
    """Return what the limits say about one more place on ``day``, by what is in hand.

    What the application itself has in hand is left out: a correction asks for no second place.
    """
    others = tuple(each for each in held if each.project != str(applying.application_id))
    return tuple(_findings(asked, applying, others, day))


def _findings(asked: Asked, applying: Applying, held: Sequence[Holding], day: date) -> Iterator[Finding]:
    # Every application to the call is made here and takes its place in the act itself: what is read is all there is.
    records = Records(holdings=tuple(held), kept=frozenset({f"holdings:{asked.call}"}))
    asking = Asking(
        unit=applying.unit_id.hex,
        call=asked.call,
        year=asked.year or day.year,
        path=asked.path,
        person=applying.leader_id.hex if applying.leader_id else "",
        also=frozenset({applying.of_record.hex}) if applying.of_record else frozenset(),
    )
    yield from check_limits(asked.limits, asking, records, stage=Stage.APPLIED)
    for partner in applying.partner_ids:
        joining = replace(asking, unit=partner.hex, also=frozenset())
        yield from check_limits(_of_members(asked.limits), joining, records, stage=Stage.APPLIED)


def _of_members(limits: Iterable[Limit]) -> list[Limit]:
    return [limit for limit in limits if limit.per is Per.MEMBER]
