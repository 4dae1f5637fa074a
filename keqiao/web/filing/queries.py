"""Read what was stamped: of many things at once in one query, and the pictures that a viewer may see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from string import hexdigits
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.scan import COUNTS
from keqiao.web.filing import permissions
from keqiao.web.filing.models import PaperReceipt, Scan, Seal, SignaturePage
from keqiao.web.filing.stampable import sees, stampables
from keqiao.writers.signature_page import DIGITS_TOGETHER

About = tuple[str, UUID]
"""What a page is about: the kind (as ``applications.application``) and the id."""

Standing = Literal["none", "fits", "outdated", "unsure"]


@dataclass(frozen=True, slots=True)
class Stamped:
    """What is known of the stamped page of one thing.

    ``fits``: a picture of the page with the present fingerprint came. ``outdated``: only pictures of earlier
    contents did. ``unsure``: a person said what the picture shows, and no code says which content. ``seal`` is
    whether red of a seal was seen (``Seal``), empty where there is no picture.
    """

    state: Standing = "none"
    seal: str = Seal.NOT_ASKED.value
    page_id: UUID | None = None
    scan_id: UUID | None = None
    at: datetime | None = None


NOTHING = Stamped()


def stamped(about: About, fingerprint: str) -> Stamped:
    """Return what is known of the stamped page of one thing, whose content has this fingerprint now."""
    return stamped_of({about: fingerprint})[about]


def stamped_of(fingerprints: Mapping[About, str]) -> dict[About, Stamped]:
    """Return the same of many things, in one query. Who may see them was asked before."""
    came: dict[About, list[Scan]] = {about: [] for about in fingerprints}
    for scan in _scans_that_count(fingerprints):
        key = (scan.about_kind, scan.about_id)
        if key in came:
            came[key].append(scan)
    return {about: _standing(came[about], fingerprint) for about, fingerprint in fingerprints.items()}


def stamped_as_one(abouts: Collection[About], fingerprint: str) -> Stamped:
    """Return the same of things that take each other's place, as the lists of a queue: the page of any of them counts.

    Who may see them was asked before.
    """
    wanted = set(abouts)
    came = [scan for scan in _scans_that_count(wanted) if (scan.about_kind, scan.about_id) in wanted]
    return _standing(came, fingerprint)


def copies_came(application_id: UUID) -> int:
    """Return how many sets of the form of an application came on paper. Who may see it was asked before."""
    rows = PaperReceipt.objects.filter(application_id=application_id, taken_back_at__isnull=True)
    return rows.aggregate(copies=Sum("copies"))["copies"] or 0


def scans_about(about: About) -> QuerySet[Scan]:
    """Return the pictures about one thing, the latest first, those that were set aside too."""
    rows = Scan.objects.filter(about_kind=about[0], about_id=about[1])
    return rows.select_related("page", "file", "picture", "taken_by")


def pages_about(about: About) -> QuerySet[SignaturePage]:
    """Return the pages that were made for one thing, the latest first."""
    return SignaturePage.objects.filter(about_kind=about[0], about_id=about[1])


def page_by_fingerprint(viewer: Any, words: str, association_id: UUID, at: datetime) -> SignaturePage | None:
    """Return the page whose printed fingerprint begins with ``words``, if the viewer sees what it is about.

    The last one where two lists have the same content; nothing where fewer digits are given than stand in a group.
    """
    digits = "".join(words.split()).lower()
    if len(digits) < DIGITS_TOGETHER or not set(digits) <= set(hexdigits):
        return None
    rows = SignaturePage.objects.filter(association_id=association_id, fingerprint__startswith=digits)
    return next((row for row in rows if sees(viewer, (row.about_kind, row.about_id), at)), None)


def scan_for(viewer: Any, pk: UUID, at: datetime) -> Scan:
    """Return a picture that the viewer may see; otherwise 404."""
    rows = permissions.scans_of(viewer, at)
    return get_object_or_404(rows.select_related("page", "file", "picture"), pk=pk)


def scans_for(viewer: Any, ids: Collection[UUID], at: datetime) -> list[Scan]:
    """Return the pictures with these ids that the viewer may see; 404 where there is none of them."""
    rows = permissions.scans_of(viewer, at).filter(pk__in=ids).select_related("page", "file", "picture")
    found = list(rows.order_by("taken_at", "file_id", "position"))
    if not found:
        raise Http404
    return found


def with_titles(scans: QuerySet[Scan], most: int) -> list[tuple[Scan, str]]:
    """Return the last pictures with the titles of what they are about."""
    rows = list(scans.order_by("-taken_at", "position")[:most])
    titles: dict[Any, str] = {}
    for known in stampables().values():
        ids = [scan.about_id for scan in rows if scan.about_id and scan.about_kind == known.kind]
        titles |= known.titles(ids) if ids else {}
    return [(scan, titles.get(scan.about_id, "")) for scan in rows]


def _scans_that_count(abouts: Iterable[About]) -> QuerySet[Scan]:
    abouts = list(abouts)
    kinds, ids = {kind for kind, _ in abouts}, {pk for _, pk in abouts}
    states = [state.value for state in COUNTS]
    rows = Scan.objects.filter(about_kind__in=kinds, about_id__in=ids, state__in=states)
    return rows.select_related("page").order_by("-taken_at", "-position")


def _standing(scans: list[Scan], fingerprint: str) -> Stamped:
    fitting = [scan for scan in scans if scan.page and scan.page.fingerprint == fingerprint]
    unknown = [scan for scan in scans if scan.page is None]
    for state, found in (("fits", fitting), ("unsure", unknown), ("outdated", scans)):
        if found:
            return _as_said(state, found[0])  # type: ignore[arg-type]
    return NOTHING


def _as_said(state: Standing, scan: Scan) -> Stamped:
    return Stamped(state, scan.seal, scan.page_id, scan.pk, scan.taken_at)
