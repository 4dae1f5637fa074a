"""Beside an application on the page of its unit: how it came out, once the award is issued."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from keqiao.web.applications.panels import Panel
from keqiao.web.public_notice.queries import letter_of
from keqiao.web.public_notice.shown import result_words

PLACE = 10


def panels(application: Any, _request: HttpRequest) -> Iterable[Panel]:
    """Give the panel once there is a letter; before, nothing tells how the decision stands."""
    if application.submitted_at is None:
        return
    letter = letter_of(application.pk)
    if letter is not None:
        yield Panel("public_notice/beside.html", {"letter": letter, "words": result_words(letter)}, PLACE)
