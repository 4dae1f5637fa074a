"""What 全省, 市级, 本市, 各县 and 省科协 mean in a call: that depends on the region it is made for."""

from dataclasses import dataclass

from keqiao.core.rules.words import ApplicantWords, LevelWord

LEVELS = ("nation", "province", "prefecture", "county", "township")
"""Levels of units and regions, the widest first."""


@dataclass(frozen=True, slots=True)
class Region:
    """The region of a call: its name, its level, and the names of the regions round it, the widest first."""

    name: str
    level: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """The levels a word means (none: any) and the area it keeps to ("": none that can be named)."""

    levels: tuple[str, ...]
    area: str = ""


def region_named(name: str | None, words: ApplicantWords, above: tuple[str, ...] = ()) -> Region | None:
    """The region with this name; None where the name does not tell its level.

    A name on 市 is taken for a prefecture, or for a province where it is one of the municipalities; whoever knows
    better (a county-level city) makes the ``Region`` itself.
    """
    levels = levels_of_name(name or "", words)
    return Region(name, levels[0], above) if name and levels else None


def levels_of_name(name: str, words: ApplicantWords) -> tuple[str, ...]:
    """The levels that a region of this name may have; none where it is no name of a region."""
    if name in words.municipalities:
        return ("province",)
    return next((levels for ending, levels in words.regions if name.endswith(ending) and name != ending), ())


def reach_of(level: LevelWord, region: Region | None) -> Reach:
    """What a level word means in a call of ``region``."""
    if region is None:
        return Reach(level.levels)
    if level.own and region.name.endswith(level.own):
        return Reach((region.level,), region.name)
    if not level.levels or LEVELS.index(level.levels[0]) >= LEVELS.index(region.level):
        return Reach(level.levels, region.name)
    return Reach(level.levels, _wider(level, region))


def names_of_association(words_for_it: str, region: Region | None, words: ApplicantWords) -> tuple[str, ...]:
    """The full and short names of the association that is called so (省科协, 湖南省科协); none: it cannot be told."""
    ending = next((name for name in words.associations if words_for_it.endswith(name)), "")
    head = words_for_it.removesuffix(ending)
    if not ending:
        return ()
    level = next((level for level in words.levels if level.word == head), None)
    area = reach_of(level, region).area if level else head
    if not area or (level is None and not levels_of_name(head, words)):
        return ()
    short = next((area.removesuffix(end) for end, _ in words.regions if area.endswith(end)), area)
    return tuple(name + ending for ending in words.associations for name in dict.fromkeys((area, short)))


def _wider(level: LevelWord, region: Region) -> str:
    """The region round the call's own that has the level, as far as it is known."""
    if not level.own:
        return ""
    return next((name for name in reversed(region.above) if name.endswith(level.own)), "")
