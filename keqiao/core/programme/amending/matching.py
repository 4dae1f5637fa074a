"""Find the parts of a call that a notice's changes mean. Nothing is guessed: what may mean two parts is asked."""

from collections.abc import Iterable
from dataclasses import replace

from keqiao.core.programme.amending.asked import Act, Asked, Said, Subject, Words
from keqiao.core.programme.amending.comparing import AddWorkingDays, says_same
from keqiao.core.programme.amending.ground import Ground, candidate, ground_of
from keqiao.core.programme.amending.items import item_proposals
from keqiao.core.programme.amending.naming import named_in
from keqiao.core.programme.amending.placing import place_value
from keqiao.core.programme.amending.proposing import MOST_CANDIDATES, Candidate, Proposal, Sure
from keqiao.core.programme.amending.spots import Spot, texts_of
from keqiao.core.programme.types import Programme

_ITEMS = (Act.ADD, Act.REMOVE, Act.EXCHANGE)


def propose(
    programme: Programme, asked: Iterable[Asked], *, working: AddWorkingDays | None = None
) -> list[list[Proposal]]:
    """Return for each change what it would do to ``programme``; at least one proposal each.

    ``working`` adds working days, for 延长5个工作日; without it such a change has to be worked out by a person.
    """
    ground = ground_of(programme, working)
    return _without_contradictions([_for(ground, change) for change in asked])


def _without_contradictions(proposed: list[list[Proposal]]) -> list[list[Proposal]]:
    """Where two changes of one notice give one part two values, a person says which holds."""
    said: dict[str, set[Said | None]] = {}
    for proposal in (p for proposals in proposed for p in proposals if p.is_plain):
        said.setdefault(proposal.candidates[0].address.key, set()).add(proposal.candidates[0].after)
    return [
        [
            replace(p, sure=Sure.CONFLICT, why="amendment.said_twice")
            if p.is_plain and len(said[p.candidates[0].address.key]) > 1
            else p
            for p in proposals
        ]
        for proposals in proposed
    ]


def _for(ground: Ground, asked: Asked) -> list[Proposal]:
    if asked.doubt:
        return [Proposal(Sure.NONE, (), asked.doubt)]
    if asked.act in _ITEMS:
        return item_proposals(ground.programme, ground.nodes, asked)
    if asked.act is Act.STATE:
        return [_stated(ground, asked)]
    if isinstance(asked.before, Words) and asked.subject is Subject.TEXT:
        return [_text(ground, asked, asked.before)]
    return place_value(ground, asked)


def _stated(ground: Ground, asked: Asked) -> Proposal:
    """A contact below the text: nothing to do where the call has it, else a person decides whether it is new."""
    known = [spot for spot in ground.spots if spot.subject is asked.subject]
    same = [spot for spot in known if asked.after is not None and says_same(asked.after, spot.said)]
    if same:
        return Proposal(Sure.SAME, (candidate(same[0], asked.after),))
    candidates = tuple(candidate(spot, asked.after) for spot in known[:MOST_CANDIDATES])
    return Proposal(Sure.CHOOSE if candidates else Sure.NONE, candidates, "amendment.stated_only")


def _text(ground: Ground, asked: Asked, before: Words) -> Proposal:
    """A quoted text that gives way to another: looked for in every wording of the call."""
    after = asked.after.text if isinstance(asked.after, Words) else ""
    named = {node.identifier for node in named_in(asked.about, asked.scope, ground.nodes).nodes}
    holding = [spot for spot in texts_of(ground.programme) if _holds(spot.said, before.text)]
    inside = [spot for spot in holding if spot.address.node in named] or holding
    candidates = tuple(_reworded(spot, before.text, after) for spot in inside[:MOST_CANDIDATES])
    if not candidates:
        return Proposal(Sure.NONE, (), "amendment.words_not_found")
    if len(candidates) > 1:
        return Proposal(Sure.CHOOSE, candidates, "amendment.several_parts")
    return Proposal(Sure.BY_VALUE, candidates)


def _holds(said: Said, text: str) -> bool:
    return isinstance(said, Words) and bool(text) and text in said.text


def _reworded(spot: Spot, before: str, after: str) -> Candidate:
    whole = spot.said.text if isinstance(spot.said, Words) else ""
    return Candidate(spot.address, spot.said, Words(whole.replace(before, after)), spot.label)
