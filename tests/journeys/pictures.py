"""Pictures for README and handbook, made while a journey passes, so that they show what really is."""

import os
from pathlib import Path

from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
KINDS = {"light": ("light", DESKTOP), "dark": ("dark", DESKTOP), "phone": ("light", PHONE)}


def picture(page: Page, name: str) -> None:
    """Write ``docs/pictures/<name>-{light,dark,phone}.png``, if KEQIAO_PICTURES is 1."""
    if os.environ.get("KEQIAO_PICTURES") != "1":
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    for kind, (scheme, size) in KINDS.items():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        page.screenshot(path=PICTURES / f"{name}-{kind}.png", full_page=size is PHONE, animations="disabled")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
