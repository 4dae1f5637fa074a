"""The watch over journeys notices what it is there for."""

import pytest
from playwright.sync_api import BrowserContext, Route

from tests.journeys.accessibility import expect_accessible
from tests.journeys.browser import watch

HOME = "http://home.invalid"
STRICT = {"content-type": "text/html; charset=utf-8", "content-security-policy": "default-src 'self'"}
SOUND = '<html lang="zh"><head><title>页</title></head><body><main><h1>页</h1>{}</main></body></html>'


def faults_of(context: BrowserContext, body: str, *, status: int = 200) -> list[str]:
    """Visit one page whose body is ``body``, served by the test itself, and give what the watch noted."""
    faults = watch(context, HOME)

    def answer(route: Route) -> None:
        route.fulfill(status=status, headers=STRICT, body=SOUND.format(body))

    context.route("**/*", answer)
    page = context.new_page()
    page.goto(f"{HOME}/page")
    page.evaluate("() => new Promise((done) => setTimeout(done, 50))")  # violations are told a moment later
    return faults


def test_a_sound_page_has_no_faults(browser_context):
    assert faults_of(browser_context, "<p>好</p>") == []


@pytest.mark.parametrize(
    ("body", "status", "begins"),
    [
        ('<p style="color: red">红</p>', 200, "content policy: style-src"),
        ("<script>throw new Error('x')</script>", 200, "content policy: script-src"),
        ('<a href="/next">下</a>', 500, "500 from"),
    ],
)
def test_a_planted_fault_is_noted(browser_context, body, status, begins):
    faults = faults_of(browser_context, body, status=status)

    assert [fault[: len(begins)] for fault in faults] == [begins]


def test_a_request_to_an_outside_host_is_noted(browser_context):
    browser_context.route(
        "**/*", lambda route: route.fulfill(headers={"content-type": "text/html"}, body="x")
    )
    faults = watch(browser_context, HOME)

    browser_context.new_page().goto("http://elsewhere.invalid/")

    assert faults == ["asked an outside host: http://elsewhere.invalid/"]


def test_pale_words_are_not_accessible(browser_context):
    page = browser_context.new_page()
    page.set_content(SOUND.format('<p style="color: #eee; background: #fff">看不清</p>'))

    with pytest.raises(AssertionError, match="color-contrast"):
        expect_accessible(page)
