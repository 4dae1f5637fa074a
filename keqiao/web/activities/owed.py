"""What is owed about records: units correct what came back, the office verifies what was reported."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.activity import ActivityState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.activities.models import Activity
from keqiao.web.activities.permissions import OF_A_UNIT
from keqiao.web.activities.projects import projects_with
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_role, for_roles

CORRECT, VERIFY = "activities.correct", "activities.verify"
LONGEST_TITLE = 120
PROJECT = "activities.project"
RETURNED, REPORTED = ActivityState.RETURNED.value, ActivityState.REPORTED.value


def corrections_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty of the unit for each record that came back."""
    for row in Activity.objects.filter(which or Q(), state=RETURNED):
        yield Owed(
            CORRECT,
            f"correct:{row.pk}",
            (Activity._meta.label_lower, str(row.pk)),
            for_roles(OF_A_UNIT, row.owner_id),
            row.association_id,
            row.changed_at,
            variables={"title": row.title[:LONGEST_TITLE], "number": str(row.number)},
            within_id=str(row.project_id),
        )


def verifications_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty of the office for each project with records that wait to be verified."""
    rows = Activity.objects.filter(which or Q(), state=REPORTED).order_by()
    waiting: list[Any] = list(
        rows.values("project_kind", "project_id", "association_id").annotate(since=Min("reported_at"))
    )
    projects = projects_with((row["project_kind"], row["project_id"]) for row in waiting)
    for row in waiting:
        named = about_project(row["project_kind"], row["project_id"])
        project = projects.get((row["project_kind"], row["project_id"]))
        yield Owed(
            VERIFY,
            f"verify:{named[1]}",
            named,
            for_role(OFFICER, row["association_id"]),
            row["association_id"],
            row["since"],
            variables={"title": project.title[:LONGEST_TITLE] if project else ""},
            within_id=str(row["project_id"]),
        )


def about_project(kind: str, pk: Any) -> tuple[str, str]:
    """Return how duties name a project."""
    return PROJECT, f"{kind}:{pk}"


def follow_record(row: Activity, at: datetime, fact: str) -> None:
    """Open and close what is owed about a record and its project, after ``fact`` has happened to it."""
    own = (Activity._meta.label_lower, str(row.pk))
    follow([CORRECT], own, list(corrections_owed(Q(pk=row.pk))), at=at, fact=fact)
    of_project = Q(project_kind=row.project_kind, project_id=row.project_id)
    named = about_project(row.project_kind, row.project_id)
    follow([VERIFY], named, list(verifications_owed(of_project)), at=at, fact=fact)


def _project_link(about_id: str) -> str:
    kind, _colon, pk = about_id.partition(":")
    return reverse("activities:project", args=[kind, pk]) + f"?state={REPORTED}"


KINDS = [
    Kind(
        code=CORRECT,
        title=_("补充活动登记：{number}号 {title}"),
        otherwise=_("没有核实的记录不计入指标"),
        act=_("去补充"),
        many=_("退回补充的活动登记"),
        link=lambda about_id: reverse("activities:record", args=[about_id]),
        owed_now=corrections_owed,
        variables=frozenset({"title", "number"}),
        facts={"reported": _("已重新报送"), "disallowed": _("不予认定")},
    ),
    Kind(
        code=VERIFY,
        title=_("核实活动登记：{title}"),
        otherwise=_("没有核实的记录不计入指标"),
        act=_("去核实"),
        many=_("待核实的活动登记"),
        link=_project_link,
        list_link=lambda: reverse("activities:queue"),
        owed_now=verifications_owed,
        variables=frozenset({"title"}),
        facts={"verified": _("已核实"), "returned": _("已退回"), "disallowed": _("不予认定")},
    ),
]
