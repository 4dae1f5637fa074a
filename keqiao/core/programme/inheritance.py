"""What holds for a category: its own statements, those of its track, and those of everything above it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from keqiao.core.programme.closing import Closing
from keqiao.core.programme.endorsement import EndorsementChain
from keqiao.core.programme.filing import Filing
from keqiao.core.programme.funding import EnvelopeFunding, Funding, Places, UnitLimit
from keqiao.core.programme.papers import Paper, Spending
from keqiao.core.programme.parties import Applicants, Beneficiary
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.who import Hosting
from keqiao.core.programme.schedule import Day, Deadline, Term
from keqiao.core.programme.selection import Bundle, Outcome, Preference, Regime, Scorecard
from keqiao.core.programme.targets import Target
from keqiao.core.programme.terms import OpenQuestion, Terms
from keqiao.core.programme.tree import Path, lineage
from keqiao.core.programme.types import Category, Programme, Track

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A fact and the node that states it; ``track`` is the id of the track where one of its statements."""

    fact: T
    path: Path
    track: str | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """Everything that holds for the category at ``path``, each fact with the place where it was stated.

    Of single statements the nearest one; lists from the programme down. ``funding`` is the amount per
    project, ``totals`` all sums above it (envelopes, and funding with a total). ``places`` and
    ``per_unit_limits`` bind together: each is shared by everything below the node that states it.
    """

    path: Path
    names: tuple[str, ...]
    open_to_applicants: bool
    track: Track | None
    applicants: Stated[Applicants] | None
    beneficiary: Stated[Beneficiary] | None
    themes: Stated[tuple[str, ...]] | None
    funding: Stated[Funding] | None
    totals: tuple[Stated[Funding], ...]
    places: tuple[Stated[Places], ...]
    per_unit_limits: tuple[Stated[UnitLimit], ...]
    opens: Stated[Day] | None
    deadline: Stated[Deadline] | None
    completion: Stated[Day] | None
    term: Stated[Term] | None
    filing: Stated[Filing] | None
    offices: Stated[tuple[str, ...]] | None
    form: Stated[str] | None
    bundle: Stated[Bundle] | None
    regime: Stated[Regime] | None
    outcome: Stated[Outcome] | None
    scorecard: Stated[Scorecard] | None
    closing: Stated[Closing] | None
    rules: tuple[Stated[AnyRule], ...]
    targets: tuple[Stated[Target], ...]
    endorsement: tuple[Stated[EndorsementChain], ...]
    materials: tuple[Stated[Paper], ...]
    deliverables: tuple[Stated[Paper], ...]
    spending: tuple[Stated[Spending], ...]
    preferences: tuple[Stated[Preference], ...]
    open_questions: tuple[Stated[OpenQuestion], ...]


Sources = tuple[Stated[Terms], ...]


def statements(programme: Programme, path: Path) -> Sources:
    """The nodes whose statements hold at ``path``, from the programme down; a track just above its
    category.

    Raises:
        KeyError: no category stands there, or a category names a track that the programme does not have.
    """
    tracks = {track.id: track for track in programme.tracks}
    found: list[Stated[Terms]] = []
    for here, node in lineage(programme, path):
        if isinstance(node, Category) and node.track is not None:
            found.append(Stated(tracks[node.track], here, node.track))
        found.append(Stated(node, here))
    return tuple(found)


def effective(programme: Programme, path: Path) -> Effective:
    """The resolved category at ``path`` (the programme's own statements for ``()``).

    Raises:
        KeyError: no category stands there, or a track is missing.
    """
    nodes = statements(programme, path)
    track_id = next((node.track for node in reversed(nodes) if node.track is not None), None)
    rules = _all(nodes, lambda terms: terms.rules)
    money: tuple[Stated[Funding], ...] = _each(nodes, lambda terms: terms.funding)
    return Effective(
        path=path,
        names=tuple(node.fact.name for node in nodes if isinstance(node.fact, Category)),
        open_to_applicants=_is_open(nodes, rules),
        track=next((track for track in programme.tracks if track.id == track_id), None),
        applicants=_nearest(nodes, lambda terms: terms.applicants),
        beneficiary=_nearest(nodes, lambda terms: terms.beneficiary),
        themes=_nearest(nodes, lambda terms: terms.themes or None),
        funding=next((m for m in reversed(money) if not isinstance(m.fact, EnvelopeFunding)), None),
        totals=tuple(m for m in money if total_of(m.fact) is not None),
        places=_each(nodes, lambda terms: terms.places),
        per_unit_limits=_each(nodes, lambda terms: terms.per_unit_limit),
        opens=_nearest(nodes, lambda terms: terms.opens),
        deadline=_nearest(nodes, lambda terms: terms.deadline),
        completion=_nearest(nodes, lambda terms: terms.completion),
        term=_nearest(nodes, lambda terms: terms.term),
        filing=_nearest(nodes, lambda terms: terms.filing),
        offices=_nearest(nodes, lambda terms: terms.offices or None),
        form=_nearest(nodes, lambda terms: terms.form),
        bundle=_nearest(nodes, lambda terms: terms.bundle),
        regime=_nearest(nodes, lambda terms: terms.regime),
        outcome=_nearest(nodes, lambda terms: terms.outcome),
        scorecard=_nearest(nodes, lambda terms: terms.scorecard),
        closing=_nearest(nodes, lambda terms: terms.closing),
        rules=rules,
        targets=_all(nodes, lambda terms: terms.targets),
        endorsement=_all(nodes, lambda terms: terms.endorsement),
        materials=_all(nodes, lambda terms: terms.materials),
        deliverables=_all(nodes, lambda terms: terms.deliverables),
        spending=_all(nodes, lambda terms: terms.spending),
        preferences=_all(nodes, lambda terms: terms.preferences),
        open_questions=_all(nodes, lambda terms: terms.open_questions),
    )


def total_of(funding: Funding) -> int | None:
    """The stated sum of a funding statement in fen, if it has one."""
    return getattr(funding, "total_fen", None)


def _each(nodes: Sources, of: Callable[[Terms], T | None]) -> tuple[Stated[T], ...]:
    return tuple(Stated(fact, node.path, node.track) for node in nodes if (fact := of(node.fact)) is not None)


def _nearest(nodes: Sources, of: Callable[[Terms], T | None]) -> Stated[T] | None:
    found = _each(nodes, of)
    return found[-1] if found else None


def _all(nodes: Sources, of: Callable[[Terms], tuple[T, ...]]) -> tuple[Stated[T], ...]:
    return tuple(_flattened(nodes, of))


def _flattened(nodes: Sources, of: Callable[[Terms], tuple[T, ...]]) -> Iterator[Stated[T]]:
    for node in nodes:
        for fact in of(node.fact):
            yield Stated(fact, node.path, node.track)


def _is_open(nodes: Sources, rules: tuple[Stated[AnyRule], ...]) -> bool:
    """Nearest statement wins; a hosting rule may say it too; without either, anyone who fits may apply."""
    stated = _nearest(nodes, lambda terms: terms.open_to_applicants)
    if stated is not None:
        return stated.fact
    hosts = [rule.fact for rule in rules if isinstance(rule.fact, Hosting)]
    return all(rule.open_to_applicants is not False for rule in hosts)
