"""All requests of the matrix: every route, with the own object, those of others, and one that is not there."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from keqiao.web.access import Opening, opening_of
from tests.architecture.routes import routes
from tests.web.matrix.line import Line
from tests.web.matrix.lines import LINES
from tests.web.matrix.worlds import World

API, KEY = "/api/v1/", {"Idempotency-Key": "matrix-0001"}
LONG = 8  # characters: a shorter id is only known in the address
WRITE = re.compile(r"""\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)""", re.IGNORECASE)
NOT_OURS = re.compile(r"django_session|keqiao_cache|api_tokenuse")
"""Tables of who is here just now: the session, what is kept for a while, when a token was last shown."""
TOKENS = re.compile(rb'(csrfmiddlewaretoken" value|"X-CSRFToken"|nonce)(?:="?|: ")[\w+/=-]+')


@dataclass(frozen=True)
class Route:
    """A route of the site, with its declaration and its line of the table."""

    name: str
    pattern: URLPattern

    @cached_property
    def opening(self) -> Opening | None:
        """Who may open it."""
        return opening_of(self.pattern.callback, self.name)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in its address."""
        regex = self.pattern.pattern
        return tuple(regex.converters) or tuple(regex.regex.groupindex)

    @property
    def line(self) -> Line:
        """What stands in its address."""
        return LINES.get(self.name, Line())

    def address(self, world: World | None) -> tuple[str, tuple[str, ...]]:
        """Its address with the object of a world (None: one that is not there), and the ids that stand in it."""
        values = dict(self.line.more)
        if self.line.of:
            main = next(name for name in self.parameters if name not in values)
            values[main] = f"@{self.line.of}"
        filled = {name: _value(value, world) for name, value in values.items()}
        ids = tuple(str(filled[name]) for name, value in values.items() if str(value).startswith("@"))
        query = f"?{self.line.query}" if self.line.query else ""
        return reverse(self.name, kwargs=filled) + query, ids


def _value(value: Any, world: World | None) -> Any:
    if not (isinstance(value, str) and value.startswith("@")):
        return value
    if world is not None:
        return world.objects[value[1:]]
    return absent_like(EXAMPLES.get(value[1:], ""))


EXAMPLES: dict[str, Any] = {}
"""An object of each kind, so that one that is not there can be of the same shape."""


def absent_like(example: Any) -> Any:
    """An id of the same shape that names nothing."""
    if isinstance(example, UUID):
        return uuid4()
    if isinstance(example, int):
        return 987_654_321
    return "999999" if str(example).isdigit() else "absent-one"


def all_routes(urlconf: str | None = None) -> list[Route]:
    """All routes of the site."""
    return [Route(name, pattern) for name, pattern in routes(get_resolver(urlconf).url_patterns)]


@dataclass(frozen=True)
class Answer:
    """What came back, and which tables were written."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    written: tuple[str, ...]
    fault: str = ""

    def masked(self, ids: Sequence[str]) -> tuple[int, bytes, str]:
        """What can be compared with the answer to another id."""
        body, location = self.body, self.headers.get("Location", "")
        for each in ids:
            for where in (f"/{each}/", quote(f"/{each}/", safe=""), each if len(each) >= LONG else ""):
                if where:
                    body, location = body.replace(where.encode(), b"(id)"), location.replace(where, "(id)")
        return self.status, TOKENS.sub(b"", body), location


def ask(browser: Client, method: str, address: str, post: Mapping[str, Any] | None = None) -> Answer:
    """Send one request and take back all that it changed."""
    written: list[str] = []

    def noting(execute: Any, sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        write = WRITE.match(str(sql))
        done = execute(sql, parameters, many, context)
        if write and not NOT_OURS.fullmatch(write[1]) and context["cursor"].rowcount:
            written.append(write[1])
        return done

    cookies = browser.cookies.output()
    with transaction.atomic():
        with connection.execute_wrapper(noting):
            answer = _sent(browser, method, address, post or {})
        transaction.set_rollback(True)
    if browser.cookies.output() != cookies:
        browser.cookies.clear()
        browser.cookies.load(dict(_parsed(cookies)))
    return Answer(answer.status_code, _body(answer), dict(answer.headers), tuple(written))


def _parsed(cookies: str) -> Iterator[tuple[str, str]]:
    for line in cookies.splitlines():
        name, _, rest = line.removeprefix("Set-Cookie: ").partition("=")
        yield name, rest.split(";")[0]


def _sent(browser: Client, method: str, address: str, post: Mapping[str, Any]) -> HttpResponseBase:
    if address.startswith(API) and method not in ("GET", "fragment"):
        return browser.generic(method, address, json.dumps(post), "application/json", headers=KEY)
    if method == "POST":
        return browser.post(address, post)
    if method == "HEAD":
        return browser.head(address)
    headers = {"HX-Request": "true"} if method == "fragment" else None
    return browser.get(address, headers=headers)


def _body(answer: Any) -> bytes:
    return answer.getvalue() if answer.streaming else answer.content
