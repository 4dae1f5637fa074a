"""Decide what becomes of applications."""

from keqiao.web.allocation.actions.asking import ask_for_approval
from keqiao.web.allocation.actions.beginning import begin, decide_pilots, propose_again, set_policy
from keqiao.web.allocation.actions.deciding import Departure, accept, depart, follow_proposal
from keqiao.web.allocation.actions.finding_out import Found, find_out, state_ranks
from keqiao.web.allocation.actions.merging import Joining, merge, part_again
from keqiao.web.allocation.actions.moving import move

__all__ = [
    "Departure",
    "Found",
    "Joining",
    "accept",
    "ask_for_approval",
    "begin",
    "decide_pilots",
    "depart",
    "find_out",
    "follow_proposal",
    "merge",
    "move",
    "part_again",
    "propose_again",
    "set_policy",
    "state_ranks",
]
