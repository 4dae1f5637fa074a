"""What scanners and phones make of a page: turned, smaller, askew, in shadow and warm light, unsharp, grainy, JPEG."""

import io
import math
import random

import numpy as np
from PIL import Image, ImageFilter

DESKS = ((92, 74, 58), (40, 42, 46), (168, 160, 150), (120, 90, 66), (205, 198, 186))


def scanned(page: Image.Image, chance: random.Random) -> bytes:
    """A scan: nearly straight or upside down, at 100 to 200 dots to the inch."""
    smaller = page.resize([round(side * chance.uniform(0.5, 1.0)) for side in page.size], 3)
    turned = smaller.rotate(
        chance.choice((0, 90, 180, 270)) + chance.uniform(-3, 3), 3, expand=True, fillcolor=(250, 250, 250)
    )
    paper = [chance.uniform(0.94, 1.0) for _ in range(3)]
    return _jpeg(_grainy(_lit(turned, np.array(paper)), chance.uniform(1, 4), chance), chance)


def copied(page: Image.Image, chance: random.Random) -> bytes:
    """A black-and-white scan: what was red is grey."""
    turned = page.convert("L").rotate(chance.choice((0, 180)) + chance.uniform(-2, 2), 3, fillcolor=255)
    return _jpeg(turned, chance)


def photographed(page: Image.Image, chance: random.Random) -> bytes:
    """A photo: any angle, perspective, a desk around it, a shadow, warm or cold light, unsharp, grain."""
    height = chance.choice((1500, 1900, 2400, 3000))
    picture = _seen_askew(page, height, chance)
    light = _light(picture.size, chance) * _tint(chance)
    picture = _lit(picture, light)
    unsharp = chance.uniform(0.0, 1.6) * height / 2400
    picture = picture.filter(ImageFilter.GaussianBlur(unsharp))
    return _jpeg(_grainy(picture, chance.uniform(1, 7), chance), chance)


def _seen_askew(page: Image.Image, height: int, chance: random.Random) -> Image.Image:
    """The page from a hand's height, turned by any angle, on a desk, wholly in the picture."""
    angle = chance.uniform(0, 360)
    tilt, turn = math.radians(chance.uniform(-24, 24)), math.radians(chance.uniform(-24, 24))
    corners = [_camera(x, y, (angle, tilt, turn)) for x, y in _corners_of(page)]
    low = [min(axis) for axis in zip(*corners, strict=True)]
    high = [max(axis) for axis in zip(*corners, strict=True)]
    scale = height * chance.uniform(0.84, 0.95) / max(high[0] - low[0], high[1] - low[1])
    size = [round((high[axis] - low[axis]) * scale + height * 0.08) for axis in (0, 1)]
    placed = [
        tuple((corner[axis] - low[axis]) * scale + height * 0.04 for axis in (0, 1)) for corner in corners
    ]
    ends = ((0, 0), (page.width, 0), (page.width, page.height), (0, page.height))
    data = _from_four(placed, ends)
    factor = max(1, round(page.height / height))
    source = page.filter(ImageFilter.GaussianBlur(0.4 * factor))
    seen = source.transform(size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC)
    inside = Image.new("L", page.size, 255).transform(size, Image.Transform.PERSPECTIVE, data, 0)
    desk = Image.new("RGB", size, chance.choice(DESKS))
    desk.paste(seen, (0, 0), inside)
    return desk


def _corners_of(page: Image.Image) -> list[tuple[float, float]]:
    half, tall = page.width / page.height / 2, 0.5
    return [(-half, -tall), (half, -tall), (half, tall), (-half, tall)]


def _camera(x: float, y: float, how: tuple[float, float, float]) -> tuple[float, float]:
    """Where a pinhole sees a point of the sheet, which is turned in its plane, then tilted twice."""
    angle, tilt, turn = how
    turned = math.radians(angle)
    x, y = x * math.cos(turned) - y * math.sin(turned), x * math.sin(turned) + y * math.cos(turned)
    y, depth = y * math.cos(tilt), y * math.sin(tilt)
    x, depth = x * math.cos(turn) + depth * math.sin(turn), depth * math.cos(turn) - x * math.sin(turn)
    away = 2.2 + depth
    return 2.2 * x / away, 2.2 * y / away


def _from_four(places: list[tuple[float, ...]], ends: tuple[tuple[float, float], ...]) -> list[float]:
    """The eight numbers of the projection that leads each place to its end."""
    rows, values = [], []
    for (x, y), (u, v) in zip(places, ends, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return list(np.linalg.solve(np.array(rows), np.array(values)))


def _light(size: tuple[int, int], chance: random.Random) -> np.ndarray:
    """The light in each place: falling off to one side, and often the soft shadow of a hand or a phone."""
    ys, xs = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    angle = chance.uniform(0, 2 * math.pi)
    across = (xs / size[0] - 0.5) * math.cos(angle) + (ys / size[1] - 0.5) * math.sin(angle)
    light = 1 - chance.uniform(0, 0.35) * (across + 0.5)
    if chance.random() < 0.6:
        edge, soft = chance.uniform(-0.3, 0.3), chance.uniform(0.01, 0.12)
        other = (xs / size[0] - 0.5) * math.sin(angle) - (ys / size[1] - 0.5) * math.cos(angle)
        light = light * (1 - chance.uniform(0.2, 0.55) / (1 + np.exp((other - edge) / soft)))
    return light[:, :, None]


def _tint(chance: random.Random) -> np.ndarray:
    warm = chance.uniform(-0.3, 1.0)
    return np.array([1.0, 1 - 0.1 * max(warm, 0), 1 - 0.3 * warm if warm > 0 else 1.0]) * chance.uniform(
        0.75, 1
    )


def _lit(picture: Image.Image, light: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(np.asarray(picture, dtype=np.float32) * light, 0, 255).astype(np.uint8))


def _grainy(picture: Image.Image, sigma: float, chance: random.Random) -> Image.Image:
    noise = np.random.default_rng(chance.getrandbits(32)).normal(0, sigma, (*picture.size[::-1], 3))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


def _jpeg(picture: Image.Image, chance: random.Random) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=chance.randint(45, 92))
    return written.getvalue()
