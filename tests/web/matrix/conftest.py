"""The worlds of the matrix, made once for the tests of a module: each of them takes back whatever it changes."""

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from tests.web.kept import kept_rows
from tests.web.matrix import requests
from tests.web.matrix.worlds import World, made_world

WORLDS = 3 if os.environ.get("MATRIX") else 2
MANY = {"api": "99999/m/key", "api_public": "99999/m/ip"}


@pytest.fixture(scope="module")
def kept_worlds(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[list[World]]:
    """Two associations; three where the matrix is asked for at full size."""
    stored = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("stored"))
    with stored, kept_rows(django_db_blocker):
        made = [made_world(number) for number in range(1, WORLDS + 1)]
        requests.EXAMPLES.update(made[0].objects)
        yield made


@pytest.fixture
def worlds(kept_worlds: list[World]) -> Iterator[list[World]]:
    """The worlds, with nothing logged (a line for so many requests takes a third of the time) and no limits by rate."""
    logging.disable(logging.CRITICAL)
    with override_settings(OWN_RATE_LIMITS={**settings.OWN_RATE_LIMITS, **MANY}):
        yield kept_worlds
    logging.disable(logging.NOTSET)
