"""A worker that sends what is due until nothing is: ``working MOMENT [FAULT]``. It is killed over it.

The moment stands in for the clock, so that a lease runs out without waiting.
"""

import sys
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.notifications import delivery
from keqiao.web.notifications.ledger import Ledger
from keqiao.web.notifications.models import Message, MessageState
from keqiao.web.scope import work_as_program


def main() -> None:
    """Do what the worker's beat and its tasks do."""
    now = datetime.fromisoformat(sys.argv[1])
    work_as_program()
    plant(sys.argv[2] if len(sys.argv) > 2 else "")
    delivery.settle_unsure(now)
    while due := delivery.hand_over(now):
        for message_id, number in due:
            delivery.attempt(UUID(message_id), number, handed_over=now)


def plant(fault: str) -> None:
    """Make the worker as wrong as asked for."""
    if fault == "no-mark":
        delivery._ledger = lambda *_said: Ledger(lambda: None, lambda: None)
    if fault == "sent-first":
        send = delivery.CARRIERS["mail"]
        delivery.CARRIERS["mail"] = lambda message, ledger: _sent_first(send, message, ledger)


def _sent_first(send: Any, message: Message, _ledger: Ledger) -> str:
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, settled_at=message.due_at)
    return str(send(message, Ledger(lambda: None, lambda: None)))


if __name__ == "__main__":
    main()
