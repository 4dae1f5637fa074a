"""A decision that departs from the proposal: what needs a reason, and what cannot be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from keqiao.core.allocation.asking import cap_findings
from keqiao.core.allocation.proposal import Proposal, Reason, Status, said
from keqiao.core.allocation.terms import Candidate, Case
from keqiao.core.findings import Finding, Value, Weight

Decided = Mapping[str, int]
"""Those who are selected, each with its amount in fen."""

AT_THE_LINE = frozenset(
    {
        Reason.PLACES_FULL,
        Reason.SUM_SPENT,
        Reason.UNDERTAKING_LIMIT,
        Reason.SCOPE_REACHED,
        Reason.KEPT_FOR_LEAST,
        Reason.EQUALS_AT_THE_LINE,
    }
)
"""Reasons for which somebody is not selected who could be, with a reason."""


def departures(case: Case, proposal: Proposal, decided: Decided) -> tuple[Finding, ...]:
    """Say what of a decision departs from the proposal.

    A finding that refuses cannot be, whatever the reason; one that warns or asks needs a person's named reason. No
    finding: it is what was proposed. ``at`` of a finding is the candidate that it is about, empty for the whole.

    Raises:
        ValueError: a candidate is not in the case.
    """
    if unknown := decided.keys() - proposal.verdicts.keys():
        raise ValueError(f"not in the case: {', '.join(sorted(unknown))}")
    checking = _Checking(case, proposal, decided)
    return (*checking.one_by_one(), *checking.together())


@dataclass(frozen=True, slots=True)
class _Checking:
    case: Case
    proposal: Proposal
    decided: Decided
    selected: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "selected", frozenset(self.decided))

    def one_by_one(self) -> Iterator[Finding]:
        """What concerns one application each."""
        pilots = {pilot.candidate: pilot for pilot in self.case.pilots}
        for candidate in self.case.candidates:
            proposed = self.proposal.verdicts[candidate.id].status is Status.IN
            if candidate.id in pilots and proposed != (candidate.id in self.selected):
                yield _about(candidate, "pilot_changes_its_children", Weight.REFUSE, {})
            elif candidate.id in self.selected:
                yield from self._taken(candidate)
            elif proposed:
                yield _about(candidate, "left_out", Weight.WARN, {})

    def _taken(self, candidate: Candidate) -> Iterator[Finding]:
        verdict = self.proposal.verdicts[candidate.id]
        if verdict.status is not Status.IN and verdict.reason not in AT_THE_LINE:
            yield _about(
                candidate, "cannot_be_taken", Weight.REFUSE, {"reason": f"word.reason_{verdict.reason}"}
            )
            return
        if verdict.status is not Status.IN:
            code = "tie_decided" if verdict.reason is Reason.EQUALS_AT_THE_LINE else "taken_instead"
            yield _about(candidate, code, Weight.WARN, {"passed_over": self._passed_over(candidate)})
        yield from self._amount(candidate, verdict.amount_fen)

    def _passed_over(self, candidate: Candidate) -> tuple[str, ...]:
        """Those of its list who stand higher, could be selected and are not."""
        place = self.proposal.verdicts[candidate.id].place or 0
        return tuple(
            each.id
            for each in self.case.candidates
            if each.list_id == candidate.list_id
            and each.id not in self.selected
            and 0 < (self.proposal.verdicts[each.id].place or 0) < place
        )

    def _amount(self, candidate: Candidate, proposed: int | None) -> Iterator[Finding]:
        amount, span = self.decided[candidate.id], self.case.span(candidate)
        values = said(amount=amount)
        if span is None or amount not in span:
            bounds: dict[str, Value] = (
                said(least=None, most=None) if span is None else said(least=span.least, most=span.most)
            )
            yield _about(candidate, "amount_out_of_bounds", Weight.REFUSE, {**values, **bounds})
        elif proposed is not None and amount != proposed:
            yield _about(candidate, "amount_changed", Weight.WARN, values | said(proposed=proposed))
        if span is not None and span.least != span.most and amount % self.case.policy.step_fen:
            steps = values | said(step=self.case.policy.step_fen)
            yield _about(candidate, "amount_between_steps", Weight.WARN, steps)

    def together(self) -> Iterator[Finding]:
        """What concerns places, sums and limits."""
        for node in self.case.nodes:
            there = [each for each in self.case.of(self.selected) if node in self.case.above(each)]
            spent = sum(self.decided[each.id] for each in there)
            if node.places and node.places.most is not None and len(there) > node.places.most:
                places: dict[str, Value] = {
                    "node": node.id,
                    "places": node.places.most,
                    "selected": len(there),
                }
                yield Finding("departure.too_many", Weight.REFUSE, places, node.places_source)
            if node.places and len(there) < min(node.places.least, self._proposed_below(node.id)):
                empty: dict[str, Value] = {"node": node.id, "least": node.places.least, "filled": len(there)}
                yield Finding("allocation.places_empty", Weight.WARN, empty, node.places_source)
            if node.total_fen is not None and spent > node.total_fen:
                sums: dict[str, Value] = {
                    "node": node.id,
                    **said(total=node.total_fen, spent=spent, too_much=spent - node.total_fen),
                }
                yield Finding("departure.sum_passed", Weight.REFUSE, sums, node.money_source)
        for cap in self.case.caps:
            yield from cap_findings(cap, self.selected)

    def _proposed_below(self, node: str) -> int:
        return next(each.places for each in self.proposal.taken if each.node == node)


def _about(candidate: Candidate, what: str, weight: Weight, values: Mapping[str, Value]) -> Finding:
    return Finding(f"departure.{what}", weight, {"candidate": candidate.id, **values}, at=(candidate.id,))
