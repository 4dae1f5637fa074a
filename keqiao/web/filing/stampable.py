"""What can be signed and stamped on a page: the shape in which rooms say it.

A room has a module ``to_be_stamped`` with ``KINDS``; it is found by walking the installed rooms. Room filing says it
of applications; a room above says it of what it makes (a list of an endorsing unit).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
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
    """

    association_id: UUID
    fingerprint: str
    version: int | None
    under: str
    rows: Sequence[tuple[Words, str]]
    boxes: Sequence[Box]
    pledge: str
    listed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Stampable:
    """One kind of thing that can be stamped.

    ``sees(viewer, pk, at)``: may the viewer print its page, bring and read pictures of it? ``to_sign(viewer, pk, at)``
    gives what is signed as this viewer knows it; it raises ValidationError where it is not ready. ``address(pk)`` is
    the page about it. ``changes(pk, since, now)`` says in words what changed between two versions.
    """

    kind: str
    sees: Callable[[Any, UUID, datetime], bool]
    to_sign: Callable[[Any, UUID, datetime], ToSign]
    address: Callable[[UUID], str]
    changes: Callable[[UUID, int | None, int | None], Sequence[str]]


def stampable(kind: str) -> Stampable | None:
    """Return how things of ``kind`` are stamped; None: they are not."""
    return _kinds().get(kind)


def sees(viewer: Any, about: tuple[str, UUID], at: datetime) -> bool:
    """May the viewer print the page of this thing, bring and read pictures of it?"""
    known = stampable(about[0])
    return known is not None and known.sees(viewer, about[1], at)


@cache
def _kinds() -> Mapping[str, Stampable]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    found = [kind for name in names if find_spec(name) for kind in import_module(name).KINDS]
    return {kind.kind: kind for kind in found}
