"""What rooms put into the file of a case (卷宗): one page with everything that was filed, and who did what when.

A room has a module ``in_the_file`` with ``parts(case) -> Iterable[Part]``; it is found by walking the installed rooms.
Each room shows a viewer no more than its own pages would, in a constant number of queries.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.functional import Promise

MODULE = "in_the_file"
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Case:
    """Whose file is asked for, by whom. ``about`` is (kind, id); ``row`` the case itself.

    ``is_own``: the viewer belongs to whoever filed it. ``is_office``: to the association that received it. Neither:
    somebody in between, such as an endorser.
    """

    about: tuple[str, str]
    row: Any
    viewer: Any
    at: datetime
    is_own: bool
    is_office: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the file: when, what in words, by whom, where it can be opened."""

    at: datetime
    words: Words
    who: Words = ""
    note: Words = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file: its title, its entries in order, and its place (the least stands first)."""

    title: Words
    entries: Sequence[Entry]
    place: int = 50


def file_of(case: Case) -> list[Part]:
    """Return the parts of a file that hold something, in order."""
    found = [part for parts in _rooms() for part in parts(case) if part.entries]
    return sorted(found, key=lambda part: part.place)


@cache
def _rooms() -> tuple[Callable[[Case], Iterable[Part]], ...]:
    names = [f"{app.name}.{MODULE}" for app in apps.get_app_configs() if app.name.startswith("keqiao.")]
    return tuple(import_module(name).parts for name in names if find_spec(name))
