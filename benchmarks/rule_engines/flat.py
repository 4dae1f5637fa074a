"""A case as plain data for the peers: one short name per fact that a rule asks for, days as numbers, no unknowns.

This costs the peers nothing: it is done before their time is taken, and what no rule asks for is left out. A fact
that nobody knows has no name at all, as both peers would have it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from keqiao.core.rules.engine.closures import whole_span
from keqiao.core.rules.engine.tree import Fact, HowMany, Span, Term
from keqiao.core.rules.facts import UNKNOWN, Case

Path = tuple[str, ...]
UNSTATED = ("birth_date", "grade", "outcome", "kind")
"""Fields of items that may be unknown; of all others every item has a value."""
LISTED = ("areas", "affiliations", "topics", "forms", "with", "kept")
"""Facts that hold several values."""


@dataclass
class Names:
    """The short names of facts of the case; spans (ages) of an item are handed over ready counted."""

    of_facts: dict[Path, str] = field(default_factory=dict)
    of_lists: dict[Path, dict[str, set[str]]] = field(default_factory=dict)

    def fact(self, path: Path) -> str:
        """The name of a fact of the case."""
        return self.of_facts.setdefault(path, f"f{len(self.of_facts)}")

    def learn(self, tree: Any, within: Mapping[str, Path] | None = None) -> None:
        """Name every fact that a tree asks for."""
        within = dict(within or {})
        if isinstance(tree, HowMany):
            self.fact(tree.of.path)
            self.of_lists.setdefault(tree.of.path, {})
            within[tree.each] = tree.of.path
        if isinstance(tree, Fact) and tree.path[0] not in within:
            self.fact(tree.path)
        elif isinstance(tree, Fact | Span):
            since = tree.since if isinstance(tree, Span) else tree
            self.of_lists[within[since.path[0]]].setdefault(since.path[1], set()).add(item_name(tree))
        elif isinstance(tree, tuple):
            for part in tree:
                self.learn(part, within)
        elif is_dataclass(tree):
            for part in fields(tree):
                self.learn(getattr(tree, part.name), within)


def item_name(term: Fact | Span) -> str:
    """The name of a fact of an item: its field; of a span, its field and unit."""
    return f"{term.since.path[1]}_{term.unit}" if isinstance(term, Span) else term.path[1]


def is_list(fact: Fact) -> bool:
    """Does the fact hold several values?"""
    return fact.path[-1] in LISTED


def flat(case: Case, names: Names) -> dict[str, Any]:
    """The facts that rules ask for, by their short names."""
    found = {}
    for path, name in names.of_facts.items():
        value = _value(case, path)
        if value is not UNKNOWN:
            wanted = names.of_lists.get(path)
            found[name] = _plain(value) if wanted is None else _items(value, wanted, case.on)
    return found


def _items(items: Iterable[Any], wanted: Mapping[str, set[str]], on: date) -> list[dict[str, Any]]:
    return [dict(_facts_of(item, wanted, on)) for item in items]


def _facts_of(item: Any, wanted: Mapping[str, set[str]], on: date) -> Iterator[tuple[str, Any]]:
    for step, names in wanted.items():
        value = getattr(item, step)
        for name in names if value is not UNKNOWN else ():
            yield (
                name,
                _plain(value) if name == step else whole_span(value, on, name.removeprefix(f"{step}_")),
            )


def _value(case: Case, path: Path) -> Any:
    value: Any = case
    for step in path:
        if value is UNKNOWN or value is None:
            return value
        value = value.get(step, UNKNOWN) if isinstance(value, Mapping) else getattr(value, step)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def literal(term: Term) -> Any:
    """A constant of a tree as the peers have it."""
    return _plain(term)
