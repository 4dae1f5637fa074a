"""All text can be read: at least 4.5 to 1 in light and dark, 3 to 1 for the edges of controls (WCAG 2.2 AA)."""

import re
from importlib.resources import files

import pytest

TOKENS = files("keqiao.web.ui").joinpath("static", "ui", "tokens.css").read_text(encoding="utf-8")
BLOCK = r"\s*\{([^}]*)\}"
LIGHT = re.search(r":root" + BLOCK, TOKENS)[1]
DARK_BY_SYSTEM = re.search(r':root:not\(\[data-mode="light"\]\)' + BLOCK, TOKENS)[1]
DARK_BY_SWITCH = re.search(r':root\[data-mode="dark"\]' + BLOCK, TOKENS)[1]

GROUNDS = ("paper", "surface", "surface-sunk")
TINTS = ("money", "count", "date", "condition", "target", "contact")
TEXTS = [
    *[(text, ground) for text in ("ink", "ink-soft", "brand", "brand-deep", "red") for ground in GROUNDS],
    *[("ink", f"{colour}-soft") for colour in ("brand", "red", "green", "amber", "grey")],
    *[("ink", f"tint-{tint}") for tint in TINTS],
    *[("ink-soft", f"{colour}-soft") for colour in ("brand", "red", "green", "amber")],
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("brand", "brand-soft"),
    ("red", "red-soft"),
    ("green-text", "green-soft"),
    ("green-text", "surface"),
    ("green-text", "surface-sunk"),
    ("amber-text", "amber-soft"),
    ("amber-text", "paper"),
    ("amber-text", "surface"),
    ("grey", "grey-soft"),
    ("grey", "paper"),
    ("surface", "red"),
]
EDGES = [
    *[("line-strong", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in GROUNDS],
    ("green", "surface-sunk"),
    ("brand", "surface-sunk"),
    ("official", "surface"),
    ("amber", "surface"),
    ("red", "red-soft"),
]


def colours(block: str) -> dict[str, str]:
    """The colours of one set, by name."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` as WCAG defines it, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_weak(block: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    known = colours(block)
    found = [(text, ground, contrast(known[text], known[ground])) for text, ground in pairs]
    return [f"{text} on {ground}: {ratio:.2f}" for text, ground, ratio in found if ratio < least]


@pytest.mark.parametrize("block", [LIGHT, DARK_BY_SWITCH], ids=["light", "dark"])
def test_text_can_be_read(block):
    assert too_weak(block, TEXTS, 4.5) == []


@pytest.mark.parametrize("block", [LIGHT, DARK_BY_SWITCH], ids=["light", "dark"])
def test_edges_can_be_seen(block):
    assert too_weak(block, EDGES, 3.0) == []


def test_both_dark_sets_are_the_same_and_leave_no_colour_out():
    assert colours(DARK_BY_SYSTEM) == colours(DARK_BY_SWITCH)
    assert colours(DARK_BY_SWITCH).keys() == colours(LIGHT).keys()


def test_the_measure_is_that_of_the_standard():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert too_weak("--a: #777777; --b: #ffffff;", [("a", "b")], 4.5) == ["a on b: 4.48"]
