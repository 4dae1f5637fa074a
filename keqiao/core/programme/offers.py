"""What a call offers in each category, in the few values by which people look for it and statistics count it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from keqiao.core.programme.facts import Fact
from keqiao.core.programme.funding import Funding, least_of_one, most_of_one
from keqiao.core.programme.inheritance import Effective, Stated, effective
from keqiao.core.programme.portions import Portion, portions
from keqiao.core.programme.schedule import Day, Deadline
from keqiao.core.programme.tree import leaves
from keqiao.core.programme.types import Programme
from keqiao.core.workdays import SHANGHAI, last_moment

Words = Mapping[str, tuple[str, ...]]
"""Codes of a vocabulary, each with the words that speak for it."""

OTHER = "other"
"""The kind of applicant of a call that names applicants in words that no other code knows."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One category that can be applied for; ``node`` is "" where the call has no categories.

    Amounts are fen for one project, ``total_fen`` for all its places together where the category has a sum of
    its own. None: not stated, or not to be told for this category alone. ``themes`` are those that the
    definition states, or else the ones that its names speak of.
    """

    node: str
    name: str
    group: str
    applicants: tuple[str, ...]
    themes: tuple[str, ...]
    outcome: str
    least_fen: int | None
    most_fen: int | None
    total_fen: int | None
    places: int | None
    opens_at: datetime | None
    deadline_at: datetime | None
    invented: bool


@dataclass(frozen=True, slots=True)
class SharedSum:
    """Money and places of one category, or of several that share them, with the codes that all of these have."""

    nodes: tuple[str, ...]
    applicants: tuple[str, ...]
    themes: tuple[str, ...]
    total_fen: int | None
    places: int | None
    invented: bool


def offered(programme: Programme, applicants: Words, themes: Words) -> tuple[Offered, ...]:
    """Return what can be applied for, in the order of the call; the call itself where it has no categories."""
    alone = {portion.nodes[0]: portion for portion in portions(programme) if len(portion.nodes) == 1}
    paths = [path for path, _category in leaves(programme)] or [()]
    facts = [each for path in paths if (each := effective(programme, path)).open_to_applicants]
    return tuple(_offered(programme, each, applicants, themes, alone) for each in facts)


def shared_sums(programme: Programme, offers: Iterable[Offered]) -> tuple[SharedSum, ...]:
    """Return the money and places of the call, each once; a code counts where all who share the sum have it."""
    known = {offer.node: offer for offer in offers}
    return tuple(
        SharedSum(
            portion.nodes,
            _common(known[node].applicants for node in portion.nodes),
            _common(known[node].themes for node in portion.nodes),
            portion.total_fen,
            portion.places,
            portion.invented,
        )
        for portion in portions(programme)
    )


def codes_in(wordings: Iterable[str], vocabulary: Words) -> tuple[str, ...]:
    """Return the codes whose words stand in one of these wordings, in the order of the vocabulary."""
    said = "\n".join(wordings)
    return tuple(code for code, words in vocabulary.items() if any(word in said for word in words))


def _offered(
    programme: Programme, facts: Effective, applicants: Words, themes: Words, alone: Mapping[str, Portion]
) -> Offered:
    node = facts.path[-1] if facts.path else ""
    least, most = _per_project(facts.funding.fact if facts.funding else None)
    portion = alone.get(node)
    return Offered(
        node=node,
        name=facts.names[-1] if facts.names else programme.title,
        group=" / ".join(facts.names[:-1]),
        applicants=_applicant_codes(facts, applicants),
        themes=facts.themes.fact if facts.themes else _suggested(programme, facts, themes),
        outcome=facts.outcome.fact.kind if facts.outcome else "",
        least_fen=least,
        most_fen=most,
        total_fen=portion.total_fen if portion else None,
        places=portion.places if portion else None,
        opens_at=first_moment_of(facts.opens),
        deadline_at=last_moment_of(facts.deadline),
        invented=any(fact.invented for fact in _facts(facts)),
    )


def _applicant_codes(facts: Effective, vocabulary: Words) -> tuple[str, ...]:
    if facts.applicants is None:
        return ()
    return codes_in(facts.applicants.fact.kinds, vocabulary) or (OTHER,)


def _suggested(programme: Programme, facts: Effective, vocabulary: Words) -> tuple[str, ...]:
    """The nearest name that speaks of a theme decides: the category's, then those above, track and title last."""
    wider = ((facts.track.name,) if facts.track else ()) + (programme.title,)
    found = (codes_in((name,), vocabulary) for name in (*reversed(facts.names), *wider))
    return next(filter(None, found), ())


def _per_project(funding: Funding | None) -> tuple[int | None, int | None]:
    """The least and the most for one project; amounts for a place, a session or a year are another measure."""
    if funding is None or getattr(funding, "per", "project") != "project":
        return None, None
    return least_of_one(funding), most_of_one(funding)


def _facts(facts: Effective) -> Iterator[Fact]:
    """The statements that the row repeats and that a demonstration may have added."""
    yield from (stated.fact for stated in (facts.deadline, facts.opens, facts.funding) if stated)
    yield from (stated.fact for stated in facts.places)


def first_moment_of(stated: Stated[Day] | None) -> datetime | None:
    """The moment at which a stated day begins (Asia/Shanghai); None for a day with an unknown part."""
    if stated is None or not isinstance(stated.fact.on, date):
        return None
    return datetime.combine(stated.fact.on, time.min, SHANGHAI)


def last_moment_of(stated: Stated[Deadline] | None) -> datetime | None:
    """The last moment that keeps a stated deadline; None for a day with an unknown part."""
    if stated is None or not isinstance(stated.fact.on, date):
        return None
    return last_moment(stated.fact.on, stated.fact.at)


def _common(codes: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    first, *others = codes
    return tuple(code for code in first if all(code in each for each in others))
