"""The proposal for a case: pilots first, then all others; amounts; reasons; what has to be asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from keqiao.core.allocation.amounts import divided
from keqiao.core.allocation.asking import findings_of
from keqiao.core.allocation.explaining import Round, lines, refusals
from keqiao.core.allocation.order import Equals, in_order, places_of
from keqiao.core.allocation.proposal import Proposal, Reason, Status, Taken, Verdict
from keqiao.core.allocation.room import Room
from keqiao.core.allocation.selecting import Selection, select
from keqiao.core.allocation.sifting import Sifted, sifted
from keqiao.core.allocation.terms import Candidate, Case, Node, Pilot
from keqiao.core.findings import Finding
from keqiao.core.rules.bundles import Fate, resolve_bundle

_FATES: Mapping[Fate, tuple[Status, Reason]] = {
    Fate.ABSORBED: (Status.ABSORBED, Reason.ABSORBED_BY_PILOT),
    Fate.WITHDRAWN: (Status.OUT, Reason.FELL_WITH_PILOT),
    Fate.UNCLEAR: (Status.OPEN, Reason.BUNDLE_UNCLEAR),
    Fate.WAITING: (Status.OPEN, Reason.WAITS_FOR_PILOT),
}
"""What a fate makes of an application; of several the one that stands first here. Who is reviewed competes."""


def propose(case: Case) -> Proposal:
    """Propose who gets what. The same case always gives the same proposal.

    Raises:
        NotSolved: places, sums and limits hold too many choices together.
        ValueError: points are to be added to ranks.
    """
    return _Proposing(case).proposal()


@dataclass
class _Proposing:
    """One proposal while it is made."""

    case: Case
    sifted: Sifted = field(init=False)
    verdicts: dict[str, Verdict] = field(init=False)
    asked: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sifted = sifted(self.case)
        self.verdicts = dict(self.sifted.verdicts)

    def proposal(self) -> Proposal:
        """Select, divide, explain."""
        pilots = self._pilots_and_their_rivals()
        won = self._decided_pilots()
        first = self._round(pilots - self.verdicts.keys() - won, won, in_order(self.case, self._eligible()))
        self._decide_bundles(first)
        gone = {each for each, verdict in self.verdicts.items() if each not in pilots or not verdict.place}
        order = in_order(self.case, [each for each in self._eligible() if each.id not in gone])
        second = self._round(self.sifted.spans.keys() - pilots - gone, first.all, order)
        chosen, unsettled = second.all, first.selection.open | second.selection.open
        self._settle(chosen - unsettled, unsettled, places_of(order))
        verdicts = {each.id: self.verdicts[each.id] for each in self.case.candidates}
        room = Room(self.case, {each: self.sifted.spans[each].least for each in places_of(order)})
        return Proposal(
            verdicts,
            tuple(lines(room, order, chosen, unsettled)),
            tuple(self._taken(node, chosen) for node in self.case.nodes),
            (*findings_of(self.case, room, chosen, verdicts), *self.asked),
        )

    def _eligible(self) -> tuple[Candidate, ...]:
        return self.case.of(self.sifted.spans)

    def _pilots_and_their_rivals(self) -> frozenset[str]:
        """Everybody in a category of pilots: they are decided before all others."""
        led = {pilot.candidate for pilot in self.case.pilots}
        nodes = {each.node for each in self.case.of(led)}
        return frozenset(each.id for each in self.case.candidates if each.node in nodes)

    def _decided_pilots(self) -> frozenset[str]:
        """The pilots that the office has decided to select; those it has decided against get their verdict."""
        decided = [each for each in self.case.pilots if each.decided is not None]
        for pilot in decided:
            if not pilot.decided and pilot.candidate not in self.verdicts:
                self.verdicts[pilot.candidate] = Verdict(pilot.candidate, Status.OUT, Reason.DECIDED_AGAINST)
        return frozenset(each.candidate for each in decided if each.decided) & self.sifted.spans.keys()

    def _round(self, among: Iterable[str], before: frozenset[str], order: Iterable[Equals]) -> Round:
        """Select among some of those in the order, beside those who were selected before."""
        wanted = set(among) & self.sifted.spans.keys()
        kept = [replace(each, members=tuple(m for m in each.members if m in wanted)) for each in order]
        kept = [each for each in kept if each.members]
        room = Room(self.case, {each: self.sifted.spans[each].least for each in wanted | before})
        selection = select(room, kept, before) if kept else Selection(frozenset())
        done = Round(room, kept, before, selection)
        self.verdicts |= {each.candidate: each for each in refusals(done)}
        return done

    def _decide_bundles(self, first: Round) -> None:
        """Give their fates to those that were filed with a pilot."""
        fates: dict[str, list[tuple[Fate, str]]] = {}
        for pilot in self.case.pilots:
            resolution = resolve_bundle(
                pilot.bundle, pilot.holding, pilot.filed, selected=self._is_won(pilot, first.all)
            )
            self.asked += resolution.findings
            for project, fate in resolution.fates.items():
                fates.setdefault(project, []).append((fate, pilot.candidate))
        pilots = self._pilots_and_their_rivals()
        for project, found in fates.items():
            if project not in self.verdicts and project not in pilots:
                self._give(project, found)

    def _is_won(self, pilot: Pilot, won: frozenset[str]) -> bool | None:
        """Is a pilot selected? None where that is open."""
        verdict = self.verdicts.get(pilot.candidate)
        if verdict is not None:
            return None if verdict.status is Status.OPEN else False
        return pilot.candidate in won

    def _give(self, project: str, found: Sequence[tuple[Fate, str]]) -> None:
        for fate, (status, reason) in _FATES.items():
            pilot = next((pilot for each, pilot in found if each is fate), None)
            if pilot is not None:
                self.verdicts[project] = Verdict(project, status, reason, values={"pilot": pilot})
                return

    def _settle(self, selected: frozenset[str], unsettled: frozenset[str], places: Mapping[str, int]) -> None:
        """Give the selected their amounts and scopes."""
        ordered = sorted(self.case.of(selected), key=lambda each: places[each.id])
        amounts = divided(self.case, ordered, self.sifted.spans)
        undivided = {node for each in self.case.of(unsettled) for node in _sums_above(self.case, each)}
        for candidate in ordered:
            span = self.sifted.spans[candidate.id]
            waits = span.least != span.most and undivided & set(_sums_above(self.case, candidate))
            self.verdicts[candidate.id] = Verdict(
                candidate.id,
                Status.IN,
                Reason.SELECTED,
                places[candidate.id],
                None if waits else amounts[candidate.id],
                _scope(self.case, candidate),
                _shares(self.case, candidate),
                {"place": places[candidate.id]},
            )

    def _taken(self, node: Node, chosen: frozenset[str]) -> Taken:
        there = [each.id for each in self.case.of(chosen) if node in self.case.above(each)]
        amounts = [self.verdicts[each].amount_fen for each in there]
        spent = None if None in amounts else sum(filter(None, amounts))
        most = node.places.most if node.places else None
        left = None if node.total_fen is None or spent is None else node.total_fen - spent
        return Taken(node.id, len(there), None if most is None else most - len(there), spent, left)


def _sums_above(case: Case, candidate: Candidate) -> list[str]:
    return [node.id for node in case.above(candidate) if node.total_fen is not None]


def _scope(case: Case, candidate: Candidate) -> dict[str, int]:
    asked = (case.asked(candidate, node) for node in case.above(candidate))
    return {part: amount for scope in asked for part, amount in scope.items()}


def _shares(case: Case, candidate: Candidate) -> dict[str, Fraction]:
    return {
        part: Fraction(amount, node.scope[part])
        for node in case.above(candidate)
        for part, amount in case.asked(candidate, node).items()
    }
