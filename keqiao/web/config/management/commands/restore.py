"""``keqiao restore DIR``: database and stored files as a backup has them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from keqiao.web.config.backup import copies
from keqiao.web.config.backup.manifest import BackupUnfit
from keqiao.web.config.console import in_both


class Command(BaseCommand):
    help = in_both("restore.help")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help=in_both("restore.help_folder"))
        parser.add_argument("--replace", action="store_true", help=in_both("restore.help_replace"))

    def handle(self, *, folder: Path, replace: bool, **_: Any) -> None:
        try:
            kept = copies.restore(folder, replace=replace)
        except (BackupUnfit, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        rows = sum(kept.rows.values())
        self.stdout.write(in_both("restore.done", at=kept.made_at, tables=len(kept.rows), rows=rows))
