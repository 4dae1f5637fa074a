"""The changes of a notice beside the draft as it stands: what is proposed, what waits for a decision, what was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.amending.asked import Subject
from keqiao.core.programme.amending.comparing import AddWorkingDays, in_words
from keqiao.core.programme.amending.matching import propose
from keqiao.core.programme.amending.proposing import Candidate, Proposal, Sure
from keqiao.core.programme.amending.spots import Address
from keqiao.core.workdays import Calendar, nth_working_day
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.programmes.amendments.values import ACCEPT, Settled, StoredChange, changes_from
from keqiao.web.programmes.definitions import Values, programme_of
from keqiao.web.programmes.models import Amendment, Draft
from keqiao.web.programmes.parts import HEAD, Part
from keqiao.web.programmes.proofreading.addresses import part_address
from keqiao.web.programmes.proofreading.marks import Tied
from keqiao.web.programmes.wording.parts import PartWords

TINTS = {
    Subject.DEADLINE: "date", Subject.COMPLETION: "date", Subject.OPENS: "date",
    Subject.FUNDING: "money", Subject.TOTAL: "money", Subject.PLACES: "count", Subject.LIMIT: "count",
    Subject.COPIES: "count", Subject.TARGET: "target", Subject.PHONE: "contact", Subject.EMAIL: "contact",
    Subject.PERSON: "contact", Subject.ADDRESS: "contact", Subject.ITEM: "name",
}  # fmt: skip
ASKED, PLAIN, SAME, DONE = "asked", "plain", "same", "done"
"""Groups of proposals: a person decides, may be taken over together, nothing to do, decided."""


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A part that may be meant: its number, name, page, what it says and would say."""

    number: int
    name: str
    address: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """One proposal for people. ``settled`` is what was said to it, if the draft still is what it was said on."""

    key: str
    change: StoredChange
    proposal: Proposal
    candidates: tuple[CandidateShown, ...]
    settled: Settled | None = None
    has_moved: bool = False

    @property
    def group(self) -> str:
        """The group it is shown in."""
        if self.settled is not None:
            return DONE
        if self.proposal.sure is Sure.SAME:
            return SAME
        return PLAIN if self.proposal.is_plain else ASKED

    @property
    def waits(self) -> bool:
        """Does it have to be settled before the notice is merged?"""
        return self.group in (ASKED, PLAIN)

    @property
    def finding(self) -> Finding | None:
        """What a person has to know."""
        why = "amendment.moved" if self.has_moved else self.proposal.why
        return Finding(why, Weight.ASK) if why else None

    @property
    def may_be_accepted(self) -> bool:
        """Is there a part, and a value or an act for it?"""
        return bool(self.candidates) and self.proposal.sure is not Sure.SAME

    @property
    def is_typed(self) -> bool:
        """Can the value be written anew?"""
        return self.proposal.entry is None and not self.proposal.removes


@dataclass(frozen=True)
class AmendmentShown:
    """A notice with its changes beside a draft."""

    changes: tuple[StoredChange, ...]
    proposals: tuple[ProposalShown, ...]

    def in_group(self, group: str) -> list[ProposalShown]:
        """Return the proposals of one group, in the order of the notice."""
        return [proposal for proposal in self.proposals if proposal.group == group]

    @cached_property
    def groups(self) -> list[tuple[str, list[ProposalShown]]]:
        """The groups with something in them: what a person has to decide first."""
        return [(group, found) for group in (ASKED, PLAIN, DONE, SAME) if (found := self.in_group(group))]

    @property
    def waiting(self) -> int:
        """How many proposals are not settled."""
        return sum(proposal.waits for proposal in self.proposals)

    @property
    def plain(self) -> int:
        """How many may be taken over together."""
        return len(self.in_group(PLAIN))

    @property
    def accepted(self) -> list[ProposalShown]:
        """What was accepted."""
        return [p for p in self.proposals if p.settled and p.settled.verdict == ACCEPT]

    def proposal(self, key: str) -> ProposalShown | None:
        """Return the proposal with this key."""
        return next((proposal for proposal in self.proposals if proposal.key == key), None)


def shown(amendment: Amendment, draft: Draft | None) -> AmendmentShown:
    """Return the changes of a notice beside the draft of its call; without a call only the changes."""
    changes = tuple(changes_from(amendment.proposals))
    if draft is None:
        return AmendmentShown(changes, ())
    calendar = calendar_for(amendment.association_id)
    return AmendmentShown(changes, tuple(_proposals(changes, draft.call_id, draft.definition, calendar)))


def tied_changes(changes: Sequence[StoredChange]) -> Iterator[Tied]:
    """Yield what to mark in the notice: the words of each change."""
    for change in changes:
        kind = TINTS.get(change.asked.subject, "condition")
        yield Tied(change.id, kind, {"words": change.words, "place": change.place})


def part_at(address: Address) -> Part:
    """Return the part of the definition that an address of the core is in."""
    return Part(address.node, address.slot or HEAD, address.entry)


def working_days_on(calendar: Calendar) -> AddWorkingDays:
    """Return what adds working days on ``calendar``: the first is the one after the day."""
    return lambda day, count: nth_working_day(count, day + timedelta(days=1), calendar)


def _proposals(
    changes: Sequence[StoredChange], call_id: UUID, definition: Values, calendar: Calendar
) -> Iterator[ProposalShown]:
    programme, names = programme_of(definition), PartWords(definition)
    proposed = propose(programme, [c.asked for c in changes], working=working_days_on(calendar))
    for change, proposals in zip(changes, proposed, strict=True):
        for number, proposal in enumerate(proposals, 1):
            key = _key(change, proposal, number)
            candidates = tuple(
                _candidate(n, candidate, call_id, names) for n, candidate in enumerate(proposal.candidates)
            )
            said = change.settled.get(key)
            moved = said is not None and _has_moved(said, proposal)
            yield ProposalShown(key, change, proposal, candidates, None if moved else said, moved)


def _key(change: StoredChange, proposal: Proposal, number: int) -> str:
    """A proposal for one part is known by the part, another by its number in the change."""
    if len(proposal.candidates) == 1 and proposal.sure is not Sure.NONE:
        return f"{change.id}:{proposal.candidates[0].address.key}"
    return f"{change.id}:{number}"


def _has_moved(said: Settled, proposal: Proposal) -> bool:
    """Does the draft say something else now than when this was accepted?"""
    if said.verdict != ACCEPT:
        return False
    known = {candidate.address: candidate.before for candidate in proposal.candidates}
    return said.address is None or said.address not in known or known[said.address] != said.before


def _candidate(number: int, candidate: Candidate, call_id: UUID, names: PartWords) -> CandidateShown:
    part = part_at(candidate.address)
    return CandidateShown(
        number,
        names.title(part),
        part_address(call_id, part),
        in_words(candidate.before),
        in_words(candidate.after),
    )
