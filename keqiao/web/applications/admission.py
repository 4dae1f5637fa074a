"""A full house: so many submissions at once, the others wait outside with a place in the queue and lose nothing.

Each process lets in as many as leave a thread free for everybody else. Who has to wait is told the place and when to
come again, and gets a token that holds the arrival: it counts, however often one has to come. A token is signed and
names the application, the key and the account; it is of no use for anything else.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing

SALT = "keqiao.applications.queue"
TAKEN_A_SECOND = 40
"""What one process takes at least (``make bench ONLY=rush``): only for telling people when to come again."""
LONGEST_WAIT = 30  # seconds until one is asked to come again, however long the queue
BACK_OF_THE_QUEUE = LONGEST_WAIT // 2
"""Those whose turn is further away than the longest wait come again between this second and that one."""
KEEPS_A_PLACE = timedelta(seconds=5)
"""How long a place is kept free for somebody who was asked to come by now."""
QUEUE_LASTS = timedelta(hours=24)
"""How long an arrival counts for somebody who is still waiting."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One submission that wants in: of which application, with which key, by whom, and when it first arrived."""

    application_id: UUID
    key: str
    account_id: Any
    arrived_at: datetime

    def token(self) -> str:
        """Return the ticket as signed text."""
        said = [self.application_id.hex, self.key, str(self.account_id), self.arrived_at.isoformat()]
        return signing.dumps(said, salt=SALT)


class Waiting(Exception):
    """The house is full: come again after ``retry_after`` seconds, as number ``position``, with ``token``."""

    def __init__(self, position: int, retry_after: int, token: str) -> None:
        super().__init__(f"number {position}, again in {retry_after} s")
        self.position = position
        self.retry_after = retry_after
        self.token = token


class House:
    """Who is inside and who waits, of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._waiting: dict[str, tuple[datetime, datetime]] = {}  # by key: arrival, when to come again

    def enter(self, ticket: Ticket, at: datetime, at_once: int) -> None:
        """Go in. Raises Waiting: there is no room, or others who came earlier are due."""
        with self._lock:
            self._forget_gone(at)
            earlier = [due for arrival, due in self._others(ticket) if arrival < ticket.arrived_at]
            ahead = sum(due <= at for due in earlier)
            if self._inside + ahead < at_once:
                self._waiting.pop(ticket.key, None)
                self._inside += 1
                return
            position = len(earlier) + 1
            wait = wait_of(position)
            self._waiting[ticket.key] = (ticket.arrived_at, at + timedelta(seconds=wait))
        raise Waiting(position, wait, ticket.token())

    def leave(self) -> None:
        """Go out again."""
        with self._lock:
            self._inside -= 1

    def _others(self, ticket: Ticket) -> list[tuple[datetime, datetime]]:
        return [each for key, each in self._waiting.items() if key != ticket.key]

    def _forget_gone(self, at: datetime) -> None:
        gone = [key for key, (_arrival, due) in self._waiting.items() if due + KEEPS_A_PLACE < at]
        for key in gone:
            del self._waiting[key]


def wait_of(position: int) -> int:
    """Return in how many seconds somebody at this place comes again: when it is their turn.

    Those at the back come before it is, to hear their new place; spread over some seconds, so that they do not come all
    at once.
    """
    turn = 1 + position // TAKEN_A_SECOND
    if turn <= LONGEST_WAIT:
        return turn
    return BACK_OF_THE_QUEUE + turn % (LONGEST_WAIT - BACK_OF_THE_QUEUE + 1)


HOUSE = House()


@contextmanager
def admitted(ticket: Ticket, at: datetime) -> Iterator[datetime]:
    """Be inside while the submission is written; gives the arrival that counts. Raises Waiting: the house is full."""
    HOUSE.enter(ticket, at, settings.SUBMISSIONS_AT_ONCE)
    try:
        yield ticket.arrived_at
    finally:
        HOUSE.leave()


def ticket_for(application_id: UUID, key: str, account: Any, at: datetime, token: str = "") -> Ticket:
    """Return the ticket of a submission that came at ``at``: with its first arrival, where ``token`` proves one."""
    arrived_at = _first_arrival([application_id.hex, key, str(account.pk)], token) if token else None
    if arrived_at is None or not timedelta(0) <= at - arrived_at <= QUEUE_LASTS:
        arrived_at = at
    return Ticket(application_id, key, account.pk, arrived_at)


def _first_arrival(about: list[str], token: str) -> datetime | None:
    try:
        *said, arrived = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return datetime.fromisoformat(arrived) if said == about else None
