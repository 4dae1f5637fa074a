"""Applications of one unit in all states: what is still being written is marked apart, only the unit may read it."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.applications import actions, queries
from keqiao.web.applications.models import Application
from keqiao.web.applications.papers import PURPOSE
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.models import Offer
from tests.web import make
from tests.web.applications.makers import ANSWERS, definition

PAPER = b"%PDF-1.4\n%%EOF\n"
TO_CORRECT = "summary"


def fill(world: Any) -> None:
    """Put a draft with a file, a submission, one that was returned, and one that was withdrawn into the world."""
    programme = definition(
        title=f"第{world.number}号申报通知",
        deadline={"on": make.LATER.isoformat()},
        applicants={"kinds": ["学会"]},
    )
    call = make.published_call(world.association, programme)
    offer = Offer.objects.get(call=call)
    draft = _written(world, offer, world.drafted)
    submitted = _submitted(world, offer)
    returned = _returned(world, offer)
    withdrawn = _submitted(world, offer)
    actions.withdraw(withdrawn.pk, reason=world.owned, **_unit(world))
    world.objects |= {
        "open_offer": offer.pk,
        "draft": draft.pk,
        "draft_file": _attached(world, draft),
        "application": submitted.pk,
        "submission": queries.last_submission(submitted).pk,
        "returned": returned.pk,
        "withdrawn": withdrawn.pk,
        **_joint(world, offer),
    }
    private = ("draft", "draft_file", "asking", "joining")
    world.readers |= dict.fromkeys(private, frozenset(OF_A_UNIT))


def _unit(world: Any) -> dict[str, Any]:
    """Who acts for the unit, and when."""
    return {"actor": world.people[Role.APPLICANT.value], "at": timezone.now()}


def _written(world: Any, offer: Offer, mark: str, **more: Any) -> Application:
    by = _unit(world)
    started = actions.start(offer.pk, world.unit.pk, **by)
    leader = {**ANSWERS["leader"], "name": f"张{mark}"}
    answers = {**ANSWERS, "project": f"{mark}进乡镇", "leader": leader, "account": mark, **more}
    return actions.save(actions.Edit(started.pk, 1, answers), **by).application


def _joint(world: Any, offer: Offer) -> dict[str, Any]:
    """A draft that names another unit, and one of that unit in which the world's own was asked to join."""
    other = make.organisation(f"第{world.number}市园艺学会", region=world.unit.region)
    by = {"actor": make.holder(Role.APPLICANT, other), "at": timezone.now()}
    asking = _written(world, offer, world.drafted, partner={"name": other.name})
    started = actions.start(offer.pk, other.pk, **by)
    answers = {**ANSWERS, "project": f"{world.drafted}进社区", "partner": {"name": world.unit.name}}
    actions.save(actions.Edit(started.pk, 1, answers), **by)
    (joining,) = actions.ask_partners(started.pk, **by)
    return {"asking": asking.pk, "joining": joining.pk}


def _submitted(world: Any, offer: Offer) -> Application:
    written, by = _written(world, offer, world.owned), _unit(world)
    sent = actions.Sent(queries.new_key(written), by["actor"], by["at"], by["at"], "测试")
    actions.submit(written.pk, sent)
    return Application.objects.get(pk=written.pk)


def _returned(world: Any, offer: Offer) -> Application:
    """Returned, and corrected half: what was submitted the office has read, the correction it has not."""
    submitted, by = _submitted(world, offer), _unit(world)
    until = local_day(by["at"]) + timedelta(days=7)
    correction = actions.Correction({TO_CORRECT: world.owned}, until)
    actions.return_for_correction(submitted.pk, correction, actor=world.officer, at=by["at"])
    answers = {**queries.answers_of(submitted), TO_CORRECT: world.drafted}
    actions.save(actions.Edit(submitted.pk, submitted.version, answers), **by)
    return submitted


def _attached(world: Any, draft: Application) -> Any:
    by, name = _unit(world), f"{world.drafted}.pdf"
    wanted = Announced(PURPOSE, name, len(PAPER), world.association.pk)
    file = store_upload(SimpleUploadedFile(name, PAPER), wanted, **by)
    actions.attach(draft.pk, "proof", file.pk, **by)
    said = {"file": str(file.pk), "name": name, "size": file.size, "digest": file.sha256}
    answers = {**queries.answers_of(draft), "proof": [said]}
    actions.save(actions.Edit(draft.pk, draft.version, answers), **by)
    return file.pk
