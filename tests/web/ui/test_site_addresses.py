"""Addresses that leave the site begin with its configured address, in one place."""

import re

import pytest

from keqiao.web.ui.site_addresses import page_address, whole_address
from tests.architecture.tree import ROOT

BY_HAND = re.compile(r"urljoin\(settings\.SITE_URL|\{settings\.SITE_URL[^}]*\}\{")


@pytest.mark.parametrize("site", ["https://kx.example.cn", "http://127.0.0.1:8000"])
def test_a_whole_address_begins_with_the_site(settings, site):
    settings.SITE_URL = site
    assert page_address("portal:desk") == f"{site}/desk/"
    assert whole_address("/calls/x/?lang=en") == f"{site}/calls/x/?lang=en"


def test_nobody_puts_one_together_by_hand():
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "keqiao").rglob("*.py")}
    found = {path.stem for path, text in texts.items() if BY_HAND.search(text)}
    assert found == {"site_addresses"}
    assert BY_HAND.search('f"{settings.SITE_URL}{path}"')
