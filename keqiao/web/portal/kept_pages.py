"""Finished public pages are kept until something public changes, at most a minute.

A page is known by its address with the parameters that it knows, the language, the number of the public edition
(``parties.queries.public_edition``: one small query, so that what one process publishes shows at once in all) and the
minute of arrival, because countdowns say what is left. Whoever sends a session cookie gets a page made for the
moment: nothing of a signed-in person is ever kept.

Django's own caches do not bound bytes: the in-memory one counts entries, throws out a third at random and pickles
every page twice. Pages differ a hundredfold in size, so this store counts bytes and lets go of the page that was not
asked for the longest.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe, quote_etag

from keqiao.web.parties.queries import public_edition

BYTES_KEPT = 32 << 20  # in the memory of one process
BYTES_OF_A_PAGE = 2 << 20
SECONDS_KEPT = 60
"""As long as a browser or a proxy may keep it (``config.middleware.answer_headers``)."""
LANGUAGE = "lang"
LONGEST_VALUE = 100  # characters
NOT_KEPT = "keqiao_not_kept"

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A finished page: its bytes and the headers that belong to them."""

    content: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """The bytes it takes, with an allowance for its key and headers."""
        return len(self.content) + 1024

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or 304 where the asker has it already."""
        response = HttpResponse(self.content, headers=dict(self.headers))
        changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
        return get_conditional_response(request, response.headers["ETag"], changed, response)


class PageStore:
    """Pages of one process, bounded in bytes; the one not asked for the longest goes first. Safe in threads."""

    def __init__(self, limit: int = BYTES_KEPT, largest: int = BYTES_OF_A_PAGE) -> None:
        self._limit, self._largest = limit, min(largest, limit)
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> KeptPage | None:
        """Return the page of ``key``, or nothing."""
        with self._lock:
            if (page := self._pages.get(key)) is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: KeptPage) -> None:
        """Keep ``page``, letting go of others if need be; one that is too large is not kept."""
        if page.size > self._largest:
            return
        with self._lock:
            self._remove(key)
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > self._limit:
                self._remove(next(iter(self._pages)))

    def clear(self) -> None:
        """Let go of all pages."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)

    def _remove(self, key: Hashable) -> None:
        if (page := self._pages.pop(key, None)) is not None:
            self._bytes -= page.size


STORE = PageStore()


def kept(*parameters: str, but_not_with: Sequence[str] = ()) -> Callable[[View], View]:
    """Keep what a public view answers. It sees none but its ``parameters`` and the language in its address.

    An address that asks one of ``but_not_with`` (free words) has endless forms: its pages are made each time.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.GET = known_parameters(request.GET, (*parameters, LANGUAGE))  # type: ignore[assignment]
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                return view(request, *args, **kwargs)
            is_kept = not any(request.GET.get(name) for name in but_not_with)
            key = _key(request)
            page = STORE.get(key) if is_kept else None
            if page is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200 or response.streaming or response.cookies:
                    return response
                page = _finished(response)
                if is_kept and not getattr(response, NOT_KEPT, False):
                    STORE.put(key, page)
            return page.answer(request)

        return answer

    return declare


def not_kept(response: HttpResponse) -> HttpResponse:
    """Mark an answer that is not worth keeping or changes by the second."""
    setattr(response, NOT_KEPT, True)
    return response


def known_parameters(asked: QueryDict, names: Sequence[str]) -> QueryDict:
    """Return what ``asked`` says of ``names``, each once and in their order; empty values, the ends of endless ones
    and languages that there are not are dropped.
    """
    known = QueryDict(mutable=True)
    for name in names:
        value = asked.get(name, "").strip()[:LONGEST_VALUE]
        if value and (name != LANGUAGE or value in dict(settings.LANGUAGES)):
            known[name] = value
    known._mutable = False
    return known


def _key(request: HttpRequest) -> Hashable:
    minute = int(request.arrived_at.timestamp()) // SECONDS_KEPT  # type: ignore[attr-defined]
    language = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    return request.path, request.GET.urlencode(), language, public_edition(), minute


def _finished(response: HttpResponse) -> KeptPage:
    digest = blake2b(response.content, digest_size=16).hexdigest()
    response.headers.setdefault("ETag", quote_etag(digest))
    return KeptPage(response.content, tuple(response.headers.items()))
