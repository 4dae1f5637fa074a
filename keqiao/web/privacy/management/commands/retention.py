"""``keqiao retention``: how many personal values have served their time; with ``--do`` they are erased."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from keqiao.web.privacy.catalogue import Eraser
from keqiao.web.privacy.retention import dues, endless, erase_all


class Command(BaseCommand):
    help = "Personal values whose time is over: counts them; with --do erases them for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--do", action="store_true", help="erase what is due; it cannot be brought back")

    def handle(self, *, do: bool, **_options: Any) -> None:
        now = datetime.now(UTC)
        for due in dues():
            columns = ", ".join(field.name for field in due.fields)
            self.stdout.write(f"{due.table.label}\t{columns}\t{due.count(now)} due")
        self.stdout.write(
            f"{len(endless())} columns never fall due: the data do not tell when their purpose ends."
        )
        if do:
            done = erase_all(Eraser(None, "console", now))
            said = ", ".join(f"{label} {count}" for label, count in done.items())
            self.stdout.write(f"Erased: {said or 'nothing'}.")
        else:
            self.stdout.write("Nothing was erased. To erase what is due: keqiao retention --do")
