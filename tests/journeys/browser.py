"""The browser of the journeys and what it must never see."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Request, Response, WebError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.keqiaoViolation(`${event.effectiveDirective} stopped ${event.blockedURI} at ${event.sourceFile}`));
"""


def browser_path() -> str:
    """The Chromium that CHROMIUM names, or the first on the path; ``make test`` gets one if need be."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise pytest.UsageError("no Chromium: set CHROMIUM, install chromium, or use make test")
    return found


def watch(context: BrowserContext, address: str) -> list[str]:
    """Note every fault of the visit in the list that is given back: it must stay empty."""
    faults: list[str] = []
    home = urlsplit(address).netloc

    def request_seen(request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme in {"http", "https", "ws", "wss"} and target.netloc != home:
            faults.append(f"asked an outside host: {request.url}")

    def answer_seen(response: Response) -> None:
        is_told_to_wait = response.status == 503 and "retry-after" in response.headers
        if response.status >= 500 and not is_told_to_wait:
            faults.append(f"{response.status} from {response.url}")

    def script_failed(error: WebError) -> None:
        faults.append(f"a script failed: {error.error}")

    context.expose_binding("keqiaoViolation", lambda _, words: faults.append(f"content policy: {words}"))
    context.add_init_script(TELL_VIOLATIONS)
    context.on("request", request_seen)
    context.on("response", answer_seen)
    context.on("weberror", script_failed)
    return faults
