"""Many announcements at once on little room: the limit holds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from keqiao.web.files import actions, permissions
from keqiao.web.files.models import Space, StoredFile
from tests.web import make

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HERE = uuid4()


def announce_one(person) -> bool:
    try:
        actions.announce(actions.Announced("paper", "a.txt", 100, HERE), actor=person, at=NOON)
    except ValidationError:
        return False
    finally:
        connection.close()
    return True


@pytest.mark.django_db(transaction=True)
def test_of_forty_announcements_at_once_only_as_many_pass_as_there_is_room_for(monkeypatch, settings):
    if connection.vendor == "sqlite":
        pytest.skip("a database in memory has one connection; SQLite lets one writer in at a time anyway")
    settings.FILES_SPACE_BYTES = 550
    monkeypatch.setattr(permissions, "_purposes", {})
    permissions.register(
        permissions.Purpose("paper", frozenset({"txt"}), 1000, lambda *_: True, lambda *_: True)
    )
    people = [make.user() for _number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(announce_one, people))
    assert (passed, StoredFile.objects.count(), Space.objects.get().used_bytes) == (5, 5, 500)
