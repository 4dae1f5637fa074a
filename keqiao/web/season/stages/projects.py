"""The projects of drawn applications, who acts for them, and when: what the stages after the agreement share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Q

from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.workdays import SHANGHAI
from keqiao.web.accounts.queries import holders_of
from keqiao.web.approvals.actions import approve
from keqiao.web.approvals.queries import approvers_of
from keqiao.web.grants.queries import all_grants
from keqiao.web.parties.queries import local_day
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Aim, World

APPLICANT, FINANCE = "applicant", "finance"
NOT_SIGNED = [each.value for each in (GrantState.DRAFTED, GrantState.SENT, GrantState.GIVEN_UP)]
ENDS = time(17, tzinfo=SHANGHAI)
"""On the last day of the work a unit reports at this hour."""


@dataclass(frozen=True, slots=True)
class Project:
    """A grant of a drawn application with its course (``working.yaml``), and the account that acts for its unit."""

    grant: Any
    course: Mapping[str, Any]
    actor: Any
    scene: Scene

    @property
    def aim(self) -> Aim:
        """What the work on it comes to."""
        return Aim(self.course["aim"])

    @property
    def is_over(self) -> bool:
        """Does its work end before units report? What takes longer goes on."""
        ends = self.grant.ends_on
        return ends is not None and ends <= local_day(self.scene.moments.reported)

    @property
    def done_at(self) -> datetime:
        """The moment at which its work is done, or is reported so far."""
        if not self.is_over:
            return self.scene.moments.reported
        return max(datetime.combine(self.grant.ends_on, ENDS), self.scene.moments.working)

    def by(self, at: datetime) -> dict[str, Any]:
        """Its unit acts."""
        return {"actor": self.actor, "at": at}

    def office(self, at: datetime) -> dict[str, Any]:
        """The office acts."""
        return {"actor": self.scene.officer, "at": at}

    def finance(self, at: datetime) -> dict[str, Any]:
        """The finance department acts, or the bureau that supervises the money."""
        body = self.grant.finance_bureau_id or self.scene.association.organisation_id
        account = holders_of(FINANCE, body, at).first()
        if account is None:
            raise LookupError(f"{self.grant.number}: nobody acts for the finance department")
        return {"actor": account, "at": at}


def projects(world: World, scene: Scene) -> Iterator[Project]:
    """Yield the projects of drawn applications whose agreement is signed: first those that went the whole way, each in
    the order of drawing.
    """
    of = {
        log_in_unit: each.mail
        for each in world.log_ins
        if each.role == APPLICANT
        for log_in_unit in each.units
    }
    order = {
        (scene.parties[each.unit].pk, each.title): (not each.course, place, of.get(each.unit, ""))
        for place, each in enumerate(world.applications)
    }
    rows = all_grants(Q(association=scene.association) & ~Q(state__in=NOT_SIGNED)).select_related(
        "unit__region"
    )
    drawn = [row for row in rows.select_related("application", "unit") if _key(row) in order]
    courses = words("working")["courses"]
    for turn, row in enumerate(sorted(drawn, key=lambda row: order[_key(row)])):
        actor = scene.account(order[_key(row)][-1])
        yield Project(row, courses[turn % len(courses)], actor, scene)


def _key(grant: Any) -> tuple[Any, str]:
    return grant.unit_id, grant.application.title


def agreed(approval: Any, at: datetime) -> None:
    """The first of those whom an approval waits for agrees."""
    people = approvers_of(approval, at)
    if not people:
        raise LookupError(f"{approval.title}: nobody may agree to it")
    approve(approval.pk, actor=people[0], at=at)
