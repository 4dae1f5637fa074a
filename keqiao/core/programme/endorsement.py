"""The way of an application through those who endorse it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from keqiao.core.programme.facts import Fact, Identifier, Model, PossibleDate, Text, Texts

EndorsementAct = Literal["check", "recommend", "consent", "seal", "letter", "summarise", "forward", "opinion"]
EndorsementTaker = Literal[
    "applicant",
    "original_recommender",
    "county_association",
    "city_association",
    "province_association",
    "association",
    "finance_bureau",
    "government",
    "party_committee",
    "deputy_leader",
    "main_leader",
    "host",
    "department_in_charge",
]


class EndorsementStep(Model):
    """One step: what is done (``words``), by whom, with which seal or letter, by when, together with whom.

    ``taker`` says who that is where the words of ``by`` are not known, or mean somebody else than they do elsewhere.
    ``office`` is the id of an office of the programme where one of them takes the step. ``may_return``:
    whoever takes this step may send the application back.
    """

    words: Text
    by: Text | None = None
    taker: EndorsementTaker | None = None
    act: EndorsementAct | None = None
    seal: Text | None = None
    letter: Text | None = None
    together_with: Texts = ()
    office: Identifier | None = None
    deadline: PossibleDate | None = None
    may_return: bool = True


def _plain_words(value: object) -> object:
    """Take a plain text for a step that has only its words."""
    if isinstance(value, str):
        value = (value,)
    if isinstance(value, list | tuple):
        return tuple({"words": step} if isinstance(step, str) else step for step in value)
    return value


Steps = Annotated[tuple[EndorsementStep, ...], BeforeValidator(_plain_words)]


class EndorsementChain(Fact):
    """The steps in order, for applicants of the kinds in ``applies_to`` (all where empty).

    ``per_endorser_max`` is how many applications one endorser may forward in the category; ``ranked``: in
    order of preference.
    """

    id: Identifier
    applies_to: Texts = ()
    steps: Steps = Field(min_length=1)
    per_endorser_max: int | None = Field(default=None, ge=1)
    ranked: bool = False
