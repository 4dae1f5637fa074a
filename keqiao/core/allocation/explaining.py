"""Why somebody who could have been selected was not, and where the line runs in each list."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from keqiao.core.allocation.order import Equals
from keqiao.core.allocation.proposal import Line, Reason, Status, Verdict, said
from keqiao.core.allocation.room import Room
from keqiao.core.allocation.selecting import Selection
from keqiao.core.allocation.terms import Candidate, Node
from keqiao.core.findings import Source, Value


@dataclass(frozen=True, slots=True)
class Round:
    """One round of selecting: its order, who was selected before it and in it."""

    room: Room
    order: Sequence[Equals]
    before: frozenset[str]
    selection: Selection

    @property
    def all(self) -> frozenset[str]:
        """Everybody who is selected, in this round or before."""
        return self.before | self.selection.chosen


def refusals(done: Round) -> Iterator[Verdict]:
    """The verdicts on those of the round who are not selected, the open ones too."""
    ahead = set(done.before)
    for equals in done.order:
        ahead |= done.selection.chosen & set(equals.members)
        for member in equals.members:
            if member in done.selection.open:
                values: dict[str, Value] = {"place": equals.place, "equals": tuple(equals.members)}
                yield Verdict(member, Status.OPEN, Reason.EQUALS_AT_THE_LINE, equals.place, values=values)
            elif member not in done.selection.chosen:
                reason, values, source = _why(done, done.room.candidates[member], ahead, equals.place)
                yield Verdict(member, Status.OUT, reason, equals.place, values=values, source=source)


_Why = tuple[Reason, dict[str, Value], Source | None]


def _why(done: Round, candidate: Candidate, ahead: Set[str], place: int) -> _Why:
    """By what those ahead take already; else by all who are selected; else a stated least took the place."""
    for taken in (ahead, done.all):
        if found := next(_stops(done.room, candidate, taken, place), None):
            reason, values, source = found
            if taken is ahead or reason is Reason.UNDERTAKING_LIMIT:
                return reason, values, source
    return Reason.KEPT_FOR_LEAST, {"place": place}, None


def _stops(room: Room, candidate: Candidate, taken: Set[str], place: int) -> Iterator[_Why]:
    for node in room.full_places(candidate, taken):
        if node.places:
            yield (
                Reason.PLACES_FULL,
                {"place": place, "places": node.places.most, "node": node.id},
                node.places_source,
            )
    for cap in room.full_caps(candidate, taken):
        others = tuple(sorted(cap.candidates & taken))
        yield Reason.UNDERTAKING_LIMIT, {"most": cap.most, "holder": cap.holder, "others": others}, cap.source
    for node, missing in room.short_sums(candidate, taken):
        values: dict[str, Value] = {"node": node.id, **said(total=node.total_fen, missing=missing)}
        yield Reason.SUM_SPENT, values, node.money_source
    if not room.is_needed(candidate, taken - {candidate.id}):
        yield Reason.SCOPE_REACHED, {"place": place}, None


def lines(room: Room, order: Sequence[Equals], selected: Set[str], unsettled: Set[str]) -> Iterator[Line]:
    """The line of each list, in the order of the lists."""
    sure = selected - unsettled
    for ranking in dict.fromkeys(equals.ranking for equals in order):
        listed = [equals for equals in order if equals.ranking == ranking]
        above = [each for each in listed if set(each.members) & sure]
        below = [each for each in listed if set(each.members) - sure]
        last = tuple(sorted(set(above[-1].members) & sure)) if above else ()
        following = tuple(sorted(set(below[0].members) - sure)) if below else ()
        yield _line(room, ranking, last, following, selected)


def _line(
    room: Room, ranking: str, last: tuple[str, ...], following: tuple[str, ...], selected: Set[str]
) -> Line:
    if not following:
        return Line(ranking, last)
    first = room.candidates[following[0]]
    others = selected - {first.id}
    full: list[Node] = list(room.full_places(first, others))
    missing = max((missing for _node, missing in room.short_sums(first, others)), default=0)
    caps = tuple(cap.id for cap in room.full_caps(first, others))
    return Line(ranking, last, following, tuple(node.id for node in full), caps, missing)
