"""What every rule of a call has, whatever its type."""

from pydantic import Field

from keqiao.core.findings import Weight
from keqiao.core.programme.facts import Fact, Identifier, Text, Texts

Detail = bool | int | Text | Texts


class Rule(Fact):
    """One rule as data: what it says in our words, for whom, and how hard it is.

    ``summary`` is our own short wording (the document's words stay in the document). ``hedge`` is the word
    that softens it (原则上, 一般); a hedged rule warns and never refuses. ``subject`` is the unit, place or
    person it is about where that is not the applicant (依托单位, the beneficiary). ``applies_to`` names the
    applicants or the part of the call that it is for, as worded; ``when`` and ``unless`` limit it to a
    case. ``details`` hold stated particulars that no evaluator uses.
    """

    id: Identifier
    summary: Text
    weight: Weight | None = None
    hedge: Text | None = None
    subject: Text | None = None
    applies_to: Texts = ()
    when: Text | None = None
    unless: Text | None = None
    details: dict[str, Detail] = Field(default_factory=dict)

    @property
    def strength(self) -> Weight:
        """How hard the rule is: as stated, else ``warn`` when hedged, else ``refuse``."""
        if self.weight is not None:
            return self.weight
        return Weight.WARN if self.hedge else Weight.REFUSE
