"""Pictures for README and handbook, made while a journey passes, so that they show what really is."""

import os
from pathlib import Path

from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PHONE_HEIGHT = 2400  # as much of a long page as a handbook can show
KINDS = {"light": ("light", DESKTOP), "dark": ("dark", DESKTOP), "phone": ("light", PHONE)}


def picture(page: Page, name: str) -> None:
    """Write ``docs/pictures/<name>-{light,dark,phone}.png``, if KEQIAO_PICTURES is 1."""
    if os.environ.get("KEQIAO_PICTURES") != "1":
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    for kind, (scheme, size) in KINDS.items():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        height = page.evaluate("document.documentElement.scrollHeight") if size is PHONE else size["height"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(height, PHONE_HEIGHT)}
        path = PICTURES / f"{name}-{kind}.png"
        page.screenshot(path=path, full_page=size is PHONE, clip=clip, animations="disabled")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
