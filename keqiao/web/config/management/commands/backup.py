"""``keqiao backup DIR``: a consistent copy of database and stored files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from keqiao.web.config.backup import copies
from keqiao.web.config.backup.manifest import BackupUnfit


class Command(BaseCommand):
    help = "Copy the database and the stored files into a new folder, while the program runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **_: Any) -> None:
        try:
            made = copies.make(folder, timezone.now())
        except (BackupUnfit, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        rows = sum(made.rows.values())
        self.stdout.write(f"{folder}: {len(made.rows)} tables, {rows} rows, {len(made.files)} files.")
        self.stdout.write("The secret key is not in it. Keep a copy of the file secret-key in another place.")
