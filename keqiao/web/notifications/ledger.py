"""What a channel writes down while it sends."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ledger:
    """Two notes about one message, each committed at once.

    ``brink`` is called right before the word that cannot be taken back; it raises ``faults.Overtaken`` where that
    must not be said. ``part_taken`` is called after each part of a long message that the server has taken.
    """

    brink: Callable[[], None]
    part_taken: Callable[[], None]
