"""Papers that go with a mail. A message only names them; the room that owns one makes it when the mail goes.

Rooms above say what they make in a module ``enclosures`` with ``ENCLOSURES``: a kind, and what makes the paper from an
id, in the language spoken at that moment. They are found by walking the installed rooms, as ``approvals.acts`` are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A paper as it goes with a mail."""

    name: str
    content: bytes
    media_type: str


Reference = tuple[str, str]
"""Kind and id of a paper."""
Maker = Callable[[str], Enclosure]


class NotMade(Exception):
    """A paper could not be made; the text says why. ``for_good``: later it could not either."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


def made(reference: Reference) -> Enclosure:
    """Make the paper that a message names.

    Raises:
        NotMade: it cannot be made now, or not at all; also where no room makes such papers any more.
    """
    kind, pk = reference
    if not is_known(kind):
        raise NotMade(f"no room makes {kind}", for_good=True)
    return _makers()[kind](pk)


def is_known(kind: str) -> bool:
    """Does a room make papers of this kind?"""
    return kind in _makers()


@cache
def _makers() -> Mapping[str, Maker]:
    """What the installed rooms make.

    Raises:
        ImproperlyConfigured: two rooms make papers of the same kind.
    """
    found: dict[str, Maker] = {}
    rooms = (app.name for app in apps.get_app_configs() if app.name.startswith("keqiao."))
    for name in (f"{room}.enclosures" for room in rooms):
        if name != __name__ and find_spec(name):
            for kind, maker in import_module(name).ENCLOSURES.items():
                if found.setdefault(kind, maker) is not maker:
                    raise ImproperlyConfigured(f"two rooms make {kind}")
    return found
