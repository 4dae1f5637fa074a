"""``keqiao files collect``: finish or clear what kills, broken lines and second clicks left behind."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from keqiao.web.files.collection import collect


class Command(BaseCommand):
    help = (
        "Finish uploads that arrived whole, give up abandoned ones, let go files that nothing refers to, "
        "remove bytes that belong to no file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("collect", help="one round; safe at any time")

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = collect(datetime.now(UTC))
        self.stdout.write(
            f"{done.finished} finished, {done.given_up} given up, {done.let_go} let go, "
            f"{done.arrivals_removed} arrivals and {done.objects_removed} objects removed"
        )
