"""A text message as a provider takes it: an approved template and its variables, never free words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

Brink = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Text:
    """One text message. ``template`` is our key, ``words`` the wording for those who need no approval.

    ``key`` stays the same when it is tried again.
    """

    number: str
    template: str
    variables: Mapping[str, str]
    words: str
    key: str


class Gateway(Protocol):
    """Hands text messages to a provider."""

    def send(self, text: Text, brink: Brink) -> None:
        """Hand one message over; ``brink`` is called right before it.

        Raises:
            NotTaken, Unsure: as ``faults`` says.
            OSError: it did not get through.
        """

    def knows(self, template: str) -> bool:
        """Has the provider approved a template for this key?"""
