"""Which chain the events of a case belong to."""

from typing import NamedTuple

from django.db import models


class Chain(NamedTuple):
    """The case an event belongs to, given as values where no row is at hand."""

    kind: str
    id: str


def chain_of(case: models.Model | Chain) -> Chain:
    """Return the chain of ``case``: its model's label and its primary key."""
    if isinstance(case, Chain):
        return case
    return Chain(case._meta.label_lower, str(case.pk))
