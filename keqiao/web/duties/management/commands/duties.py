"""``keqiao duties rebuild``: open and close duties so that they are what the facts say is owed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from keqiao.web.duties.actions import rebuild
from keqiao.web.duties.kinds import all_kinds


class Command(BaseCommand):
    help = "Make the list of what people have to do from the facts anew: after an upgrade, or where `verify` differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["rebuild"], help="open what is missing, close what nobody owes")

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        for kind in all_kinds().values():
            opened, closed = rebuild(kind, at=now)
            self.stdout.write(f"{kind.code}\t{opened} opened\t{closed} closed")
