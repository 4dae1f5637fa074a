"""Journeys: a real browser against a real server with its worker."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase
from django_tasks_db.management.commands.db_worker import Worker
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.browser import browser_path
from tests.journeys.clock import clock  # noqa: F401
from tests.journeys.visitors import own_window, watched_page
from tests.web.append_only import triggers_off
from tests.web.conftest import key_file, no_kept_pages, second_factor_not_asked  # noqa: F401
from tests.web.reading_only import gets_change_nothing  # noqa: F401

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread, the ORM as well

FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"]
empty_all_tables = TransactionTestCase._fixture_teardown


def empty_all_tables_past_the_triggers(case: Any) -> None:
    """Journeys commit, so each ends by emptying every table, which the triggers on events rightly refuse."""
    with triggers_off():
        empty_all_tables(case)


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied() -> Iterator[None]:
    """Let the end of a journey empty append-only tables."""
    TransactionTestCase._fixture_teardown = empty_all_tables_past_the_triggers  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = empty_all_tables  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def browser_context(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """The window of the first visitor."""
    with own_window(browser, live_server.url) as context:
        yield context


@pytest.fixture
def page(browser_context: BrowserContext, live_server: Any) -> Iterator[Page]:
    """The watched page of the first visitor."""
    with watched_page(browser_context, live_server.url) as opened:
        yield opened


@pytest.fixture
def second_page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """The watched page of another person, in a window of its own."""
    with (
        own_window(browser, live_server.url) as context,
        watched_page(context, live_server.url) as opened,
    ):
        yield opened


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """A folder for what a journey downloads."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


@pytest.fixture
def worker(live_server: Any) -> Iterator[None]:
    """The worker beside the server: while the journey goes on, it does what pages left to it."""
    beside = Worker(
        queue_names=["*"],
        interval=0.1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="journeys",
        excluded_queue_names=[],
    )
    thread = Thread(target=_work, args=(beside,))
    thread.start()
    yield
    beside.running = False
    thread.join(timeout=60)


def _work(worker: Worker) -> None:
    try:
        worker.run()
    finally:
        connections.close_all()
