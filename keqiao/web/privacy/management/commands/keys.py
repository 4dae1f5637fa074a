"""``keqiao keys``: the keys of personal values: state, rotation, a copy to be kept elsewhere, destruction."""

import os
import shutil
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from keqiao.web.audit import log
from keqiao.web.privacy import keys
from keqiao.web.privacy.indexing import reindex
from keqiao.web.privacy.keyring import KeyMissing, RingUnfit, ring, ring_path
from keqiao.web.privacy.models import CipherKey
from keqiao.web.privacy.turning import turn_all_rows, turn_rows


class Command(BaseCommand):
    help = "The keys of ID numbers, bank accounts and other locked values."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("status", help="the keys, and how many values each one locks")
        rotating = verbs.add_parser("rotate", help="add a key; the worker brings all values under it")
        rotating.add_argument("--wait", action="store_true", help="do it here and now, not by the worker")
        indexing = verbs.add_parser("index", help="draw a key for the indexes and make them all anew")
        indexing.add_argument("--stopped", action="store_true", help="the program and its worker are stopped")
        copying = verbs.add_parser("copy", help="write a copy of the key file, to be kept in another place")
        copying.add_argument("file", type=Path)
        forgetting = verbs.add_parser(
            "forget", help="destroy a retired key; backups that need it become unreadable"
        )
        forgetting.add_argument("key")

    def handle(self, *, verb: str, **options: Any) -> None:
        now = datetime.now(UTC)
        try:
            getattr(self, verb)(now, options)
        except (KeyMissing, RingUnfit, OSError) as error:
            raise CommandError(str(error), returncode=2) from error

    def status(self, now: datetime, _options: dict[str, Any]) -> None:
        """List the keys with the number of values under each."""
        keys.establish(now)
        counts: dict[str, int] = {}
        for column in keys.columns():
            for key_id, count in keys.keys_in_use(column).items():
                counts[key_id] = counts.get(key_id, 0) + count
        current, index = ring().current.id, ring().index.id
        for row in CipherKey.objects.all():
            role = {current: "in use", index: "indexes"}.get(row.id, "retired" if row.retired_at else "older")
            self.stdout.write(f"{row.id}\t{row.made_at:%Y-%m-%d}\t{role}\t{counts.get(row.id, 0)} values")

    def rotate(self, now: datetime, options: dict[str, Any]) -> None:
        """Add a key and bring the values over."""
        key = keys.turn(at=now)
        self.stdout.write(f"Key {key.id} is in use. Copy {ring_path()} again: keqiao keys copy FILE")
        if not options["wait"]:
            turn_all_rows.enqueue()
            self.stdout.write("The worker brings the values over; `keqiao keys status` shows how far it is.")
            return
        done = turn_rows(now)
        self.stdout.write(f"{done.values} values locked anew; retired: {', '.join(done.retired) or 'none'}.")

    def index(self, now: datetime, options: dict[str, Any]) -> None:
        """Draw a key for the indexes and make them anew."""
        if not options["stopped"]:
            raise CommandError("Stop the program and its worker first, then say: keqiao keys index --stopped")
        changed = reindex(now)
        self.stdout.write(f"Key {ring().index.id} makes the indexes; {changed} rows were made anew.")
        self.stdout.write(f"Copy {ring_path()} again: keqiao keys copy FILE")

    def copy(self, now: datetime, options: dict[str, Any]) -> None:
        """Write a copy of the key file and note which keys it holds."""
        file: Path = options["file"]
        held = keys.establish(now)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target, ring_path().open("rb") as source:
            shutil.copyfileobj(source, target)
        data = {"keys": [key.id for key in held.all()]}
        with transaction.atomic():
            log.record("keys_copied", keys.CASE, actor=None, role="console", at=now, data=data)
        self.stdout.write(f"{file}: {len(held.all())} keys. Keep it apart from the backups.")

    def forget(self, now: datetime, options: dict[str, Any]) -> None:
        """Destroy a retired key."""
        keys.forget(options["key"], at=now)
        self.stdout.write(f"{options['key']} is destroyed.")
