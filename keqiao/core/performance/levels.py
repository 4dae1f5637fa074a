"""The levels of a performance table (一级、二级指标), and to which of them a target belongs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from keqiao.core.programme.targets import Target


class Level(StrEnum):
    """First level. ``cost`` is one only where the form of the finance bureau has it."""

    EXECUTION = "execution"
    OUTPUT = "output"
    COST = "cost"
    EFFECT = "effect"
    SATISFACTION = "satisfaction"


class Sublevel(StrEnum):
    """Second level."""

    EXECUTION = "execution"
    QUANTITY = "quantity"
    QUALITY = "quality"
    TIMELINESS = "timeliness"
    COST = "cost"
    ECONOMIC = "economic"
    SOCIAL = "social"
    ECOLOGICAL = "ecological"
    LASTING = "lasting"
    SATISFACTION = "satisfaction"


_LEVELS = {
    Sublevel.EXECUTION: Level.EXECUTION,
    Sublevel.QUANTITY: Level.OUTPUT,
    Sublevel.QUALITY: Level.OUTPUT,
    Sublevel.TIMELINESS: Level.OUTPUT,
    Sublevel.COST: Level.OUTPUT,
    Sublevel.ECONOMIC: Level.EFFECT,
    Sublevel.SOCIAL: Level.EFFECT,
    Sublevel.ECOLOGICAL: Level.EFFECT,
    Sublevel.LASTING: Level.EFFECT,
    Sublevel.SATISFACTION: Level.SATISFACTION,
}


def level_of(sublevel: Sublevel, *, has_cost: bool = False) -> Level:
    """Return the first level of a second one; ``has_cost``: cost is a first level of its own."""
    return Level.COST if sublevel is Sublevel.COST and has_cost else _LEVELS[sublevel]


@dataclass(frozen=True, slots=True)
class LevelWords:
    """Names in both languages, and the words by which the name of a target tells its sublevel.

    ``names``: by group (``levels``, ``sublevels``, ``grades``, ``rows``), code and language. ``percent`` holds for
    targets in percent, ``named`` for all, in the order in which they are looked for. What no word tells is a quantity.
    """

    percent: Mapping[str, Sublevel]
    named: Mapping[str, Sublevel]
    names: Mapping[str, Mapping[str, Mapping[str, str]]]

    def name(self, group: str, code: str, language: str = "zh") -> str:
        """Return the name of a level, sublevel, grade or standing row."""
        return self.names[group][code][language]


def sublevel_of(target: Target, words: LevelWords) -> Sublevel:
    """Return where a target stands in the table. An office may put it elsewhere; this is where it begins."""
    looked = [words.percent, words.named] if target.unit == "%" else [words.named]
    for listed in looked:
        for word, sublevel in listed.items():
            if word in target.metric:
                return sublevel
    return Sublevel.QUANTITY
