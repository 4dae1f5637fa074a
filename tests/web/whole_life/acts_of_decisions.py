"""Acts of a whole life, third part: the decision, notices with their objections, substitutes, the award."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation import actions
from keqiao.web.allocation.actions import Departure
from keqiao.web.applications.models import Application
from keqiao.web.public_notice import actions as notices
from keqiao.web.public_notice import approving
from keqiao.web.public_notice.models import NoticeItem
from tests.web.public_notice.makers import GROUNDS, wording
from tests.web.whole_life import seen
from tests.web.whole_life.acts_of_applications import IN_HAND
from tests.web.whole_life.known import Known, Thing, act

CHOSEN = ("approved", "in_notice", "held", "confirmed")
SHOWABLE = ("approved", "in_notice")
OPEN_NOTICES = ("drafted", "signed", "posted", "ended")
OPEN_OBJECTIONS = ("raised", "incomplete", "accepted", "investigated", "found")


def passed(life: Known, call: Thing) -> list[Any]:
    """Applications of a call that are in hand and passed."""
    checks = [each.application for each in life.all("formal_check", state="passed", call=call.pk)]
    return [pk for pk in checks if life.things["application"][pk].state in IN_HAND]


def rounds_unfinished(life: Known, call: Thing) -> bool:
    """Is a round of a call not closed?"""
    return any(each.state in ("planned", "open") for each in life.all("review_round", call=call.pk))


def may_begin(life: Known, call: Thing) -> bool | None:
    """Something passed, and experts are through."""
    if life.all("decision", call=call.pk) or not passed(life, call):
        return False
    if rounds_unfinished(life, call):
        return None if life.all("review_round", call=call.pk, state="closed") else False
    return True


@act("decision.begins", "officer", on="call", fits=may_begin, touches="selection", again=True)
def begin_decision(life: Known, call: Thing, who: str) -> None:
    """Begin the decision."""
    actions.begin(call.pk, **life.by(who))


def _version(decision: Thing) -> int:
    version: int = seen.row("decision", decision.pk).version
    return version


def departed(life: Known, decision: Thing) -> bool | None:
    """As proposed it can always be; where somebody departed from it, the core says."""
    return None if decision.departed else True


@act("decision.accept", "officer", fits=departed, touches="selection")
def accept_proposal(life: Known, decision: Thing, who: str) -> None:
    """Let all stand as proposed."""
    actions.accept(decision.pk, _version(decision), **life.by(who))


@act("decision.depart", "officer", fits=lambda *_: None, touches="selection")
def depart(life: Known, decision: Thing, who: str) -> None:
    """Decide one otherwise."""
    rows = [
        each
        for each in life.all("selection")
        if each.state in ("ranked", "proposed", "reserve", "not_chosen")
    ]
    if not rows:
        raise Application.DoesNotExist
    n = life.number()
    states = (SelectionState.PROPOSED, SelectionState.RESERVE, SelectionState.NOT_CHOSEN)
    wanted = Departure(rows[n % len(rows)].pk, states[n % 3], reason="集体研究")
    actions.depart(decision.pk, _version(decision), [wanted], **life.by(who))
    decision.facts["departed"] = True


@act("decision.propose_again", "officer", touches="selection")
def propose_again(life: Known, decision: Thing, who: str) -> None:
    """Read the facts anew."""
    actions.propose_again(decision.pk, _version(decision), **life.by(who))


def _ask(life: Known, decision: Thing, who: str) -> Any:
    return actions.ask_for_approval(decision.pk, _version(decision), "请审定", **life.by(who))


act("decision.approve", "leader", fits=lambda *_: None, touches="selection", ask=True)(_ask)
act("decision.send_back", "leader", fits=lambda *_: None, touches="selection", ask=True, second="refuse")(
    _ask
)


def showable(life: Known, call: Thing) -> list[Thing]:
    """Selections that a notice may show, and none does."""
    shown = {
        pk for each in life.all("public_notice") if each.state in OPEN_NOTICES for pk in each.items or ()
    }
    return [
        each
        for each in life.all("selection", call=call.pk)
        if each.state in SHOWABLE and each.pk not in shown
    ]


@act("public_notice.begins", "officer", on="call", fits=lambda life, call: bool(showable(life, call)))
def draft_notice(life: Known, call: Thing, who: str) -> None:
    """Draft a notice of all that can be shown."""
    chosen = [each.pk for each in showable(life, call)]
    notices.draft(call.pk, wording(), chosen, **life.by(who))


def still_ready(life: Known, notice: Thing) -> bool:
    """Everything in it can still be listed, and stands in no other that is open."""
    rows = [life.things["selection"][pk] for pk in notice.items]
    others = [each for each in life.all("public_notice") if each is not notice]
    taken = {pk for each in others if each.state in OPEN_NOTICES for pk in each.items or ()}
    return taken.isdisjoint(notice.items) and all(each.state in SHOWABLE for each in rows)


@act("public_notice.edit", "officer", fits=still_ready)
def edit_notice(life: Known, notice: Thing, who: str) -> None:
    """Word it otherwise."""
    version = seen.row("public_notice", notice.pk).version
    said = wording(title=f"拟立项名单的公示（{life.number()}）")
    actor, at = life.by(who).values()
    notices.edit(notice.pk, version, said, notice.items, by=(actor, at))


def asking(code: str, **arguments: Any) -> Any:
    """Ask a leader for an act of the room."""

    def ask(life: Known, thing: Thing, who: str) -> Any:
        row = seen.row(thing.kind, thing.pk)
        with transaction.atomic():
            return approving.ask(code, row, arguments, "请审批", by=tuple(life.by(who).values()))  # type: ignore[arg-type]

    return ask


act("public_notice.sign", "leader", fits=still_ready, ask=True)(asking(approving.SIGN))
act("public_notice.withdraw", "leader", ask=True)(asking(approving.WITHDRAW, reason="名单有误"))


@act("public_notice.take_back", "officer")
def take_back_notice(life: Known, notice: Thing, who: str) -> None:
    """Take the signature back."""
    notices.take_back(notice.pk, "补充", **life.by(who))


def may_post(life: Known, notice: Thing) -> bool:
    """Everything in it is approved, or shown already."""
    return all(life.things["selection"][pk].state in (*SHOWABLE, "held") for pk in notice.items)


@act("public_notice.post", "officer", fits=may_post, touches="selection")
def post(life: Known, notice: Thing, who: str) -> None:
    """Post it."""
    notices.post(notice.pk, **life.by(who))


def runs(life: Known, notice: Thing) -> bool:
    """Does it still run today?"""
    return notice.state == "posted" and life.today() <= notice.last_day


@act("public_notice.extend", "officer", fits=runs)
def extend(life: Known, notice: Thing, who: str) -> None:
    """Let it stand longer."""
    last = notice.last_day or life.today()
    notices.extend(notice.pk, last + timedelta(days=3), "材料补充", **life.by(who))
    notice.facts["last_day"] = seen.row("public_notice", notice.pk).last_day


def nothing_open(life: Known, notice: Thing) -> bool:
    """Is every objection to anything in it decided?"""
    waiting = [each for each in life.all("objection") if each.state in OPEN_OBJECTIONS]
    return not any(each.selection in notice.items for each in waiting)


@act("public_notice.conclude", "officer", fits=nothing_open, touches="selection")
def conclude(life: Known, notice: Thing, who: str) -> None:
    """Conclude it."""
    notices.conclude(notice.pk, **life.by(who))


@act("public_notice.take_down", "officer")
def take_down(life: Known, notice: Thing, who: str) -> None:
    """Take its page down."""
    notices.take_down(notice.pk, **life.by(who))


@act("objection.begins", "public", on="public_notice", fits=runs)
def raise_objection(life: Known, notice: Thing, _who: str) -> None:
    """Object to one item."""
    items = list(NoticeItem.objects.filter(notice_id=notice.pk).order_by("position"))
    said = notices.Raised("person", "王异议", "13900001234", GROUNDS)
    notices.object_to(items[life.number() % len(items)], said, at=life.now)


@act("objection.ask_for_more", "officer")
def ask_for_more(life: Known, objection: Thing, who: str) -> None:
    """Ask for what is missing."""
    notices.ask_for_more(objection.pk, "请补充照片", **life.by(who))


@act("objection.supply", "public")
def supply(life: Known, objection: Thing, _who: str) -> None:
    """Supply it."""
    notices.supply(objection.pk, "补充说明", (), at=life.now)


@act("objection.turn_away", "officer")
def turn_away(life: Known, objection: Thing, who: str) -> None:
    """Not take it up."""
    notices.turn_away(objection.pk, "no_grounds", "没有依据", **life.by(who))


@act("objection.accept", "officer", touches="selection")
def accept_objection(life: Known, objection: Thing, who: str) -> None:
    """Take it up: its project is held."""
    notices.accept(objection.pk, **life.by(who))


@act("objection.assign", "officer leader")
def assign(life: Known, objection: Thing, who: str) -> None:
    """Ask somebody to look into it who checked nothing."""
    notices.assign(objection.pk, life.people["second"].pk, **life.by(who))
    objection.facts["investigator"] = "second"


@act("objection.find", "second")
def find(life: Known, objection: Thing, who: str) -> None:
    """Report what was found."""
    notices.find(objection.pk, "现场核实，情况属实。", is_founded=True, **life.by(who))


@act("objection.send_back", "leader")
def send_back(life: Known, objection: Thing, who: str) -> None:
    """Let it be looked into again."""
    notices.send_back(objection.pk, "再核实", **life.by(who))


for _name, _upheld in (("uphold", True), ("reject", False)):
    act(f"objection.{_name}", "leader", touches="selection", ask=True)(
        asking(approving.DECIDE, upheld=_upheld, answer="经现场核实")
    )


@act("objection.withdraw", "public", touches="selection")
def take_objection_back(life: Known, objection: Thing, _who: str) -> None:
    """Take it back."""
    notices.take_back_objection(objection.pk, "误会", at=life.now)


@act("objection.go_on", "officer leader", touches="selection")
def go_on(life: Known, objection: Thing, who: str) -> None:
    """Look into it all the same."""
    notices.go_on(objection.pk, "线索重要", **life.by(who))


def reserves(life: Known, out: Thing) -> list[Any]:
    """Who waits in reserve, by rank."""
    rows = [seen.row("selection", each.pk) for each in life.all("selection", call=out.call, state="reserve")]
    ranked = [(row.rank, str(row.pk), row) for row in rows if row.rank is not None]
    return [row for _rank, _pk, row in sorted(ranked, key=lambda each: each[:2])]


def _substitute(life: Known, out: Thing, who: str) -> Any:
    waiting = reserves(life, out)
    successor = str(waiting[0].pk) if waiting else str(out.pk)
    row = seen.row("selection", out.pk)
    with transaction.atomic():
        arguments = {"successor": successor, "reason": "递补"}
        return approving.ask(
            approving.SUBSTITUTE,
            row,
            arguments,
            "递补",
            by=tuple(life.by(who).values()),  # type: ignore[arg-type]
        )


def may_follow(life: Known, out: Thing) -> bool:
    """It was chosen once and is out, and somebody waits in reserve."""
    return bool(out.was_chosen and reserves(life, out))


act("selection.substitute", "leader", fits=may_follow, ask=True)(_substitute)


def confirmed(life: Known) -> list[Thing]:
    """What is confirmed and in no award yet."""
    awarded = {pk for each in life.all("award", state="issued") for pk in each.named or ()}
    return [each for each in life.all("selection", state="confirmed") if each.pk not in awarded]


@act(
    "award.begins",
    "officer",
    on="call",
    fits=lambda life, call: call.pk == life.main and bool(confirmed(life)),
)
def draft_award(life: Known, call: Thing, who: str) -> None:
    """Draft the notice of the award."""
    notices.draft_award(call.pk, notices.AwardWording("立项通知"), **life.by(who))


def _issue(life: Known, award: Thing, who: str) -> Any:
    life.to_be_named = [each.pk for each in confirmed(life)]
    return asking(approving.ISSUE)(life, award, who)


act("award.issue", "leader", fits=lambda life, _award: bool(confirmed(life)), ask=True)(_issue)
