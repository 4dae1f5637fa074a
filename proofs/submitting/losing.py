"""A server with a planted fault: the page of its queue has lost the form."""

from importlib import import_module
from typing import Any

from keqiao.web.config.wsgi import application

__all__ = ["application"]

submitting = import_module("keqiao.web.applications.views.submitting")  # once the applications are loaded
queue = submitting._queue


def lose(request: Any, pk: Any, said: dict[str, str], waiting: Any) -> Any:
    """The page with a place and nothing to send again."""
    return queue(request, pk, said | {"key": ""}, waiting)


submitting._queue = lose
