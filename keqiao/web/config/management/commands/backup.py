"""``keqiao backup DIR``: a consistent copy of database and stored files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from keqiao.web.config.backup import copies
from keqiao.web.config.backup.manifest import BackupUnfit
from keqiao.web.config.installation import note_backup


class Command(BaseCommand):
    help = "Copy the database and the stored files into a new folder, while the program runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--with-keys", action="store_true", help="also the key file: who has it reads all"
        )

    def handle(self, *, folder: Path, with_keys: bool, **_: Any) -> None:
        now = timezone.now()
        try:
            made = copies.make(folder, now, with_keys=with_keys)
        except (BackupUnfit, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        rows = sum(made.rows.values())
        self.stdout.write(f"{folder}: {len(made.rows)} tables, {rows} rows, {len(made.files)} files.")
        note_backup(now)
        if with_keys:
            self.stdout.write(
                "The keys of personal values are in it: whoever has this folder can read all of it."
            )
        else:
            self.stdout.write(
                "The keys are not in it. Keep copies of keyring.json and secret-key in another place: without "
                "keyring.json nobody can read the encrypted ID numbers and bank accounts of this backup."
            )
