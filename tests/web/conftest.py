"""What all tests of the shell share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase

from keqiao.web.portal.kept_pages import STORE
from keqiao.web.privacy.keyring import draw_ring
from keqiao.web.scope import work_as_program
from tests.web.append_only import triggers_off
from tests.web.forked import children_are_forked  # noqa: F401
from tests.web.reading_only import gets_change_nothing  # noqa: F401
from tests.web.walls import as_application, as_before, as_owner

empty_all_tables = TransactionTestCase._fixture_teardown


def empty_all_tables_past_the_triggers(case: Any) -> None:
    """Tests that commit end by emptying every table, which the triggers on events rightly refuse."""
    with as_owner(), triggers_off():
        empty_all_tables(case)


TransactionTestCase._fixture_teardown = empty_all_tables_past_the_triggers  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """On PostgreSQL all tests run as the role of the running program, behind the walls between associations.

    What a test itself does is done by the program; each request is in the scope of who sends it.
    """
    work_as_program()
    with django_db_blocker.unblock():
        as_application()
    yield
    with django_db_blocker.unblock():
        as_before()


@pytest.fixture(autouse=True, scope="session")
def key_file() -> None:
    """The keys of personal values, as the start of the program makes them."""
    draw_ring()


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """Tests roll the edition of the public side back, which no installation does: begin without finished pages."""
    STORE.clear()


@pytest.fixture(autouse=True)
def second_factor_not_asked(settings: Any) -> None:
    """Staff of tests log in by password alone; ``tests/web/accounts/test_second_factor.py`` asks for more."""
    settings.SECOND_FACTOR_ROLES = frozenset()
