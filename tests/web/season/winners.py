"""Projects of a played world, signed and running: what passed the formal check is selected as a decision would."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.accounts.roles import Role
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.filing.actions.stamped import make_page, take_scan
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.printed_pages import page_pdf
from keqiao.web.grants.actions import agreements
from keqiao.web.grants.actions.agreements import Drafted, Payment
from keqiao.web.grants.actions.beginning import Beginning, begin_grants
from keqiao.web.grants.owed import GRANT
from keqiao.web.grants.terms import fingerprint
from keqiao.web.grants.to_be_stamped import KINDS
from keqiao.web.parties.queries import local_day
from keqiao.web.review.models import FormalCheck
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.world import World
from tests.web import make

AMOUNT = 3_000_000
SHARES = (60, 40)


def staff(scene: Scene) -> None:
    """The leader and the finance department of the association."""
    body = scene.association.organisation
    for role in (Role.LEADER, Role.FINANCE):
        make.holder(role, body)


def projects_of(world: World, scene: Scene, *, amount_fen: int = AMOUNT) -> list[Any]:
    """Projects whose agreement is signed, of everything drawn that has passed the formal check."""
    staff(scene)
    drawn = {(scene.parties[each.unit].pk, each.title) for each in world.applications}
    checks = FormalCheck.objects.filter(state="passed", application__association=scene.association)
    passed = [each.application for each in checks.select_related("application__revision__call")]
    calls = {}
    for application in passed:
        if (application.unit_id, application.title) in drawn:
            calls[application.call_id] = application.call
            _selected(application, scene, amount_fen)
    at = scene.moments.agreed
    for call in calls.values():
        waiting = Selection.objects.filter(call=call, grant__isnull=True).count()
        for grant in begin_grants(call.pk, Beginning(shares=SHARES), waiting, actor=scene.officer, at=at):
            _signed(grant, scene)
    return list(calls)


def _selected(application: Any, scene: Scene, amount_fen: int) -> None:
    by = {"made_by": scene.officer, "made_at": scene.moments.awarded}
    shared = {"association": scene.association, "revision": application.revision}
    decision = Decision.objects.get_or_create(call=application.call, defaults={**shared, **by})[0]
    Selection.objects.create(
        association=scene.association,
        decision=decision,
        call=application.call,
        application=application,
        state=SelectionState.CONFIRMED.value,
        amount_fen=amount_fen,
        decided_at=scene.moments.awarded,
    )


def _signed(grant: Any, scene: Scene) -> None:
    at = scene.moments.agreed
    office, unit = {"actor": scene.officer, "at": at}, {"actor": grant.application.created_by, "at": at}
    if grant.ends_on is None:
        rows = grant.instalments.all()
        payments = [Payment(row.name, row.amount_fen, row.condition, row.due_on) for row in rows]
        ends = local_day(scene.moments.reported)
        agreements.draft(grant.pk, Drafted(grant.begins_on, ends, None, (), payments), **office)
    agreements.send(grant.pk, **office)
    page = make_page((GRANT, grant.pk), **unit)
    pdf = page_pdf(page, KINDS[0].to_sign(unit["actor"], grant.pk, at))
    wanted = Announced(STAMPED, "page.pdf", len(pdf), grant.association_id)
    take_scan(store_upload(SimpleUploadedFile("page.pdf", pdf), wanted, **unit), **unit)
    grant.refresh_from_db()
    agreements.sign(grant.pk, fingerprint(grant), **office)
