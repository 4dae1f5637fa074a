"""Read the library: what a viewer may see of it, what the public may, and what a definition refers to."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.web.parties.queries import associations_kept_by
from keqiao.web.regulations import permissions, uses
from keqiao.web.regulations.models import Regulation, Version
from keqiao.web.regulations.permissions import Viewer
from keqiao.web.regulations.uses import Use


def regulations_for(viewer: Viewer, at: datetime) -> QuerySet[Regulation]:
    """Return the regulations ``viewer`` may see, each with what its newest version says."""
    newest = Version.objects.filter(regulation=OuterRef("pk")).order_by("-number")
    visible = Regulation.objects.filter(permissions.readable(viewer, at)).select_related("association")
    return visible.annotate(
        version_count=Count("versions"),
        document_number=Subquery(newest.values("document_number")[:1]),
        label=Subquery(newest.values("label")[:1]),
        in_force_from=Subquery(newest.values("in_force_from")[:1]),
        in_force_until=Subquery(newest.values("in_force_until")[:1]),
    )


def regulation_for(viewer: Viewer, pk: UUID, at: datetime) -> Regulation:
    """Return one regulation if ``viewer`` may see it; otherwise 404."""
    return get_object_or_404(regulations_for(viewer, at), pk=pk)


def regulation_kept_by(viewer: Viewer, pk: UUID, at: datetime) -> Regulation:
    """Return one regulation that ``viewer`` may change; otherwise 404."""
    kept = Regulation.objects.filter(permissions.kept(viewer, at)).select_related("association")
    return get_object_or_404(kept, pk=pk)


def version_kept_by(viewer: Viewer, pk: UUID, at: datetime) -> Version:
    """Return one version that ``viewer`` may change; otherwise 404."""
    kept = Version.objects.filter(permissions.kept(viewer, at))
    return get_object_or_404(kept.select_related("regulation__association", "file"), pk=pk)


def versions_of(regulation: Regulation) -> QuerySet[Version]:
    """Return the versions of a regulation, newest first."""
    return regulation.versions.select_related("file", "entered_by").order_by("-number")


def public_version(regulation_id: UUID, number: int) -> Version:
    """Return a version that a public call refers to; otherwise 404."""
    found = get_object_or_404(
        Version.objects.select_related("regulation__association", "file"),
        regulation_id=regulation_id,
        number=number,
    )
    if not uses.is_public(found):
        raise Http404
    return found


def library_of(association_id: UUID) -> QuerySet[Version]:
    """Return the newest version of each regulation of an association, by title."""
    newest = Version.objects.filter(regulation=OuterRef("regulation")).order_by("-number")
    rows = Version.objects.filter(association_id=association_id, number=Subquery(newest.values("number")[:1]))
    return rows.select_related("regulation").order_by("regulation__title")


def newer_than(references: Iterable[str]) -> Mapping[str, Version]:
    """Return the newest version for each reference (``Version.reference``) that names an older one.

    A reference to a library that is not here (a definition from another installation) says nothing.
    """
    named = {reference: parts for reference in references if (parts := _parts(reference))}
    ids = {regulation for regulation, _number in named.values()}
    rows = Version.objects.filter(regulation_id__in=ids).select_related("regulation").order_by("number")
    newest = {row.regulation_id: row for row in rows}
    return {
        reference: newest[regulation]
        for reference, (regulation, number) in named.items()
        if regulation in newest and newest[regulation].number > number
    }


def held_in(association_id: UUID, references: Iterable[str]) -> frozenset[str]:
    """Return those of the references that name a version in the library of this association."""
    named = {parts: reference for reference in references if (parts := _parts(reference))}
    rows = Version.objects.filter(association_id=association_id, regulation_id__in={id_ for id_, _n in named})
    return frozenset(named[pair] for pair in rows.values_list("regulation_id", "number") if pair in named)


def place_of(reference: str | None) -> tuple[UUID, int] | None:
    """Return what a reference names: the id of a regulation and the number of its version."""
    return _parts(reference) if reference else None


def uses_of(regulation: Regulation) -> list[Use]:
    """Return what refers to a regulation; whoever calls has decided that the viewer may see it."""
    return uses.uses_of(regulation)


def associations_for_new_regulations(viewer: Viewer, at: datetime) -> QuerySet:
    """Return the associations whose library ``viewer`` may add to."""
    return associations_kept_by(viewer, at)


def titled(association_id: UUID, title: str) -> Regulation | None:
    """Return the regulation of this title in the library of an association, or nothing."""
    return Regulation.objects.filter(association_id=association_id, title=title).first()


def named(word: str) -> Q:
    """Return what finds a regulation by one word: in its title or a document number of any version."""
    numbered = Version.objects.filter(document_number__icontains=word).values("regulation_id")
    return Q(title__icontains=word) | Q(pk__in=numbered)


def in_force(day: date) -> Q:
    """Return what picks regulations whose newest version is in force on ``day`` as far as it is stated."""
    begun = Q(in_force_from=None) | Q(in_force_from__lte=day)
    return begun & (Q(in_force_until=None) | Q(in_force_until__gte=day))


def _parts(reference: str) -> tuple[UUID, int] | None:
    identifier, _at, number = reference.partition("@")
    if not (number.isascii() and number.isdecimal()):
        return None
    try:
        return UUID(identifier), int(number)
    except ValueError:
        return None
