"""Whole addresses of pages, as letters, papers and programs name them.

They begin with the address of the site as it is configured, never with what a request calls it.
"""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse


def page_address(page: str, *arguments: Any) -> str:
    """Return the whole address of the page with this name."""
    return whole_address(reverse(page, args=arguments))


def whole_address(path: str) -> str:
    """Return the whole address of a path of this site."""
    return urljoin(settings.SITE_URL, path)
