"""``keqiao calendars list|load FILE``: the announced years of this installation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from keqiao.readers.calendars import UnsoundCalendar
from keqiao.readers.messages import say
from keqiao.web.calendars.actions import load_year
from keqiao.web.calendars.queries import known_years


class Command(BaseCommand):
    help = "List the announced years, or announce one from its file (2027.yaml)."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="each year, where it comes from, the numbers of its notices")
        loading = verbs.add_parser("load", help="announce a year to this installation")
        loading.add_argument("file", type=Path, help="named by the year: 2027.yaml")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        if verb == "list":
            self._list()
        else:
            self._load(options["file"])

    def _list(self) -> None:
        for known in known_years().values():
            origin = "loaded" if known.loaded else "shipped"
            self.stdout.write(f"{known.year}\t{origin}\t{'; '.join(known.notices)}")

    def _load(self, file: Path) -> None:
        try:
            made = load_year(file.name, file.read_bytes(), at=timezone.now())
        except OSError as wrong:
            raise CommandError(f"{file}: {wrong.strerror}", returncode=2) from wrong
        except UnsoundCalendar as unsound:
            for fault in unsound.faults:
                self.stderr.write(f"{file}:{fault.line}: {say(fault.finding, 'en')}")
            raise CommandError(
                f"{file}: not loaded, {len(unsound.faults)} to correct", returncode=2
            ) from unsound
        self.stdout.write(f"{made.year}\tloaded, version {made.number}\t{made.notice}")
