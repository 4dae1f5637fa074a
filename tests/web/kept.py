"""Rows that several tests read are made once and taken back after the last of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def kept_rows(django_db_blocker: Any) -> Iterator[None]:
    """What is written inside stays for the tests of a module; each of them takes back its own changes.

    For a fixture of a wider scope, which asks for ``django_db_setup`` and ``django_db_blocker``. Tests that commit
    (``transaction=True``) must not run while it is open. Who hands out objects that tests change copies them.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
