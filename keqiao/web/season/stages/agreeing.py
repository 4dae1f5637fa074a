"""The stage of agreeing: projects begin, agreements come back stamped, first instalments are paid; one is given up."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.lifecycle.instalment import InstalmentState
from keqiao.web.approvals.actions import approve
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.filing.actions.stamped import make_page, take_scan
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.printed_pages import page_pdf
from keqiao.web.filing.stampable import stampable
from keqiao.web.grants import queries
from keqiao.web.grants.actions import agreements, instalments
from keqiao.web.grants.actions.beginning import Beginning, begin_grants
from keqiao.web.grants.asking import ask
from keqiao.web.grants.owed import GRANT
from keqiao.web.grants.second_person import PAY
from keqiao.web.grants.terms import fingerprint
from keqiao.web.parties.queries import local_day
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import World

APPLICANT, STRONG = "applicant", "strong"
A_DAY = timedelta(days=1)
Units = Mapping[Any, Any]
"""The accounts that act for units, by the id of the unit."""


def play_agreeing(world: World, scene: Scene) -> Iterator[bool | str]:
    """Let what was awarded begin, as far as the play has come; one project, one transaction."""
    if not world.experts or not scene.has_come(scene.moments.agreed):
        return
    agreeing = scene.on(scene.moments.agreed)
    units = _units(world, scene)
    for seen in queries.calls_with_grants(scene.officer, agreeing.at):
        yield _begun(seen.call, agreeing)
        grants = list(queries.grants_of_call(scene.officer, seen.call.pk, agreeing.at))
        leaving = _leaving(grants, world, scene)
        for grant in grants:
            is_new = grant.state == GrantState.DRAFTED.value
            act = _given_up if grant is leaving else _agreed
            yield is_new and act(grant, units, agreeing)
            yield _paid(grant, units, agreeing)


def _units(world: World, scene: Scene) -> Units:
    filling_in = [each for each in world.log_ins if each.role == APPLICANT]
    return {scene.parties[key].pk: scene.account(each.mail) for each in filling_in for key in each.units}


def _leaving(grants: list[Any], world: World, scene: Scene) -> Any:
    """Of many projects the last one is given up of those that are not the strongest."""
    strong = {
        (scene.parties[each.unit].pk, each.title) for each in world.applications if each.course == STRONG
    }
    others = [each for each in grants if (each.unit_id, each.application.title) not in strong]
    return others[-1] if others and len(grants) >= words("allocating")["gives_up_from"] else None


def _begun(call: Any, scene: Scene) -> bool | str:
    waiting = queries.waiting_of(call.pk).count()
    if not waiting:
        return False
    how = Beginning(shares=tuple(words("allocating")["shares"]))
    begin_grants(call.pk, how, waiting, actor=scene.officer, at=scene.at)
    return "begun"


@transaction.atomic
def _agreed(grant: Any, units: Units, scene: Scene) -> str:
    """Send an agreement; the unit prints its page, signs and brings it; it is signed."""
    by = {"actor": scene.officer, "at": scene.at}
    agreements.draft(grant.pk, _drafted(grant, scene), **by)
    agreements.send(grant.pk, **by)
    _stamped(grant, units[grant.unit_id], scene)
    grant.refresh_from_db()
    agreements.sign(grant.pk, fingerprint(grant), **by)
    grant.refresh_from_db()
    return "signed"


def _drafted(grant: Any, scene: Scene) -> agreements.Drafted:
    """The term as the call states it; where it states none, until the projects are reported on."""
    day = local_day(scene.at)
    ends: date = grant.ends_on or local_day(scene.moments.reported)
    payments = [
        agreements.Payment(row.name, row.amount_fen, row.condition, row.due_on)
        for row in grant.instalments.order_by("ordinal")
    ]
    sign_by = day + timedelta(days=words("allocating")["sign_within"])
    return agreements.Drafted(min(grant.begins_on or day, day), max(ends, day), sign_by, (), payments)


def _stamped(grant: Any, actor: Any, scene: Scene) -> None:
    by = {"actor": actor, "at": scene.at}
    page = make_page((GRANT, grant.pk), **by)
    known: Any = stampable(GRANT)
    printed = page_pdf(page, known.to_sign(actor, grant.pk, scene.at))
    announced = Announced(STAMPED, f"{grant.number}.pdf", len(printed), grant.association_id)
    take_scan(store_upload(SimpleUploadedFile(announced.name, printed), announced, **by), **by)


@transaction.atomic
def _given_up(grant: Any, _units: Units, scene: Scene) -> str:
    """The unit does not take it on; another person frees the place."""
    reason = words("allocating")["given_up"]
    agreements.give_up(grant.pk, reason, actor=scene.officer, at=scene.at)
    agreements.free_place(grant.pk, actor=scene.investigator, at=scene.at)
    grant.refresh_from_db()
    return "given_up"


@transaction.atomic
def _paid(grant: Any, units: Units, scene: Scene) -> bool | str:
    """Ask for the first instalment, have it approved, pay it; the unit confirms."""
    first = grant.instalments.order_by("ordinal").first()
    if first is None or first.state != InstalmentState.DUE.value:
        return False
    asked = ask(PAY, first.pk, words("allocating")["ask"], actor=scene.officer, at=scene.at)
    approve(asked.pk, actor=scene.bureau, at=scene.at)
    at = scene.at + A_DAY
    instalments.pay(first.pk, f"P{grant.number}", local_day(at), actor=scene.bureau, at=at)
    instalments.confirm(first.pk, actor=units[grant.unit_id], at=at + A_DAY)
    return "paid"
