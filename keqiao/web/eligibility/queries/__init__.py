"""Read: which open categories take a unit, why or why not, and which units could be invited."""

from keqiao.web.eligibility.queries.categories import (
    CategoryAsked,
    OpenCategory,
    answer_for,
    associations_open,
    best_first,
    decisions_for,
    offer_open,
    offers_open,
)
from keqiao.web.eligibility.queries.inviting import (
    Invited,
    invited_to,
    most_units_asked,
    offers_of_staff,
    own_offer,
)
from keqiao.web.eligibility.queries.trying import Tried, Wish, tried

__all__ = [
    "CategoryAsked",
    "Invited",
    "OpenCategory",
    "Tried",
    "Wish",
    "answer_for",
    "associations_open",
    "best_first",
    "decisions_for",
    "invited_to",
    "most_units_asked",
    "offer_open",
    "offers_of_staff",
    "offers_open",
    "own_offer",
    "tried",
]
