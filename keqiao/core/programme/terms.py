"""What may be stated at any level of a call: for the whole programme, a track, a category."""

from typing import Literal

from pydantic import Field

from keqiao.core.programme.closing import Closing
from keqiao.core.programme.endorsement import EndorsementChain
from keqiao.core.programme.facts import Fact, Identifier, Text
from keqiao.core.programme.filing import Filing
from keqiao.core.programme.funding import Funding, Places, UnitLimit
from keqiao.core.programme.papers import Paper, Spending
from keqiao.core.programme.parties import Applicants, Beneficiary
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.schedule import Day, Deadline, Term
from keqiao.core.programme.selection import Bundle, Outcome, Preference, Regime, Scorecard
from keqiao.core.programme.targets import Target

Slot = Literal[
    "applicants",
    "funding",
    "places",
    "opens",
    "deadline",
    "completion",
    "filing",
    "offices",
    "endorsement",
    "form",
    "review",
    "publicity",
    "scorecard",
    "targets",
    "other",
]


class OpenQuestion(Fact):
    """What the document leaves open: about which part of the call, and what has to be settled."""

    about: Slot
    question: Text


class Terms(Fact):
    """The statements of one node of the tree. They hold for everything below it and are not repeated there.

    Below a node, a single statement (``applicants``, ``deadline``, ``form`` …) is replaced by a nearer one;
    lists (``rules``, ``targets``, ``materials`` …) grow. ``places``, ``per_unit_limit`` and totals belong
    to the node that states them and are shared by what stands below it. ``themes`` are codes of the
    vocabulary of themes, by which people look for calls.
    """

    applicants: Applicants | None = None
    beneficiary: Beneficiary | None = None
    themes: tuple[Identifier, ...] = ()
    open_to_applicants: bool | None = None
    rules: tuple[AnyRule, ...] = ()
    targets: tuple[Target, ...] = ()
    funding: Funding | None = None
    places: Places | None = None
    per_unit_limit: UnitLimit | None = None
    opens: Day | None = None
    deadline: Deadline | None = None
    completion: Day | None = None
    term: Term | None = None
    filing: Filing | None = None
    endorsement: tuple[EndorsementChain, ...] = ()
    offices: tuple[Identifier, ...] = ()
    form: Identifier | None = None
    materials: tuple[Paper, ...] = ()
    deliverables: tuple[Paper, ...] = ()
    spending: tuple[Spending, ...] = ()
    preferences: tuple[Preference, ...] = ()
    bundle: Bundle | None = None
    regime: Regime | None = None
    outcome: Outcome | None = None
    scorecard: Scorecard | None = None
    closing: Closing | None = None
    open_questions: tuple[OpenQuestion, ...] = Field(default=())
