"""Mark which of several applications of one child category goes into a pilot; change it until the deadline."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from keqiao.core.lifecycle.application import APPLICANT
from keqiao.core.rules.bundles import child_at
from keqiao.web.applications import taking
from keqiao.web.applications.actions.writing import allowed, locked, refusal
from keqiao.web.applications.definitions import asked_of
from keqiao.web.applications.limits import applying_of
from keqiao.web.applications.models import Application, BundleMark
from keqiao.web.applications.permissions import Viewer
from keqiao.web.audit.log import By, Chain, Happened, record_together
from keqiao.web.programmes.queries import offer_of
from keqiao.web.registers.actions.applied import mark_place
from keqiao.web.scope import crossing

WHY = "a mark stands beside the place of an application in the books of the association of the call"


@transaction.atomic
def mark(pilot_id: UUID, application_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Have ``application_id`` be the one of its child category that goes into the pilot; another loses its mark.

    Raises:
        Application.DoesNotExist: the actor has no business with one of them.
        Refused: it stands in no child category of the pilot, one of them is withdrawn, or the deadline is over.
    """
    with crossing(WHY):
        pilot, child = _held(pilot_id, application_id, actor, at)
        category = _child(pilot, child)
        before = _unmarked(BundleMark.objects.filter(pilot=pilot, child=category).exclude(application=child))
        moved = BundleMark.objects.filter(application=child).exclude(pilot=pilot)
        moved.delete()
        terms = {"association_id": pilot.association_id, "marked_by_id": actor.pk, "marked_at": at}
        BundleMark.objects.update_or_create(
            pilot=pilot, child=category, defaults={"application": child, **terms}
        )
        _record(pilot, (before, child), category, By(actor, APPLICANT, at))


@transaction.atomic
def unmark(pilot_id: UUID, application_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Take the mark of an application off, if it has one.

    Raises:
        Application.DoesNotExist: the actor has no business with one of them.
        Refused: one of them is withdrawn, or the deadline is over.
    """
    with crossing(WHY):
        pilot, child = _held(pilot_id, application_id, actor, at)
        category = _child(pilot, child)
        if _unmarked(BundleMark.objects.filter(pilot=pilot, application=child)):
            _record(pilot, (child, None), category, By(actor, APPLICANT, at))


def drop_marks(application: Application, by: By) -> None:
    """Take off every mark from and into an application that is taken back, while it still has its place."""
    rows = BundleMark.objects.filter(pilot=application) | BundleMark.objects.filter(application=application)
    marked = list(rows.values_list("pk", "application_id"))
    BundleMark.objects.filter(pk__in=[pk for pk, _child_id in marked]).delete()
    owner = application.association_id
    if happened := [each for _pk, child in marked for each in mark_place(owner, child, "")]:
        record_together(happened, by)


def _held(
    pilot_id: UUID, application_id: UUID, actor: Viewer, at: datetime
) -> tuple[Application, Application]:
    """Both under lock, always in the same order, and the guards of their places."""
    rows = {pk: locked(pk) for pk in sorted({pilot_id, application_id}, key=lambda pk: pk.hex)}
    pilot, child = rows[pilot_id], rows[application_id]
    for each in (pilot, child):
        allowed(each, "mark", actor, at)
    offer = offer_of(pilot.call_id, pilot.node)
    if offer is not None and offer.deadline_at is not None and at > offer.deadline_at:
        raise refusal("bundle.mark_late", deadline=offer.deadline_at.isoformat())
    taking.hold_guards(pilot.association_id, applying_of(pilot).guarded)
    return pilot, child


def _child(pilot: Application, child: Application) -> str:
    """The id of the child category in which the second one stands."""
    bundle = asked_of(pilot).bundle
    category = child_at(bundle, asked_of(child).path) if bundle is not None else None
    if category is None or (pilot.unit_id, pilot.call_id) != (child.unit_id, child.call_id):
        raise refusal("bundle.no_child", name=child.title or child.number)
    return category


def _unmarked(rows: QuerySet[BundleMark]) -> Application | None:
    row = rows.select_related("application").first()
    if row is None:
        return None
    row.delete()
    return row.application


def _record(
    pilot: Application, changed: tuple[Application | None, Application | None], child: str, by: By
) -> None:
    before, after = changed
    owner = pilot.association_id
    data = {
        "child": child,
        "before": str(before.pk) if before else "",
        "after": str(after.pk) if after else "",
    }
    happened = [Happened("child_marked", Chain(Application._meta.label_lower, str(pilot.pk)), data)]
    if before is not None:
        happened += mark_place(owner, before.pk, "")
    if after is not None:
        happened += mark_place(owner, after.pk, str(pilot.pk))
    record_together(happened, by)
