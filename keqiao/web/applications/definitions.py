"""What a revision of a call asks of an application: form, limits, clauses. Kept in memory: revisions never change."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from keqiao.core.findings import Source
from keqiao.core.forms.specification import Specification, specification_for
from keqiao.core.programme import Path, effective
from keqiao.core.programme.selection import Bundle
from keqiao.core.rules.bundles import pilots_of
from keqiao.core.rules.category import CompiledCall
from keqiao.core.rules.facts import Stage
from keqiao.core.rules.joining import Confirmation, confirmation_of
from keqiao.core.rules.quotas import Limit, limits_of
from keqiao.web.eligibility.calls import ready_call

CATEGORIES_KEPT = 2000  # in the memory of one process


@dataclass(frozen=True, slots=True)
class Asked:
    """One category of one revision.

    ``limits`` are those on applying. ``confirmation`` says when the call wants the units that join to have accepted.
    ``bundle`` is what this category brings with it, ``pilots`` are the ids of the categories that bring this one.
    ``specification`` is None where the call states no form: there is nothing to fill in then, and the application
    consists of its title, unit and people.
    """

    call: str
    year: int | None
    path: Path
    specification: Specification | None
    limits: tuple[Limit, ...]
    deadline: Source | None
    rules: CompiledCall
    confirmation: Confirmation | None = None
    bundle: Bundle | None = None
    pilots: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """The digest of the specification; that of nothing where there is none."""
        return self.specification.digest if self.specification else ""


@lru_cache(maxsize=CATEGORIES_KEPT)
def asked_at(revision_id: UUID, node: str) -> Asked:
    """Return what the category with this id asks for. Raises KeyError: the revision has no such category."""
    ready = ready_call(revision_id)
    path = ready.path(node)
    holds = effective(ready.programme, path)
    applying = (
        limit for limit in limits_of(holds) if limit.stage is Stage.APPLIED and limit.most is not None
    )
    return Asked(
        call=ready.programme.id,
        year=ready.programme.year,
        path=path,
        specification=specification_for(ready.programme, path),
        limits=tuple(applying),
        deadline=holds.deadline.fact.source if holds.deadline else None,
        rules=ready.rules,
        confirmation=confirmation_of(holds),
        bundle=holds.bundle.fact if holds.bundle and holds.bundle.path == path else None,
        pilots=pilots_of(ready.programme, path),
    )


def asked_of(application: Any) -> Asked:
    """Return what the revision asks for that the answers of an application follow."""
    return asked_at(application.revision_id, application.node)
