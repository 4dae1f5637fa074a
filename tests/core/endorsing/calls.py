"""The chains of the five calls as their definitions state them, found by the id of the chain."""

from collections.abc import Iterator
from functools import cache

from keqiao.core.programme import effective
from keqiao.core.programme.endorsement import EndorsementChain
from keqiao.core.programme.inheritance import Effective
from keqiao.core.programme.tree import Path
from keqiao.core.programme.types import Category, Programme
from keqiao.core.rules.kinds import Setting
from keqiao.core.rules.regions import region_named
from keqiao.readers import programmes
from keqiao.readers.rule_words import rule_words

CALLS = ("sanmenxia-2023", "henan-2023", "hunan-2022", "jining-2023", "yinchuan-2022")


@cache
def programme(call: str) -> Programme:
    """The shipped definition of a call."""
    return programmes.load(call)


def chains(call: str) -> dict[str, EndorsementChain]:
    """All chains that a call states anywhere, by their ids."""
    nodes = [programme(call), *(node for _path, node in categories(programme(call)))]
    return {chain.id: chain for node in nodes for chain in node.endorsement}


def categories(node: Programme | Category, above: Path = ()) -> Iterator[tuple[Path, Category]]:
    """Every category with the ids on the way to it."""
    for each in node.categories:
        yield (*above, each.id), each
        yield from categories(each, (*above, each.id))


def category(call: str, name: str) -> Effective:
    """What holds in the category with this id."""
    path = next(path for path, _node in categories(programme(call)) if path[-1] == name)
    return effective(programme(call), path)


def setting(call: str) -> Setting:
    """What the words of a call are read in."""
    words = rule_words().applicants
    return Setting(words, region_named(programme(call).region, words))
