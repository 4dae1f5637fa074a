"""``keqiao backup DIR``: a consistent copy of database and stored files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from keqiao.web.config.backup import copies
from keqiao.web.config.backup.manifest import BackupUnfit
from keqiao.web.config.console import in_both
from keqiao.web.config.installation import note_backup


class Command(BaseCommand):
    help = in_both("backup.help")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help=in_both("backup.help_folder"))
        parser.add_argument("--with-keys", action="store_true", help=in_both("backup.help_with_keys"))

    def handle(self, *, folder: Path, with_keys: bool, **_: Any) -> None:
        now = timezone.now()
        try:
            made = copies.make(folder, now, with_keys=with_keys)
        except (BackupUnfit, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        rows = sum(made.rows.values())
        counts = {"tables": len(made.rows), "rows": rows, "files": len(made.files)}
        self.stdout.write(in_both("backup.made", folder=str(folder), **counts))
        note_backup(now)
        self.stdout.write(in_both("backup.keys_inside" if with_keys else "backup.keys_apart"))
