"""Which office of an association is in charge of a category (责任部室), and what filters lists by it.

Kept in memory: revisions never change.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.core.programme import effective
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.ui.lists import Filter

CATEGORIES_KEPT = 2000  # in the memory of one process
Category = tuple[UUID, str]
"""A category of a revision: id of the revision, id of the category."""


@lru_cache(maxsize=CATEGORIES_KEPT)
def offices_of(revision_id: UUID, node: str) -> tuple[str, ...]:
    """Return the words of the offices in charge of the category. Raises KeyError: the revision has no such category."""
    ready = ready_call(revision_id)
    holds = effective(ready.programme, ready.path(node))
    known = {each.id: each.department or each.name or each.id for each in ready.programme.office_list}
    return tuple(known.get(each, each) for each in holds.offices.fact) if holds.offices else ()


def categories_in(rows: QuerySet[Any]) -> list[Category]:
    """Return the categories that these applications are in."""
    return list(rows.order_by().values_list("revision_id", "node").distinct())


def office_filter(categories: Iterable[Category]) -> Filter:
    """Return the filter of a list of applications by the office in charge."""
    offices = {each: offices_of(*each) for each in categories}
    words = sorted({office for each in offices.values() for office in each})
    return Filter("office", _("责任部室"), [(each, each) for each in words], lambda name: _of(offices, name))


def _of(offices: Mapping[Category, tuple[str, ...]], office: str) -> Q:
    found = Q(pk__in=[])
    for (revision, node), each in offices.items():
        if office in each:
            found |= Q(revision_id=revision, node=node)
    return found
