"""Fills a fresh database with messages that are due: ``filling NUMBER MOMENT``."""

import sys
from datetime import datetime

from django.core.management import call_command
from django.db import transaction

from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.scope import work_as_program

WORDS = {"role": "科协工作人员", "organisation": "三门峡市科协"}


def main() -> None:
    """Make the tables and queue the messages."""
    number, at = int(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    work_as_program()
    call_command("migrate", verbosity=0)
    for place in range(number):
        letter = Letter("account.role_granted", address=f"reader{place}@example.org", variables=WORDS)
        with transaction.atomic():
            queue(letter, key=f"proof:{place}", at=at)


if __name__ == "__main__":
    main()
