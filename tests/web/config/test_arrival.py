"""A form arrives when its last byte has come; one that was cut off, or is too large, reaches no view."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.config.bodies import with_whole_bodies
from keqiao.web.config.middleware import arrival

seen: list[str] = []


@opens_to(PUBLIC)
def noted(request: HttpRequest) -> HttpResponse:
    seen.append(request.POST.get("said", "nothing"))
    return JsonResponse({"at": request.arrived_at.isoformat(), "said": seen[-1]})


noted.csrf_exempt = True
urlpatterns = [path("noted", noted), path("", include("keqiao.web.config.urls"))]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
application = with_whole_bodies(WSGIHandler())
PARTS = b'--b\r\nContent-Disposition: form-data; name="said"\r\n\r\nall of it\r\n--b--\r\n'
FORMS = [("application/x-www-form-urlencoded", b"said=all+of+it"), ("multipart/form-data; boundary=b", PARTS)]


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    seen.clear()


@pytest.fixture(autouse=True)
def the_connection_of_the_test_stays() -> Iterator[None]:
    """A server lets go of its connection after each request; the test's own must not go."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


class Slow(io.BytesIO):
    """A body whose last byte comes at a moment of its own: what the clock says is set by reading it."""

    clock: list[datetime]

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        if self.tell() == len(self.getvalue()):
            self.clock[0] = LATE
        return piece


EARLY = datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)
LATE = EARLY + timedelta(minutes=5)


def posted(body: io.BytesIO, kind: str, length: int) -> tuple[str, dict[str, str], bytes]:
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/noted", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
               "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(length), "wsgi.input": body, "wsgi.url_scheme": "http",
               "wsgi.errors": io.StringIO()}  # fmt: skip
    began: list[tuple[str, dict[str, str]]] = []
    answer = application(environ, lambda status, headers, *_: began.append((status, dict(headers))))
    return *began[0], b"".join(answer)


@pytest.mark.parametrize(("kind", "body"), FORMS)
def test_a_form_arrives_with_its_last_byte(monkeypatch, kind, body):
    slow = Slow(body)
    slow.clock = [EARLY]
    monkeypatch.setattr(arrival, "database_now", lambda: slow.clock[0])

    status, _headers, answer = posted(slow, kind, len(body))

    assert (status[:3], LATE.isoformat().encode() in answer, seen) == ("200", True, ["all of it"])


@pytest.mark.parametrize("missing", [1, 6])
@pytest.mark.parametrize(("kind", "body"), FORMS)
def test_a_form_that_was_cut_off_reaches_no_view(kind, body, missing):
    whole = posted(io.BytesIO(body), kind, len(body))
    status, headers, _answer = posted(io.BytesIO(body[:-missing]), kind, len(body))

    assert (whole[0][:3], status[:3], seen) == ("200", "400", ["all of it"])
    assert "Content-Security-Policy" in headers


def test_a_form_that_is_too_large_reaches_no_view(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    status, headers, _answer = posted(io.BytesIO(FORMS[0][1]), FORMS[0][0], len(FORMS[0][1]))

    assert (status[:3], seen, "Content-Security-Policy" in headers) == ("400", [], True)


def test_what_is_no_form_stays_unread():
    body = io.BytesIO(b"a piece of a file")

    status, _headers, _answer = posted(body, "application/offset+octet-stream", 100)

    assert (status[:3], body.tell(), seen) == ("200", 0, ["nothing"])


@pytest.mark.parametrize("skew", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_on_postgres_the_stamp_is_the_clock_of_the_database_whatever_the_node_thinks(monkeypatch, skew):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no clock but that of this machine, and one machine")

    class Skewed(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + skew

    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        before = cursor.fetchone()[0]
    monkeypatch.setattr(arrival, "datetime", Skewed)

    stamp = arrival.database_now()

    assert timedelta(0) <= stamp - before < timedelta(minutes=1)
