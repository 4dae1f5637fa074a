"""Who gets a place and how much money: a proposal, its reasons, and what a changed decision would break."""

from keqiao.core.allocation.departing import AT_THE_LINE, Decided, departures
from keqiao.core.allocation.proposal import Line, Proposal, Reason, Status, Taken, Verdict
from keqiao.core.allocation.proposing import propose
from keqiao.core.allocation.reading import Contender, caps_of, money_questions, nodes_of
from keqiao.core.allocation.solving import NotSolved
from keqiao.core.allocation.terms import (
    Bar,
    BarKind,
    Candidate,
    Cap,
    Case,
    Lift,
    Node,
    Pilot,
    Policy,
    Scope,
    Sharing,
)

__all__ = [
    "AT_THE_LINE",
    "Bar",
    "BarKind",
    "Candidate",
    "Cap",
    "Case",
    "Contender",
    "Decided",
    "Lift",
    "Line",
    "Node",
    "NotSolved",
    "Pilot",
    "Policy",
    "Proposal",
    "Reason",
    "Scope",
    "Sharing",
    "Status",
    "Taken",
    "Verdict",
    "caps_of",
    "departures",
    "money_questions",
    "nodes_of",
    "propose",
]
