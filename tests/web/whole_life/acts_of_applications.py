"""Acts of a whole life, first part: the call and applications."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied

from keqiao.web.applications import actions as applying
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries.contents import version_of, whole_answers
from keqiao.web.programmes.actions import cancel, publish, start_from_definition
from keqiao.web.programmes.models import Offer
from tests.web.applications import makers
from tests.web.grants import makers as grants
from tests.web.whole_life import seen
from tests.web.whole_life.known import UNITS, Known, Thing, act
from tests.web.whole_life.world import MOST_IN_HAND, definition, leader_of

IN_HAND = ("submitted", "returned")
LIVE = ("planned", "open")
UNDER_WAY = ("invited", "accepted", "draft")
WEEK = timedelta(days=7)


@act("call.begins", "officer second", on="call")
def begin_call(life: Known, _call: Thing, who: str) -> None:
    """Write another call."""
    start_from_definition(life.association.pk, definition(f"第{life.number()}份通知"), **life.by(who))


@act("call.publish", "officer second")
def publish_call(life: Known, call: Thing, who: str) -> None:
    """Publish it."""
    publish(call.pk, 1, **life.by(who), note="发布")


@act("call.cancel", "officer second leader", fits=lambda life, call: call.pk != life.main or None)
def cancel_call(life: Known, call: Thing, who: str) -> None:
    """Cancel it; never the one that all the rest is about."""
    if call.pk == life.main:
        raise PermissionDenied
    cancel(call.pk, **life.by(who), reason="经费计划调整")


def takes(life: Known, call: Thing) -> bool:
    """Does a call take applications now?"""
    return call.state in ("published", "open") and life.now <= call.deadline


def in_hand(life: Known, application: Thing) -> int:
    """How many its unit has in hand beside it."""
    rows = life.all("application", unit=application.unit, call=application.call)
    return sum(each.state in IN_HAND for each in rows if each is not application)


def is_barred(life: Known, application: Thing) -> bool:
    """Is its unit debarred, or whoever leads it?"""
    parties = {life.people[application.unit].own_unit.pk, *filter(None, [application.leader])}
    bans = life.all("debarment", state="in_force")
    day = life.today()
    return any(ban.party in parties and ban.since <= day <= ban.until for ban in bans)


def may_submit(life: Known, application: Thing) -> bool:
    """In time, within the limit, and nobody debarred."""
    call = life.things["call"][application.call]
    is_free = in_hand(life, application) < MOST_IN_HAND
    return takes(life, call) and is_free and not is_barred(life, application)


@act("application.begins", "units", on="call", fits=takes)
def begin_application(life: Known, call: Thing, who: str) -> None:
    """Begin one, and fill it in."""
    offer = Offer.objects.filter(call_id=call.pk).first()
    if offer is None:
        raise Offer.DoesNotExist
    mine = who if who in UNITS else UNITS[0]
    started = applying.start(offer.pk, life.people[mine].own_unit.pk, **life.by(who))
    applying.save(applying.Edit(started.pk, 1, answers(life, mine)), **life.by(who))


def answers(life: Known, who: str, **more: Any) -> dict[str, Any]:
    """What a unit types."""
    said = {"project": f"第{life.number()}号项目", "leader": leader_of(who)}
    return {**makers.ANSWERS, **grants.ANSWERS, **said, **more}


def _send(life: Known, application: Thing, who: str) -> None:
    sent = applying.Sent(makers.key(), life.people[who], life.now, life.now)
    applying.submit(application.pk, sent)


@act("application.submit", "units", fits=may_submit)
def submit(life: Known, application: Thing, who: str) -> None:
    """Hand it in; what was returned is handed in otherwise."""
    if application.state == "returned":
        raise Application.DoesNotExist
    _send(life, application, who)


def may_correct(life: Known, application: Thing) -> bool:
    """After the deadline too, unless the call was cancelled or somebody is debarred."""
    call = life.things["call"][application.call]
    return call.state != "cancelled" and not is_barred(life, application)


@act("application.correct", "units", touches="formal_check", fits=may_correct)
def correct(life: Known, application: Thing, who: str) -> None:
    """Hand in what was corrected."""
    row = seen.row("application", application.pk)
    if application.state == "draft" or is_barred(life, application):
        raise Application.DoesNotExist
    if row.state == "returned" and life.roles(who, application):
        said = whole_answers(version_of(row))
        summary = f"面向{life.number()}个乡镇开展巡展。"
        applying.save(applying.Edit(row.pk, row.version, {**said, "summary": summary}), **life.by(who))
    _send(life, application, who)
    application.facts["stood"] = False


@act("application.withdraw", "units", touches="formal_check selection")
def withdraw(life: Known, application: Thing, who: str) -> None:
    """Take it back."""
    applying.withdraw(application.pk, **life.by(who), reason="方案有变")


@act("application.take_up_again", "units")
def take_up_again(life: Known, application: Thing, who: str) -> None:
    """Make a draft of it again."""
    applying.take_up_again(application.pk, **life.by(who))
    application.facts["stood"] = False


@act("application.discard", "units")
def discard(life: Known, application: Thing, who: str) -> None:
    """Throw a draft away."""
    applying.discard(application.pk, **life.by(who))


def may_return(life: Known, application: Thing) -> bool:
    """One submission is returned once, and not when its check is decided."""
    check = life.the("formal_check", application=application.pk)
    return not application.stood and (check is None or check.state in ("open", "withdrawn"))


@act("application.return", "officer second", touches="formal_check", fits=may_return)
def give_back(life: Known, application: Thing, who: str) -> None:
    """Return it for correction."""
    until = (life.now + WEEK).date()
    correction = applying.Correction({"summary": "请写明场次"}, until)
    applying.return_for_correction(application.pk, correction, **life.by(who))


@act("application.let_stand", "officer second", touches="formal_check")
def let_stand(life: Known, application: Thing, who: str) -> None:
    """It stands as it was."""
    applying.let_stand(application.pk, **life.by(who))
    application.facts["stood"] = True
