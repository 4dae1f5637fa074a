"""Who visits, and in which window: signed in, watched."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser import watch
from tests.journeys.pictures import DESKTOP
from tests.web import make

PATIENCE_MS = 15_000


@contextmanager
def own_window(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A visitor's own window: cookies of nobody else, Chinese, Chinese time, still pictures."""
    context = browser.new_context(
        base_url=address,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport=DESKTOP,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@contextmanager
def watched_page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page whose visit fails on a broken content policy, script or server, or an outside host."""
    faults = watch(context, address)
    page = context.new_page()
    yield page
    page.close()
    assert faults == [], "\n".join(faults)


def log_in(page: Page, account: Any) -> None:
    """Sign in by address and password, as far as the desk."""
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(account.email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/desk/")
