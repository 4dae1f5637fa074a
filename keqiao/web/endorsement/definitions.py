"""What a revision states of endorsing a category: its chains, kept in memory, because revisions never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from keqiao.core.endorsing.stages import Stage, endorsing_stages, stages_of
from keqiao.core.findings import Source
from keqiao.core.programme import effective
from keqiao.core.programme.endorsement import EndorsementChain
from keqiao.core.programme.inheritance import Effective, Stated
from keqiao.core.rules.kinds import Setting
from keqiao.core.rules.regions import region_named
from keqiao.readers.endorsing_words import endorsing_words
from keqiao.readers.rule_words import rule_words
from keqiao.web.eligibility.calls import ready_call

CATEGORIES_KEPT = 2000  # in the memory of one process


@dataclass(frozen=True, slots=True)
class Way:
    """One chain as a revision states it: its stages before filing, and all of them."""

    chain: EndorsementChain
    node: str
    stages: tuple[Stage, ...]
    whole: tuple[Stage, ...]

    @property
    def source(self) -> Source | None:
        """The clause that states it."""
        return self.chain.source

    def stage(self, position: int) -> Stage:
        """Return the stage with this number among those before filing, from 1. Raises IndexError: there is none."""
        if position < 1:
            raise IndexError(position)
        return self.stages[position - 1]


@dataclass(frozen=True, slots=True)
class Endorsing:
    """What holds in one category: its ways by the id of their chain, and what is needed to tell which holds."""

    ways: Mapping[str, Way]
    effective: Effective
    setting: Setting

    @property
    def is_needed(self) -> bool:
        """Does any applicant have to go through somebody before filing?"""
        return any(way.stages for way in self.ways.values())


@lru_cache(maxsize=CATEGORIES_KEPT)
def endorsing_at(revision_id: UUID, node: str) -> Endorsing:
    """Return what holds in the category with this id. Raises KeyError: the revision has no such category."""
    ready = ready_call(revision_id)
    found = effective(ready.programme, ready.path(node))
    words = rule_words().applicants
    region = ready.region or region_named(ready.programme.region, words)
    ways = {stated.fact.id: _way(stated) for stated in found.endorsement}
    return Endorsing(ways, found, Setting(words, region))


def way_at(revision_id: UUID, node: str, chain: str) -> Way | None:
    """Return the chain with this id as it holds in the category, or nothing."""
    return endorsing_at(revision_id, node).ways.get(chain)


def category_of(revision_id: UUID, node: str) -> str:
    """Return the name of a category as a revision has it; "" for the call itself."""
    ready = ready_call(revision_id)
    names = effective(ready.programme, ready.path(node)).names
    return names[-1] if names else ""


def _way(stated: Stated[EndorsementChain]) -> Way:
    words = endorsing_words().takers
    node = stated.path[-1] if stated.path else ""
    return Way(stated.fact, node, endorsing_stages(stated.fact, words), stages_of(stated.fact, words))
