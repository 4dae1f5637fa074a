"""Judge a change of a value that is known to be the one: plain, said already, worked out, or against what stands."""

from keqiao.core.programme.amending.asked import Asked, Later, Moment, Said, Subject
from keqiao.core.programme.amending.comparing import is_equal
from keqiao.core.programme.amending.ground import Ground, changed
from keqiao.core.programme.amending.proposing import Proposal, Sure
from keqiao.core.programme.amending.spots import Spot


def judged(ground: Ground, spot: Spot, asked: Asked, sure: Sure) -> Proposal:
    """Return the proposal for a value that is the one; ``sure`` where nothing speaks against it."""
    one = changed(ground, spot, asked)
    if one.after is None:
        return Proposal(Sure.NONE, (one,), "amendment.cannot_work_out")
    if is_equal(one.after, spot.said):
        return Proposal(Sure.SAME, (one,))
    if spot.subject is Subject.DEADLINE and is_earlier(one.after, spot.said):
        return Proposal(Sure.CONFLICT, (one,), "amendment.earlier")
    if isinstance(asked.after, Later):
        return Proposal(Sure.COMPUTED, (one,), "amendment.worked_out")
    if isinstance(one.after, Moment) and not one.after.sure_year:
        return Proposal(Sure.COMPUTED, (one,), "amendment.year_not_written")
    return Proposal(sure, (one,))


def conflict(ground: Ground, spot: Spot, asked: Asked) -> Proposal:
    """Return the proposal where the call says something else than the notice says it does."""
    one = changed(ground, spot, asked)
    if one.after is not None and is_equal(one.after, spot.said):
        return Proposal(Sure.SAME, (one,))
    return Proposal(Sure.CONFLICT, (one,), "amendment.says_otherwise")


def is_earlier(after: Said, standing: Said) -> bool:
    """Would a deadline move forward? A day without an hour ends at midnight."""
    if not (isinstance(after, Moment) and isinstance(standing, Moment)):
        return False
    if after.on != standing.on:
        return after.on < standing.on
    return after.at is not None and (standing.at is None or after.at < standing.at)
