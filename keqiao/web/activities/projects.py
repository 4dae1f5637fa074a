"""The projects for which records are made. Rooms above register their kinds of project when they start.

This room stands below them: it holds a project as its kind and id, and asks what is registered for everything else.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

Viewer = Any
Asked = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Words that the targets of a project ask for, by kind of record and field."""


@dataclass(frozen=True, slots=True)
class Project:
    """What this room shows and asks of a project.

    ``owner_id`` is the unit that carries it out, ``association_id`` the one that pays and verifies. ``is_open``:
    records may be made and changed. ``address`` leads to its page. ``start`` and ``end`` are its days, as far as they
    are known. ``asked`` are words that its targets ask for (``indicators.projects.words_asked``).
    """

    kind: str
    id: UUID
    title: str
    owner_id: UUID
    owner_name: str
    association_id: UUID
    is_open: bool = True
    number: str = ""
    address: str = ""
    start: date | None = None
    end: date | None = None
    asked: Asked = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Access:
    """What a room above knows of its kind of project.

    ``find(ids)`` gives those that exist, in a constant number of queries. ``may_record(viewer, project, at)`` says who
    of the people of its unit may record for it; that they are of the unit this room asks itself.
    """

    words: Any
    find: Callable[[Collection[UUID]], Iterable[Project]]
    may_record: Callable[[Viewer, Project, datetime], bool]


_kinds: dict[str, Access] = {}


def register(kind: str, access: Access) -> None:
    """Make a kind of project known. Called by the room it belongs to, once, when the program starts.

    Raises:
        ImproperlyConfigured: another room has registered this kind.
    """
    if _kinds.setdefault(kind, access) is not access:
        raise ImproperlyConfigured(f"two rooms register projects of kind {kind}")


def access_to(kind: str) -> Access | None:
    """Return what is registered for a kind of project, or nothing."""
    return _kinds.get(kind)


def kinds_of_project() -> Mapping[str, Access]:
    """Return all that are registered, by kind."""
    return dict(_kinds)


def project_with(kind: str, pk: UUID) -> Project | None:
    """Return one project, or nothing where there is none or its kind is not registered."""
    return projects_with([(kind, pk)]).get((kind, pk))


def projects_with(wanted: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], Project]:
    """Return the projects with these kinds and ids: one question for each kind."""
    ids: dict[str, set[UUID]] = {}
    for kind, pk in wanted:
        ids.setdefault(kind, set()).add(pk)
    found = (
        project
        for kind, those in ids.items()
        if (access := access_to(kind)) is not None
        for project in access.find(those)
    )
    return {(project.kind, project.id): project for project in found}
