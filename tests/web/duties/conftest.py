"""The room with two kinds of its own."""

import pytest

from tests.web.duties.kinds import MODULES, kinds_of_tests


@pytest.fixture
def facts():
    """What is owed by the facts: a list for tests to fill."""
    return []


@pytest.fixture
def kinds(monkeypatch, facts):
    """The kinds of the tests in place of those of the rooms."""
    made = kinds_of_tests(facts)
    for module in MODULES:
        monkeypatch.setattr(f"keqiao.web.duties.{module}.all_kinds", lambda: made)
    return made
