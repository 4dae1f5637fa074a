"""Finds out which category a filled Word form is for, and reads it: by what it says of itself, else by its blanks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.core.forms.specification import Specification
from keqiao.readers.forms.filled import FormRead, State, read_filled_upload
from keqiao.readers.unreadable import Unreadable
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.office_document import office_template
from keqiao.web.applications.timeliness import TAKING
from keqiao.web.programmes.office_paper import TemplateGone
from keqiao.web.programmes.queries import offers_of, public_calls, revisions_in_force

REMEMBERED = timedelta(days=60)
"""So long after its last day a category is still looked for: whoever comes late is told so, with the clause."""
MOST_FORMS = 12
"""Different forms that one document is compared with, where it does not say which one it is."""
LEAST_READ = 3  # blanks that have to be filled for a guess


@dataclass(frozen=True, slots=True)
class Category:
    """A category that a filing can be for, with its form as the revision in force asks for it."""

    offer: Any
    revision_id: UUID
    specification: Specification


@dataclass(frozen=True, slots=True)
class Recognised:
    """A filled form: of which category, what was read, and whether the document says itself that it is this form."""

    category: Category
    read: FormRead


def categories_of(association_id: UUID, at: datetime) -> list[Category]:
    """Return the categories of an association that take applications at ``at`` or did so lately, open ones first."""
    calls = public_calls().filter(association_id=association_id, state__in=TAKING)
    recent = Q(deadline_at__isnull=True) | Q(deadline_at__gte=at - REMEMBERED)
    offers = offers_of(list(calls.order_by().values_list("pk", flat=True))).filter(recent)
    rows = list(offers.select_related("call__association").order_by("-deadline_at", "call_id", "position"))
    revisions = revisions_in_force({row.call_id for row in rows})
    asked = [(row, revisions[row.call_id], asked_at(revisions[row.call_id], row.node)) for row in rows]
    return [
        Category(row, revision, each.specification) for row, revision, each in asked if each.specification
    ]


def recognised(
    path: Path, name: str, categories: Iterable[Category], before: Mapping[str, Any]
) -> Recognised | None:
    """Read a Word document as the form of one of ``categories``; None: it is none of them, or it could be several.

    ``before`` are answers by the id of a category that stood in the form when it was handed out.

    Raises:
        Unreadable: it is refused at the gate, or cannot be read.
    """
    found: list[Recognised] = []
    seen: set[str] = set()
    for category in categories:
        if category.specification.digest in seen or len(seen) >= MOST_FORMS:
            continue
        seen.add(category.specification.digest)
        read = _read_as(path, name, category, before.get(category.offer.node))
        if read is None:
            continue
        if read.is_this_form:
            return Recognised(category, read)
        found.append(Recognised(category, read))
    return _clearly_best(found)


def _read_as(path: Path, name: str, category: Category, before: Any) -> FormRead | None:
    try:
        template = office_template(category.specification, category.offer.call.association_id)
    except TemplateGone:
        return None
    return read_filled_upload(path, category.specification, name=name, before=before, template=template)


def _clearly_best(found: list[Recognised]) -> Recognised | None:
    """The one of which most blanks are there and filled, if no other comes near."""
    ranked = sorted(found, key=_fitting, reverse=True)
    if not ranked or _filled(ranked[0]) < LEAST_READ:
        return None
    if len(ranked) > 1 and _fitting(ranked[1]) >= _fitting(ranked[0]):
        return None
    return ranked[0]


def _filled(each: Recognised) -> int:
    return sum(bool(cell.text) for cell in each.read.cells)


def _fitting(each: Recognised) -> float:
    """The share of blanks that are in the document."""
    cells = each.read.cells
    return sum(cell.state is not State.ABSENT for cell in cells) / len(cells) if cells else 0.0


__all__ = ["Category", "Recognised", "Unreadable", "categories_of", "recognised"]
