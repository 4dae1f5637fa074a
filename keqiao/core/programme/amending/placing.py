"""Where a typed value (a day, an amount, a count, a contact) belongs: at the parts named, else where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from keqiao.core.programme.amending.asked import Asked, Later, Moment, Money, Number, Subject, Words
from keqiao.core.programme.amending.comparing import same_unit, says_same
from keqiao.core.programme.amending.ground import Ground, changed, ids_of, value_from_above
from keqiao.core.programme.amending.judging import conflict, judged
from keqiao.core.programme.amending.naming import Naming, folded, is_filler, like, named_in, nearest
from keqiao.core.programme.amending.proposing import MOST_CANDIDATES, Proposal, Sure
from keqiao.core.programme.amending.spots import Address, NodeInfo, Spot

_OF_KIND: dict[type, tuple[Subject, ...]] = {
    Moment: (Subject.DEADLINE, Subject.COMPLETION, Subject.OPENS),
    Later: (Subject.DEADLINE,),
    Money: (Subject.FUNDING, Subject.TOTAL),
    Number: (Subject.PLACES, Subject.LIMIT, Subject.TARGET, Subject.COPIES),
    Words: (Subject.PHONE, Subject.EMAIL, Subject.PERSON, Subject.ADDRESS),
}
_STATED_ANYWHERE = {
    Subject.DEADLINE: ("deadline", ""),
    Subject.COMPLETION: ("completion", ""),
    Subject.OPENS: ("opens", ""),
    Subject.PLACES: ("places", ""),
    Subject.LIMIT: ("per_unit_limit", "max"),
    Subject.FUNDING: ("funding", "each"),
}
"""Statements that any category may make for itself, by subject: their slot and field."""


def place_value(ground: Ground, asked: Asked) -> list[Proposal]:
    """Return what a typed change would do; at least one proposal."""
    naming = named_in(asked.about, asked.scope, ground.nodes)
    spots = _of_subject(ground.spots, asked)
    if asked.stage and isinstance(asked.after, Moment | Later):
        return [_staged(ground, naming, spots, asked)]
    spots = [spot for spot in spots if not spot.stage]
    if naming.unknown:
        alike = ids_of(node for name in naming.unknown for node in like(name, ground.nodes))
        near = [spot for spot in spots if spot.address.node in alike]
        return [_several(ground, near or spots, asked, "amendment.part_unknown")]
    if naming.nodes:
        return _at_named(ground, naming.nodes, spots, asked)
    return _anywhere(ground, naming, spots, asked)


def _several(
    ground: Ground, spots: Sequence[Spot], asked: Asked, why: str, sure: Sure = Sure.CHOOSE
) -> Proposal:
    """Leave it to a person, with what may be meant."""
    candidates = tuple(changed(ground, spot, asked) for spot in spots[:MOST_CANDIDATES])
    if not candidates:
        return Proposal(Sure.NONE, (), "amendment.part_not_found" if why == "amendment.part_unclear" else why)
    return Proposal(sure, candidates, why)


def _of_subject(spots: Iterable[Spot], asked: Asked) -> list[Spot]:
    """The values that the change may be about: of its subject, or of the kind of value it states."""
    after = asked.after
    wanted = (asked.subject,) if asked.subject is not Subject.ANY else _OF_KIND.get(type(after), ())
    found = [spot for spot in spots if spot.subject in wanted]
    if isinstance(after, Number):
        found = [s for s in found if isinstance(s.said, Number) and same_unit(after, s.said)]
    return _labelled(found, asked)


def _labelled(spots: Sequence[Spot], asked: Asked) -> list[Spot]:
    """Of several values with a label (a metric, an office), those whose label the words name."""
    words = folded(asked.about)
    named = [spot for spot in spots if any(name in words for name in _short_labels(spot))]
    return named or list(spots)


def _short_labels(spot: Spot) -> list[str]:
    return [folded(label) for label in spot.labels if len(folded(label)) > 1]


def _staged(ground: Ground, naming: Naming, spots: Sequence[Spot], asked: Asked) -> Proposal:
    """Another step than the application: never taken for the applicants' own deadline."""
    wanted = ids_of(naming.nodes)
    mine = [s for s in spots if s.stage == asked.stage and (not wanted or s.address.node in wanted)]
    if len(mine) == 1:
        return judged(ground, mine[0], asked, Sure.EXACT)
    if mine:
        return _several(ground, mine, asked, "amendment.several_parts")
    return _several(ground, spots, asked, "amendment.stage_not_stated", Sure.NONE)


def _at_named(
    ground: Ground, named: Sequence[NodeInfo], spots: Sequence[Spot], asked: Asked
) -> list[Proposal]:
    """Proposals for each part that is named; a category and the track it is filed in, both named, are one."""
    ids = ids_of(named)
    groups: dict[str, list[NodeInfo]] = {}
    for node in named:
        key = node.track if node.path and node.track in ids else node.identifier
        groups.setdefault(key, []).append(node)
    return [p for members in groups.values() for p in _at_part(ground, members, spots, asked)]


def _at_part(
    ground: Ground, members: Sequence[NodeInfo], spots: Sequence[Spot], asked: Asked
) -> list[Proposal]:
    ids = ids_of(members)
    own = [spot for spot in spots if _belongs(ground, spot, ids)]
    if own:
        return _settled(ground, own, asked, Sure.EXACT)
    inner = {node.identifier for node in ground.nodes if any(_is_inside(node, outer) for outer in members)}
    inside = [spot for spot in spots if spot.address.node in inner]
    if not inside and (new := _new_statement(ground, members[-1], asked)):
        return [new]
    return _settled(ground, inside, asked, Sure.EXACT)


def _is_inside(node: NodeInfo, outer: NodeInfo) -> bool:
    return (
        bool(outer.path) and len(node.path) > len(outer.path) and node.path[: len(outer.path)] == outer.path
    )


def _belongs(ground: Ground, spot: Spot, ids: set[str]) -> bool:
    """Does this value stand at one of these nodes, or is it that of an office that serves one of them?"""
    if spot.address.slot != "office_list":
        return spot.address.node in ids
    serving = (node for node in ground.nodes if node.identifier and node.identifier in ids)
    return any(spot.address.entry in node.terms.offices for node in serving)


def _anywhere(ground: Ground, naming: Naming, spots: Sequence[Spot], asked: Asked) -> list[Proposal]:
    """No part is named: every value of the subject may be meant, unless other words may be a name."""
    if not is_filler(_without_labels(naming.rest, spots)):
        close = ids_of(nearest(naming.rest, ground.nodes))
        near = [spot for spot in spots if spot.address.node in close] or spots
        equal = [s for s in near if asked.before is not None and says_same(asked.before, s.said)]
        return [_several(ground, equal or near, asked, "amendment.part_unclear")]
    if not spots and (new := _new_statement(ground, ground.nodes[0], asked)):
        return [replace(new, sure=Sure.COMPUTED, why="amendment.not_stated_before")]
    return _settled(ground, spots, asked, Sure.BY_VALUE if len(spots) > 1 else Sure.EXACT)


def _without_labels(rest: str, spots: Sequence[Spot]) -> str:
    for label in sorted({label for spot in spots for label in _short_labels(spot)}, key=len, reverse=True):
        rest = rest.replace(label, "")
    return rest


def _settled(ground: Ground, spots: Sequence[Spot], asked: Asked, sure: Sure) -> list[Proposal]:
    """Decide among the values that are left: the one that says what is replaced, or all days that are one day."""
    equal = [s for s in spots if asked.before is not None and says_same(asked.before, s.said)]
    pool = equal or list(spots)
    if not pool:
        return [Proposal(Sure.NONE, (), "amendment.part_not_found")]
    says_otherwise = asked.before is not None and not equal
    if len(pool) == 1 or _is_one_fact(pool):
        if says_otherwise:
            return [conflict(ground, spot, asked) for spot in pool]
        plain = Sure.EXACT if _is_one_fact(spots) else sure
        return [judged(ground, spot, asked, plain) for spot in pool]
    why = "amendment.before_not_found" if says_otherwise else "amendment.several_parts"
    return [_several(ground, pool, asked, why)]


def _is_one_fact(spots: Sequence[Spot]) -> bool:
    """One day is often stated in several places (for each track, and again as a rule), and so is one mailbox."""
    first = spots[0]
    if any(spot.subject is not first.subject for spot in spots):
        return False
    if isinstance(first.said, Moment):
        return len({spot.said.on for spot in spots if isinstance(spot.said, Moment)}) == 1
    return isinstance(first.said, Words) and len({spot.said for spot in spots}) == 1


def _new_statement(ground: Ground, node: NodeInfo, asked: Asked) -> Proposal | None:
    """A part that has no statement of its own gets one, in place of what holds for it from above."""
    subject = Subject.DEADLINE if isinstance(asked.after, Later) else asked.subject
    place = _STATED_ANYWHERE.get(subject)
    if place is None:
        return None
    above = value_from_above(ground, node, place[0])
    spot = Spot(Address(node.identifier, place[0], "", place[1]), subject, above or Words(""))
    if isinstance(asked.after, Later) and above is None:
        return None
    if asked.before is not None and not (above and says_same(asked.before, above)):
        return conflict(ground, spot, asked)
    return judged(ground, spot, asked, Sure.EXACT)
