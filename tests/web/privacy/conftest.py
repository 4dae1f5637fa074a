"""A key file of its own for tests that change keys."""

from pathlib import Path
from typing import Any

import pytest

from keqiao.web.privacy.keyring import draw_ring


@pytest.fixture
def own_ring(settings: Any, tmp_path: Path) -> Path:
    """A fresh ring, so that turning and losing keys disturbs no other test."""
    settings.KEYRING_FILE = tmp_path / "keys" / "keyring.json"
    draw_ring()
    return settings.KEYRING_FILE
