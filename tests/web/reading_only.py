"""Opening a page changes nothing: every GET of every test is watched for writes to business tables."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connections
from django.http import HttpRequest, HttpResponse

WRITE = re.compile(r"""\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)""", re.IGNORECASE)
READING = {"GET", "HEAD"}
EXCEPTED = re.compile(r"audit_\w+|django_session|keqiao_cache|api_tokenuse")
"""Events, sessions, the limiter's counts, the hour in which a token was used."""


def note_writes(faults: list[str], path: str) -> Callable[..., Any]:
    """Make a wrapper of database calls that notes each write during the GET of ``path``."""

    def execute(call: Callable[..., Any], sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        write = WRITE.match(str(sql))
        if write and not EXCEPTED.fullmatch(write[1]):
            faults.append(f"GET {path} writes to {write[1]}")
        return call(sql, parameters, many, context)

    return execute


@pytest.fixture(autouse=True)
def gets_change_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fail a test whose GETs wrote to a business table; gives the list of what was noted."""
    faults: list[str] = []
    answer = BaseHandler.get_response

    def watched(handler: BaseHandler, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            return answer(handler, request)
        with connections["default"].execute_wrapper(note_writes(faults, request.path)):
            return answer(handler, request)

    monkeypatch.setattr(BaseHandler, "get_response", watched)
    yield faults
    assert not faults, "\n".join(faults)
