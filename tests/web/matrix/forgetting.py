"""A planted fault for the proof ``matrix``: the registers forget for whom they are read. Loaded with ``pytest -p``."""

import pytest
from django.db.models import Q


@pytest.fixture(autouse=True)
def registers_forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of every register is readable."""
    monkeypatch.setattr("keqiao.web.registers.permissions.readable", lambda *_viewer: Q())
    monkeypatch.setattr("keqiao.web.programmes.permissions.visible_in_the_office", lambda *_viewer: Q())
