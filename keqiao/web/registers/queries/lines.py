"""What the keepers of the registers see: everything of the associations that they work for."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.debarment import ENDED
from keqiao.core.lifecycle.recognition import HELD
from keqiao.web.parties.periods import on_day
from keqiao.web.parties.queries import associations
from keqiao.web.registers import permissions
from keqiao.web.registers.models import (
    Debarment,
    Holding,
    KeptRegister,
    PlatformAccount,
    Recognition,
    RecognitionScheme,
    SharingPolicy,
    SocietyAffair,
    TrackRecord,
)
from keqiao.web.registers.models.entered import IN_USE
from keqiao.web.registers.permissions import Viewer

Row = TypeVar("Row", bound=Model)
SOON = timedelta(days=90)
HELD_STATES = [state.value for state in HELD]
ENDED_STATES = [state.value for state in ENDED]


def associations_of(viewer: Viewer, at: datetime) -> QuerySet[Any]:
    """Return the associations whose registers ``viewer`` reads."""
    return associations().filter(pk__in=permissions.associations_read(viewer, at))


def association_for(viewer: Viewer, pk: UUID, at: datetime) -> Any:
    """Return one association whose registers ``viewer`` reads; otherwise 404."""
    return get_object_or_404(associations_of(viewer, at), pk=pk)


def association_written(viewer: Viewer, pk: UUID, at: datetime) -> Any:
    """Return one association whose registers ``viewer`` writes; otherwise 404."""
    written = associations().filter(pk__in=permissions.associations_written(viewer, at))
    return get_object_or_404(written, pk=pk)


def held_on(day: date) -> Q:
    """Return what picks recognitions that are held on ``day``, by the state of today."""
    return on_day(day) & Q(state__in=HELD_STATES)


def ending_soon(day: date) -> Q:
    """Return what picks recognitions that are held on ``day`` and end within 90 days."""
    return held_on(day) & Q(valid_until__lte=day + SOON)


def in_force_on(day: date) -> Q:
    """Return what picks debarments that are in force on ``day``, contested or not, by the state of today."""
    return on_day(day) & ~Q(state__in=ENDED_STATES)


def schemes_of(association_id: UUID, day: date) -> QuerySet[RecognitionScheme]:
    """Return the registers of recognitions of an association with how many hold, and how many of them end soon."""
    rows = RecognitionScheme.objects.filter(association_id=association_id)
    return rows.annotate(
        lines=Count("recognitions"),
        held=Count("recognitions", filter=_through(held_on(day))),
        ending=Count("recognitions", filter=_through(ending_soon(day))),
    ).order_by("kind", "name")


def _through(condition: Q) -> Q:
    """The same condition seen from the register of the rows."""
    children = [
        _through(child) if isinstance(child, Q) else (f"recognitions__{child[0]}", child[1])
        for child in condition.children
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def scheme_for(viewer: Viewer, pk: UUID, at: datetime) -> RecognitionScheme:
    """Return one register of recognitions that ``viewer`` reads; otherwise 404."""
    return _one(RecognitionScheme.objects.select_related("association"), viewer, pk, at)


def scheme_written(viewer: Viewer, pk: UUID, at: datetime) -> RecognitionScheme:
    """Return one register of recognitions that ``viewer`` writes; otherwise 404."""
    rows = RecognitionScheme.objects.filter(permissions.writable(viewer, at))
    return get_object_or_404(rows.select_related("association"), pk=pk)


def recognitions_in(scheme: RecognitionScheme) -> QuerySet[Recognition]:
    """Return the lines of a register, each with its holder."""
    return scheme.recognitions.select_related("party", "region")


def recognition_for(viewer: Viewer, pk: UUID, at: datetime) -> Recognition:
    """Return one recognition that ``viewer`` reads; otherwise 404."""
    related = ("association", "scheme", "party", "region", "file", "followed_by", "entered_by")
    return _one(Recognition.objects.select_related(*related), viewer, pk, at)


def recognition_written(viewer: Viewer, pk: UUID, at: datetime) -> Recognition:
    """Return one recognition that ``viewer`` may act on; otherwise 404."""
    rows = Recognition.objects.filter(permissions.writable(viewer, at))
    return get_object_or_404(rows.select_related("association", "scheme", "party", "region"), pk=pk)


def debarments_of(association_id: UUID) -> QuerySet[Debarment]:
    """Return the debarments of an association, each with whom it bars."""
    return Debarment.objects.filter(association_id=association_id).select_related("party")


def debarments_heeded(association_id: UUID) -> QuerySet[Debarment]:
    """Return the debarments that others share, where this association goes by them. They cross the wall by policy."""
    policy = SharingPolicy.objects.filter(pk=association_id, heeds_debarments=True)
    sharing = SharingPolicy.objects.filter(shares_debarments=True).exclude(pk=association_id)
    rows = Debarment.objects.filter(association_id__in=sharing.values("pk"))
    shown = rows if policy.exists() else rows.none()
    return shown.select_related("party", "association").order_by("-valid_from")


def debarment_for(viewer: Viewer, pk: UUID, at: datetime) -> Debarment:
    """Return one debarment that ``viewer`` reads; otherwise 404."""
    related = ("association", "party", "file", "entered_by")
    return _one(Debarment.objects.select_related(*related), viewer, pk, at)


def line_for(table: type[Row], viewer: Viewer, pk: UUID, at: datetime) -> Row:
    """Return one line of a table that ``viewer`` reads; otherwise 404."""
    return _one(table._default_manager.select_related("association", "entered_by"), viewer, pk, at)


def parties_on_record(association_id: UUID) -> frozenset[UUID]:
    """Return the ids of the units and people that the registers of an association hold a line of."""
    found: set[UUID | None] = set()
    for table in (Recognition, Debarment, TrackRecord, Holding, SocietyAffair, PlatformAccount):
        rows: QuerySet[Any] = table.objects.filter(association_id=association_id)  # type: ignore[attr-defined]
        found.update(rows.order_by().values_list("party_id", flat=True).distinct())
    return frozenset(party for party in found if party is not None)


def kept_statements(association_id: UUID) -> QuerySet[KeptRegister]:
    """Return the statements in force of which registers are kept in full."""
    rows = KeptRegister.objects.filter(association_id=association_id, ended_at=None)
    return rows.select_related("scheme", "entered_by").order_by("register", "scheme__name", "part")


def statement_written(viewer: Viewer, pk: UUID, at: datetime) -> KeptRegister:
    """Return one statement that ``viewer`` may take back; otherwise 404."""
    return get_object_or_404(KeptRegister.objects.filter(permissions.writable(viewer, at)), pk=pk)


def policy_of(association_id: UUID) -> SharingPolicy:
    """Return what an association shares of its debarments; where nothing was said, nothing."""
    return SharingPolicy.objects.filter(pk=association_id).first() or SharingPolicy(pk=association_id)


def numbers_in(tables: Mapping[str, type[Any]], association_id: UUID) -> Mapping[str, int]:
    """Return how many lines that count each table holds for an association."""
    return {
        code: table.objects.filter(IN_USE, association_id=association_id).count()
        for code, table in tables.items()
    }


def _one(rows: QuerySet[Row], viewer: Viewer, pk: UUID, at: datetime) -> Row:
    return get_object_or_404(rows.filter(permissions.readable(viewer, at)), pk=pk)
