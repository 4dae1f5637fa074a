"""The thread beside a worker's tasks: it gives signs of life and sees to what falls due."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from django.db import OperationalError, connections

from keqiao.web.config.beats import beat, sign_off

SECONDS_BETWEEN_BEATS = 10.0

logger = logging.getLogger(__name__)


class Pulse:
    """Beats while its ``with`` block runs. The first beat is given before the block begins."""

    def __init__(self, worker_id: str, due_work: Callable[[datetime], None]) -> None:
        self.worker_id, self.due_work = worker_id, due_work
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        beat(self.worker_id)
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self.thread.join()
        sign_off(self.worker_id)

    def _run(self) -> None:
        try:
            while not self.stopping.wait(SECONDS_BETWEEN_BEATS):
                self._once()
        finally:
            connections.close_all()
            if not self.stopping.is_set():  # a defect in the due work: stop, so that it is seen and restarted
                os.kill(os.getpid(), signal.SIGTERM)

    def _once(self) -> None:
        try:
            self.due_work(beat(self.worker_id))
        except OperationalError:  # busy or away: the next beat asks again, and /healthz tells meanwhile
            logger.exception("The database did not answer the worker's beat.")
            connections.close_all()
