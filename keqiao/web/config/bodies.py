"""Forms come whole or not at all: a connection that breaks off leaves half a form, which must not pass for a whole one.

A web server hands over what came until then as if it were all. Uploads that go on where they stopped read their own
bodies and are left alone.
"""

from collections.abc import Callable, Iterable
from typing import Any

Environment = dict[str, Any]
Application = Callable[[Environment, Any], Iterable[bytes]]

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class WholeBody:
    """The body of a request: raises ConnectionResetError where it ends before its announced length (in bytes)."""

    def __init__(self, stream: Any, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int = -1) -> bytes:
        """Return ``size`` bytes, or all that are left."""
        wanted = self._left if size < 0 else min(size, self._left)
        pieces = []
        while wanted:
            pieces.append(piece := self._counted(self._stream.read(wanted)))
            wanted -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int = -1) -> bytes:
        """Return the next line, of at most ``size`` bytes."""
        most = self._left if size < 0 else min(size, self._left)
        return self._counted(self._stream.readline(most)) if most else b""

    def _counted(self, piece: bytes) -> bytes:
        if not piece:
            raise ConnectionResetError(f"a form was cut off, {self._left} bytes before its end")
        self._left -= len(piece)
        return piece


def with_whole_bodies(application: Application) -> Application:
    """Return ``application``, which from then on meets no form that was cut off."""

    def answer(environ: Environment, start: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and environ.get("CONTENT_TYPE", "").lower().startswith(FORMS):
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start)

    return answer
