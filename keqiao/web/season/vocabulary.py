"""The words that worlds are drawn from: ``keqiao/data/season/*.yaml``, read once."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from keqiao.web.season.world import Area, Ground

LEVEL_BELOW = {"province": "prefecture", "prefecture": "county"}


@cache
def words(name: str) -> Mapping[str, Any]:
    """Return one file of ``keqiao/data/season`` as it stands: people, places, registers or units."""
    text = files("keqiao.data").joinpath("season", f"{name}.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return read


def grounds() -> Mapping[str, Ground]:
    """Return where worlds can be drawn, by the address of the association."""
    return {slug: _ground(slug, entry) for slug, entry in words("places").items()}


def _ground(slug: str, entry: Mapping[str, Any]) -> Ground:
    return Ground(
        slug=slug,
        place=Area(**entry["place"]),
        level=entry["level"],
        level_below=LEVEL_BELOW[entry["level"]],
        below=tuple(Area(code, name) for code, name in entry["below"].items()),
    )
