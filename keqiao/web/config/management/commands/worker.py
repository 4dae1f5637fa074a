"""``keqiao worker``: does the queued tasks and what falls due, and gives signs of life."""

import os
import socket
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from keqiao.web.config.beats import beat
from keqiao.web.config.due import do_due_work, take_up_own
from keqiao.web.config.pulse import Pulse
from keqiao.web.config.starting import require_fit
from keqiao.web.scope import work_as_program

SECONDS_BETWEEN_LOOKS = 1.0


class Command(BaseCommand):
    help = "Do the queued tasks until stopped (SIGTERM ends after the task at hand)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--worker-id", help="a name of its own; a restart under it takes up what was left"
        )
        parser.add_argument("--batch", action="store_true", help="end when the queue is empty")

    def handle(self, *, worker_id: str | None, batch: bool, **_: Any) -> None:
        work_as_program()
        require_fit(datetime.now(UTC))
        name = worker_id or f"{socket.gethostname()[:40]}-{os.getpid()}-{get_random_string(8)}"
        worker = Worker(
            queue_names=["*"],
            interval=SECONDS_BETWEEN_LOOKS,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        take_up_own(name, beat(name))
        with Pulse(name, do_due_work):
            worker.run()
