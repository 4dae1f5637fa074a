"""Grants as rooms ``activities`` and ``indicators`` know projects: whose, when, what is asked, who records."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.grant import WORKS
from keqiao.core.targets import Term
from keqiao.web.activities import projects as recorded
from keqiao.web.grants.carrying import targets_in_force
from keqiao.web.grants.models import Grant
from keqiao.web.grants.permissions import APPLICANT, roles_towards
from keqiao.web.indicators import projects as asked

KIND = "grant"
OPEN = frozenset(state.value for state in WORKS)


def find(ids: Collection[UUID]) -> Iterable[recorded.Project]:
    """Yield the grants with these ids as projects for which records are made."""
    for grant in Grant.objects.filter(pk__in=ids).select_related("unit", "application"):
        row: Any = grant
        yield recorded.Project(
            KIND,
            row.pk,
            row.title,
            owner_id=row.unit_id,
            owner_name=row.unit.name,
            association_id=row.association_id,
            is_open=row.state in OPEN,
            number=row.number,
            address=reverse("grants:grant", args=[row.pk]),
            start=row.begins_on,
            end=row.ends_on,
            asked=asked.words_asked(targets_in_force(row)),
        )


def may_record(viewer: Any, project: recorded.Project, at: datetime) -> bool:
    """People of its unit record for a grant, once its agreement was sent."""
    grant = Grant.objects.filter(pk=project.id).first()
    return grant is not None and APPLICANT in roles_towards(viewer, grant, at)


def asked_of(pk: UUID, _at: datetime) -> asked.Asked | None:
    """Return the targets of a grant with what is known of its setting."""
    grant = Grant.objects.filter(pk=pk).select_related("application", "unit", "revision", "call").first()
    if grant is None:
        return None
    row: Any = grant
    term = Term(row.begins_on, row.ends_on) if row.begins_on and row.ends_on else None
    facts = asked.SettingFacts(
        term=term,
        year=row.revision.definition.get("year"),
        region_id=row.unit.region_id,
        payer=str(row.association_id),
    )
    return asked.Asked(targets_in_force(row), facts, row.revision.digest)


def register() -> None:
    """Make grants known as projects."""
    recorded.register(KIND, recorded.Access(_("立项项目"), find, may_record))
    asked.register(KIND, asked_of)
