"""Who refers to a regulation. Rooms above register how to find out when they start; this room never asks upwards."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from keqiao.web.regulations.models import Regulation, Version


@dataclass(frozen=True, slots=True)
class Use:
    """Something that refers to one version: what it is, where it is shown, and whether the public sees it."""

    reference: str
    title: str
    address: str
    state: str
    is_public: bool

    @property
    def number(self) -> str:
        """The number of the version that is referred to."""
        return self.reference.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class References:
    """How one room above refers to regulations: ``find`` gives all its references to one, ``show`` tells whether
    something public refers to a version (asked for each visitor, so it stops at the first).
    """

    find: Callable[[Regulation], list[Use]]
    show: Callable[[Version], bool]


_known: dict[str, References] = {}


def register(name: str, references: References) -> None:
    """Make known how one room above refers to regulations. Called once by it, when the program starts.

    Raises:
        ImproperlyConfigured: another room has this name.
    """
    if _known.setdefault(name, references) != references:
        raise ImproperlyConfigured(f"two rooms that refer to regulations are called {name}")


def uses_of(regulation: Regulation) -> list[Use]:
    """Return everything that refers to any version of ``regulation``."""
    return [use for references in _known.values() for use in references.find(regulation)]


def is_used(version: Version) -> bool:
    """Does anything refer to this version, a draft included? Then it is not changed any more."""
    return any(use.reference == version.reference for use in uses_of(version.regulation))


def is_public(version: Version) -> bool:
    """Does anything public refer to this version? Then everybody may read it, and its file."""
    return any(references.show(version) for references in _known.values())
