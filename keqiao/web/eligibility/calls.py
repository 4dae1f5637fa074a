"""The rules of published calls, made ready once for each revision and kept in memory: a revision never changes."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from keqiao.core.programme import Path, Programme, path_of
from keqiao.core.rules.category import CompiledCall, compile_call
from keqiao.core.rules.regions import Region
from keqiao.readers.rule_words import rule_words
from keqiao.web.parties.queries import region_round
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.queries import definition_with_id, revisions_in_force

CALLS_KEPT = 200  # in the memory of one process, each some hundred kilobytes


class ReadyCall:
    """A revision in force, its rules ready to be asked, and the path of each of its categories by id.

    ``region`` is that of the association that runs the call, with those round it; None where it has none.
    """

    def __init__(self, programme: Programme, rules: CompiledCall, region: Region | None = None) -> None:
        self.programme = programme
        self.rules = rules
        self.region = region
        self._paths: dict[str, Path] = {"": ()}

    def path(self, node: str) -> Path:
        """Return the path of the category with this id ("": the call itself). Raises KeyError: there is none."""
        if node not in self._paths:
            self._paths[node] = path_of(self.programme, node)
        return self._paths[node]


def ready_calls(call_ids: frozenset[UUID]) -> Mapping[UUID, ReadyCall]:
    """Return the published calls among these, by id, each as its revision in force says."""
    return {call: ready_call(revision) for call, revision in revisions_in_force(call_ids).items()}


@lru_cache(maxsize=CALLS_KEPT)
def ready_call(revision_id: UUID) -> ReadyCall:
    """Return the call as this revision says."""
    values, organisation_id = definition_with_id(revision_id)
    programme = programme_of(values)
    level, names = region_round(organisation_id)
    region = Region(names[-1], level, names[:-1]) if names else None
    return ReadyCall(programme, compile_call(programme, rule_words(), region=region), region)
