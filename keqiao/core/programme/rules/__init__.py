"""The 34 types of rule (and ``any`` of several), as one union told apart by ``type``."""

from typing import Annotated, Literal

from pydantic import Field

from keqiao.core.programme.rules.base import Rule
from keqiao.core.programme.rules.conduct import (
    Conduct,
    Conform,
    Declared,
    Finance,
    IntellectualProperty,
    SelfSetTargets,
)
from keqiao.core.programme.rules.content import Choice, Count, Series, Split, Where
from keqiao.core.programme.rules.decide import Publicity, Publish, RecommendUp, Review
from keqiao.core.programme.rules.limits import Continuation, DeadlineRule, Period, Quota, Sanction
from keqiao.core.programme.rules.papers import EndorsementRule, FilingRule, MaterialRule, TextLimit
from keqiao.core.programme.rules.persons import Person
from keqiao.core.programme.rules.who import (
    ApplicantKind,
    CoActor,
    History,
    Hosting,
    Joint,
    LegalStatus,
    Platform,
    Proxy,
    Recognition,
)

SimpleRule = Annotated[
    ApplicantKind
    | Proxy
    | LegalStatus
    | Recognition
    | History
    | Person
    | Platform
    | CoActor
    | Joint
    | Hosting
    | Count
    | Choice
    | Where
    | Series
    | Split
    | SelfSetTargets
    | Declared
    | Conform
    | Conduct
    | IntellectualProperty
    | Finance
    | MaterialRule
    | TextLimit
    | FilingRule
    | EndorsementRule
    | DeadlineRule
    | Period
    | Quota
    | Sanction
    | Continuation
    | Review
    | Publicity
    | Publish
    | RecommendUp,
    Field(discriminator="type"),
]


class AnyOf(Rule):
    """One of several rules is enough (具备下列条件之一)."""

    type: Literal["any"]
    of: tuple[SimpleRule, ...] = Field(min_length=2)


AnyRule = Annotated[SimpleRule | AnyOf, Field(discriminator="type")]

__all__ = ["AnyOf", "AnyRule", "Rule", "SimpleRule"]
