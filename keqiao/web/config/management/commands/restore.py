"""``keqiao restore DIR``: database and stored files as a backup has them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from keqiao.web.config.backup import copies
from keqiao.web.config.backup.manifest import BackupUnfit


class Command(BaseCommand):
    help = "Put a backup in the place of the configured database and files. Stop the program first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--replace", action="store_true", help="also if the target holds something")

    def handle(self, *, folder: Path, replace: bool, **_: Any) -> None:
        try:
            kept = copies.restore(folder, replace=replace)
        except (BackupUnfit, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        rows = sum(kept.rows.values())
        self.stdout.write(
            f"Restored as of {kept.made_at}: {len(kept.rows)} tables, {rows} rows, counted again."
        )
