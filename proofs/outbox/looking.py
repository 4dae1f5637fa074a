"""Prints the state of every message by its id, as JSON. With ``settle FILE`` a person first decides what is unsure.

The file lists the ids of the mails that the server's journal has: those count as sent, the others go again.
"""

import json
import sys
from pathlib import Path

from django.utils import timezone

from keqiao.web.notifications.actions import count_as_sent, send_again
from keqiao.web.notifications.models import Message, MessageState
from keqiao.web.scope import work_as_program


def main() -> None:
    """Settle where asked to, then look."""
    work_as_program()
    if sys.argv[1:2] == ["settle"]:
        settle(set(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))))
    print(json.dumps({str(pk): state for pk, state in Message.objects.values_list("pk", "state")}))


def settle(taken: set[str]) -> None:
    """Decide what is unsure as a person does who looked into the journal of the mail server."""
    by = {"actor": None, "role": "proof", "at": timezone.now()}
    for pk in list(Message.objects.filter(state=MessageState.UNSURE).values_list("pk", flat=True)):
        (count_as_sent if str(pk) in taken else send_again)(pk, **by)


if __name__ == "__main__":
    main()
