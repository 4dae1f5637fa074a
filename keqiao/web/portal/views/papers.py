"""Public sheets as PDF. A sheet is set once for a revision and kept; a process sets one at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.files.names import named_after
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.portal.category import category_page
from keqiao.web.portal.kept_pages import LANGUAGE, KeptPage, PageStore, known_parameters
from keqiao.web.portal.papers import pdf_of_call, pdf_of_category
from keqiao.web.portal.public import CallPage, call_page
from keqiao.web.programmes import queries as calls_of_all

KEPT = PageStore(48 << 20, largest=16 << 20)
"""Sheets of one process by revision, place and language: no address makes another one, whatever it asks."""
AT_ONCE = BoundedSemaphore(1)
MAY_WAIT = BoundedSemaphore(1)  # who waits holds one of the few threads that answer everybody (``serve``)
PATIENCE = 8.0  # seconds that an asker waits for the sheet before its own


@opens_to(PUBLIC)
@require_safe
def call_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """A public call as a sheet."""
    page = _page(request, slug)
    return _answer(request, page, "", page.programme.title, lambda: pdf_of_call(page))


@opens_to(PUBLIC)
@require_safe
def category_pdf(request: HttpRequest, slug: str, node: str) -> HttpResponse:
    """One category of a public call as a sheet, with all that holds for it."""
    page = _page(request, slug)
    at = category_page(page, node)
    return _answer(request, page, node, at.category.name, lambda: pdf_of_category(at))


def _page(request: HttpRequest, slug: str) -> CallPage:
    request.GET = known_parameters(request.GET, (LANGUAGE,))  # type: ignore[assignment]
    return call_page(calls_of_all.public_call(slug), request.arrived_at)


def _answer(
    request: HttpRequest, page: CallPage, node: str, name: str, make: Callable[[], bytes]
) -> HttpResponse:
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    key = (page.revision.pk, page.call.state, node, language, *map(str, settings.FONT_FOLDERS))
    kept = KEPT.get(key)
    if kept is None:
        with _turn() as is_mine:
            if not is_mine:
                return _later()
            kept = KEPT.get(key) or _kept(make(), name)
            KEPT.put(key, kept)
    answer = HttpResponse(kept.content, headers=dict(kept.headers))
    return get_conditional_response(request, answer.headers["ETag"], None, answer) or answer


@contextmanager
def _turn() -> Iterator[bool]:
    """Wait for the turn to set a sheet; False if it takes too long, or somebody waits already."""
    if not (AT_ONCE.acquire(blocking=False) or _has_waited()):
        yield False
        return
    try:
        yield True
    finally:
        AT_ONCE.release()


def _has_waited() -> bool:
    """Wait until the sheet before is set; the caller then has the turn."""
    if not MAY_WAIT.acquire(blocking=False):
        return False
    try:
        return AT_ONCE.acquire(timeout=PATIENCE)
    finally:
        MAY_WAIT.release()


def _later() -> HttpResponse:
    words = _("正在排版其他文件，请稍后再试。")
    headers = {"Retry-After": "10", "Cache-Control": "no-store"}
    return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8", headers=headers)


def _kept(content: bytes, name: str) -> KeptPage:
    headers = {
        **NEVER_SHOWN,
        "Content-Type": "application/pdf",
        "Content-Disposition": content_disposition_header(
            as_attachment=True, filename=named_after(name, "pdf")
        )
        or "",
        "ETag": quote_etag(blake2b(content, digest_size=16).hexdigest()),
    }
    return KeptPage(content, tuple(headers.items()))
