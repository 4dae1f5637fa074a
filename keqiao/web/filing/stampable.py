"""What can be signed and stamped on a page: the shape in which rooms say it.

A room has a module ``to_be_stamped`` with ``KINDS``; it is found by walking the installed rooms. Room filing says it
of applications; a room above says it of what it makes (a list of an endorsing unit).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise

MODULE = "to_be_stamped"
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Box:
    """A place to sign: who, what they do, and whether a seal belongs there."""

    title: str
    words: str
    seal: bool


@dataclass(frozen=True, slots=True)
class ToSign:
    """What is signed now.

    ``fingerprint`` is the SHA-256 of the content, ``version`` its number where it has one. ``rows`` are labels with
    what stands beside them, as they are printed; ``listed`` the lines of a list. ``pledge``: for what they answer.
    ``over`` says why no page of it is printed any more; pictures that came are compared all the same.
    """

    association_id: UUID
    fingerprint: str
    version: int | None
    under: str
    rows: Sequence[tuple[Words, str]]
    boxes: Sequence[Box]
    pledge: str
    listed: Sequence[str] = ()
    over: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the page about the stamped page of a thing: its name, a line below it, the way to it."""

    title: str
    lead: str
    crumbs: Sequence[tuple[Words, str]]
    association_id: UUID


@dataclass(frozen=True, slots=True)
class Stampable:
    """One kind of thing that can be stamped.

    ``seen(viewer, at)`` are the things whose page the viewer prints, of which pictures may be brought and read; each
    has an ``association``. ``to_sign(viewer, pk, at)`` gives what is signed as this viewer knows it; it raises
    ValidationError where it is not ready. ``titles`` are by id, in words for lists. ``address(pk)`` is the page about
    its stamped page. ``changes(pk, since, now)`` says in words what changed between two versions.
    """

    kind: str
    seen: Callable[[Any, datetime], QuerySet[Any]]
    head: Callable[[Any, UUID, datetime], Head]
    to_sign: Callable[[Any, UUID, datetime], ToSign]
    titles: Callable[[Collection[UUID]], Mapping[UUID, str]]
    address: Callable[[UUID], str]
    changes: Callable[[UUID, int | None, int | None], Sequence[str]]


def stampable(kind: str) -> Stampable | None:
    """Return how things of ``kind`` are stamped; None: they are not."""
    return stampables().get(kind)


def sees(viewer: Any, about: tuple[str, UUID], at: datetime) -> bool:
    """May the viewer print the page of this thing, bring and read pictures of it?"""
    known = stampable(about[0])
    return known is not None and known.seen(viewer, at).filter(pk=about[1]).exists()


@cache
def stampables() -> Mapping[str, Stampable]:
    """Return all kinds of things that are stamped in the installed rooms, by their names."""
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    found = [kind for name in names if find_spec(name) for kind in import_module(name).KINDS]
    return {kind.kind: kind for kind in found}
