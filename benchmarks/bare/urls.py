"""The addresses of the product, and ``/bare/<name>``."""

import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks.bare import FOLDER
from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.config.urls import handler400, handler403, handler404, handler500
from keqiao.web.config.urls import urlpatterns as of_the_product

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@cache
def content(name: str) -> bytes:
    """What the benchmark laid down under this name, read once."""
    return (Path(os.environ[FOLDER]) / name).read_bytes()


@opens_to(PUBLIC)
def bare(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    """Answer ready bytes: no query, no template, no key."""
    return HttpResponse(content(name))


urlpatterns = [path("bare/<slug:name>", bare), *of_the_product]
