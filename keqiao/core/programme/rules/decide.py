"""Rules of deciding: review, public notice, publication, passing on."""

from typing import Literal

from pydantic import Field

from keqiao.core.programme.facts import Text, Texts
from keqiao.core.programme.rules.base import Rule


class Review(Rule):
    """Who judges, by what principle; ``per`` project, group or category; ``responsible_for`` what they
    answer for. ``finance_approves``: what is decided upon the review takes effect with the finance bureau's word as
    well (会同财政部门审定); left out where the document says nothing.
    """

    type: Literal["review"]
    by: Texts = ()
    per: Text | None = None
    principle: Texts = ()
    responsible_for: Texts = ()
    finance_approves: bool | None = None


class Publicity(Rule):
    """Public notice (公示): ``days`` of ``day_kind``, whether the first day counts, what becomes of
    objections.

    ``day_kind`` is left out where the document does not say which days.
    """

    type: Literal["publicity"]
    days: int | None = Field(default=None, ge=1, le=60)
    day_kind: Literal["working", "calendar"] | None = None
    first_day_counts: bool | None = None
    objection: Text | None = None


class Publish(Rule):
    """What is published, and where."""

    type: Literal["publish"]
    what: Texts = ()
    where: Text | None = None


class RecommendUp(Rule):
    """Who or what is passed on to a higher level."""

    type: Literal["recommend_up"]
    to: Texts = ()
    who: Texts = ()
