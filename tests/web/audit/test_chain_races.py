"""Many writers on one chain at once: no gap, no fork, nobody lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from keqiao.web.audit import log
from keqiao.web.audit.queries import timeline
from keqiao.web.audit.verification import check_chains

CASE = log.Chain("programmes.call", "7a7e7d0e-0000-4000-8000-000000000001")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WRITERS, EVENTS_EACH = 8, 10


def write_some(_writer: int) -> None:
    try:
        for _number in range(EVENTS_EACH):
            with transaction.atomic():
                log.record("published", CASE, actor=None, role="tests", at=NOON)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_one_chain_without_gaps():
    if connection.vendor == "sqlite":
        pytest.skip("a database in memory has one connection; SQLite lets one writer in at a time anyway")
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write_some, range(WRITERS)))
    assert [event.sequence for event in timeline(CASE)] == list(range(1, WRITERS * EVENTS_EACH + 1))
    assert check_chains().faults == ()
