"""Invented seals in red, worn and askew as they are; and red that is no seal: lines, words, a tick."""

import math
import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from keqiao.writers.pdf import FOLDERS
from proofs.stamping.pages import PER_MM

WORDS = "江州市科学技术协会东山县农业农村局南湖区推广中心"
FONT = next(path for folder in FOLDERS for path in Path(folder).glob("*Serif*Bold*"))
FINE = 2  # drawn so many times larger, then made smaller: soft edges


def stamped(picture: Image.Image, at: tuple[float, float], chance: random.Random) -> Image.Image:
    """The page with one seal pressed around a place (millimetres), as ink: it darkens what is under it."""
    mask = chance.choice((_round, _round, _round, _oval, _square))(chance)
    mask = _worn(mask.rotate(chance.uniform(-30, 30), Image.Resampling.BICUBIC, expand=True), chance)
    moved = (at[0] + chance.uniform(-5, 5), at[1] + chance.uniform(-6, 3))
    return _inked(
        picture, mask, moved, (chance.randint(185, 232), chance.randint(20, 60), chance.randint(25, 70))
    )


def scribbled(picture: Image.Image, chance: random.Random) -> Image.Image:
    """The page with red on it that is no seal."""
    draw = chance.choice((_stripe, _line_of_words, _lines_of_words, _tick, _ticks))
    mask = draw(chance)
    at = (chance.uniform(45, 165), chance.uniform(145, 250))
    return _inked(
        picture, mask, at, (chance.randint(190, 240), chance.randint(15, 60), chance.randint(20, 70))
    )


def _canvas(width_mm: float, height_mm: float) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    size = (round(width_mm * PER_MM * FINE), round(height_mm * PER_MM * FINE))
    picture = Image.new("L", size)
    return picture, ImageDraw.Draw(picture)


def _type(height_mm: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, round(height_mm * PER_MM * FINE))


def _words(chance: random.Random, count: int) -> str:
    start = chance.randrange(len(WORDS) - count)
    return WORDS[start : start + count]


def _round(chance: random.Random) -> Image.Image:
    across = chance.choice((38, 40, 42, 45))
    return _ringed(across, across, chance, has_star=chance.random() < 0.85)


def _oval(chance: random.Random) -> Image.Image:
    return _ringed(chance.choice((40, 45)), 30, chance, has_star=False)


def _ringed(across: float, high: float, chance: random.Random, *, has_star: bool) -> Image.Image:
    """A ring, words along its upper part, a star or words in the middle."""
    picture, draw = _canvas(across + 2, high + 2)
    unit = PER_MM * FINE
    draw.ellipse((unit, unit, unit * (across + 1), unit * (high + 1)), outline=255, width=round(1.1 * unit))
    middle = (picture.width / 2, picture.height / 2)
    words = _words(chance, chance.randint(8, 12))
    for number, sign in enumerate(words):
        angle = math.radians(150 + 240 * number / (len(words) - 1))
        x = middle[0] + math.cos(angle) * (across / 2 - 4.2) * unit
        y = middle[1] + math.sin(angle) * (high / 2 - 4.2) * unit
        glyph = Image.new("L", (round(6 * unit), round(6 * unit)))
        ImageDraw.Draw(glyph).text((glyph.width / 2, glyph.height / 2), sign, 255, _type(4.2), anchor="mm")
        turned = glyph.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        picture.paste(255, (round(x - glyph.width / 2), round(y - glyph.height / 2)), turned)
    if has_star:
        draw.polygon(_star(middle, 6.8 * unit), fill=255)
    else:
        draw.text(middle, "专用章", 255, _type(4.5), anchor="mm")
    return picture


def _star(middle: tuple[float, float], radius: float) -> list[tuple[float, float]]:
    return [
        (
            middle[0] + math.sin(math.pi * point / 5) * radius * (1 if point % 2 == 0 else 0.38),
            middle[1] - math.cos(math.pi * point / 5) * radius * (1 if point % 2 == 0 else 0.38),
        )
        for point in range(10)
    ]


def _square(chance: random.Random) -> Image.Image:
    """The seal of a name: a frame and two or four signs."""
    side = chance.choice((18, 20, 22, 25))
    picture, draw = _canvas(side + 2, side + 2)
    unit = PER_MM * FINE
    draw.rectangle((unit, unit, unit * (side + 1), unit * (side + 1)), outline=255, width=round(1.2 * unit))
    words = _words(chance, 4)
    for number, sign in enumerate(words):
        x = 1 + side * (0.28 + 0.44 * (number % 2))
        y = 1 + side * (0.28 + 0.44 * (number // 2))
        draw.text((x * unit, y * unit), sign, 255, _type(side * 0.38), anchor="mm")
    return picture


def _stripe(chance: random.Random) -> Image.Image:
    picture, draw = _canvas(chance.uniform(60, 150), 6)
    thick = chance.uniform(0.8, 4.0)
    draw.rectangle((0, 0, picture.width, thick * PER_MM * FINE), fill=255)
    return picture.rotate(chance.uniform(-8, 8), expand=True)


def _line_of_words(chance: random.Random) -> Image.Image:
    height = chance.uniform(5, 12)
    words = _words(chance, chance.randint(4, 12))
    picture, draw = _canvas(height * len(words) * 1.1, height * 1.4)
    draw.text((0, 0), words, 255, _type(height))
    return picture


def _lines_of_words(chance: random.Random) -> Image.Image:
    height, count = chance.uniform(3.5, 6), chance.randint(6, 10)
    picture, draw = _canvas(height * count * 1.05, height * 1.6 * 3)
    for line in range(chance.randint(2, 3)):
        words = _words(chance, count - (chance.randint(0, 3) if line else 0))
        draw.text((0, line * height * 1.6 * PER_MM * FINE), words, 255, _type(height))
    return picture


def _tick(chance: random.Random) -> Image.Image:
    picture, draw = _canvas(34, 34)
    size, width = picture.width, round(chance.uniform(0.6, 1.2) * PER_MM * FINE)
    draw.line([(0.1 * size, 0.5 * size), (0.35 * size, 0.85 * size), (0.9 * size, 0.1 * size)], 255, width)
    return picture


def _ticks(chance: random.Random) -> Image.Image:
    """A wavy line under something, as teachers draw it."""
    length = chance.uniform(30, 80)
    picture, draw = _canvas(length, 8)
    unit = PER_MM * FINE
    points = [(x * unit, (4 + 2 * math.sin(x)) * unit) for x in range(round(length))]
    draw.line(points, 255, round(0.7 * unit))
    return picture


def _worn(mask: Image.Image, chance: random.Random) -> Image.Image:
    """Ink that is thin in places, and missing in small ones."""
    grain = np.random.default_rng(chance.getrandbits(32))
    size = (mask.height, mask.width)
    cloud = Image.fromarray((grain.random((9, 9)) * 255).astype(np.uint8)).resize((size[1], size[0]), 3)
    thin = 0.55 + 0.45 * np.asarray(cloud) / 255
    spots = grain.random(size) > chance.uniform(0.0, 0.25)
    return Image.fromarray((np.asarray(mask) * thin * spots * chance.uniform(0.75, 1.0)).astype(np.uint8))


def _inked(
    picture: Image.Image, mask: Image.Image, at: tuple[float, float], ink: tuple[int, int, int]
) -> Image.Image:
    """Ink over paper and print: light goes through both."""
    small = mask.resize((mask.width // FINE, mask.height // FINE), Image.Resampling.BOX)
    whole = Image.new("L", picture.size)
    whole.paste(small, (round(at[0] * PER_MM - small.width / 2), round(at[1] * PER_MM - small.height / 2)))
    cover = np.asarray(whole, dtype=np.float32)[:, :, None] / 255
    through = 1 - cover * (1 - np.array(ink, dtype=np.float32) / 255)
    return Image.fromarray((np.asarray(picture, dtype=np.float32) * through).astype(np.uint8))
