"""Who asks, and when."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest


def who_asks(request: HttpRequest) -> tuple[Any, datetime]:
    """Return the account behind the token (the middleware put it there) and when the request arrived."""
    return request.user, request.arrived_at  # type: ignore[attr-defined]
