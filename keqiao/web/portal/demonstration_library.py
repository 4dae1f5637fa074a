"""The libraries of the demonstration: the regulations that the notices name, as far as the notices say of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.programme import Programme
from keqiao.core.programme.papers import Regulation
from keqiao.web.regulations.actions import Heading, VersionText, add_regulation
from keqiao.web.regulations.queries import library_of


def with_library(programme: Programme, association_id: UUID, *, officer: Any, at: datetime) -> Programme:
    """Enter the regulations of ``programme`` that the library does not have yet, and return the programme with
    the version that each of them stands in.
    """
    known = {version.regulation.title: version for version in library_of(association_id)}
    linked = []
    for regulation in programme.regulations:
        version = known.get(regulation.title) or _enter(regulation, association_id, officer, at)
        linked.append(regulation.model_copy(update={"library": version.reference}))
    return programme.model_copy(update={"regulations": tuple(linked)})


def _enter(regulation: Regulation, association_id: UUID, officer: Any, at: datetime) -> Any:
    heading = Heading(regulation.title, regulation.issued_by)
    text = VersionText(
        document_number=regulation.number or "",
        label=regulation.version or "",
        requirements=regulation.requirements,
        by_kind=tuple((each.of, each.items) for each in regulation.by_kind),
        note=regulation.reading or "",
    )
    return add_regulation(association_id, heading, text, actor=officer, at=at)
