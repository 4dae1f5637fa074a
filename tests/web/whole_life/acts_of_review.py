"""Acts of a whole life, second part: the formal check, rounds of review."""

from typing import Any

from keqiao.core.rules.formal_check import Said
from keqiao.web.applications.models import Application
from keqiao.web.review import actions, queries
from keqiao.web.review.actions import Answered, NewRound, Typed
from keqiao.web.review.actions.assigning import take_back
from keqiao.web.review.actions.closing import close_round
from keqiao.web.review.actions.reopening import Reopening, ask_to_reopen
from keqiao.web.review.models import Sheet
from tests.web.review.rounds import ANSWERS
from tests.web.whole_life import seen
from tests.web.whole_life.acts_of_applications import LIVE, UNDER_WAY, WEEK
from tests.web.whole_life.known import Known, Thing, act
from tests.web.whole_life.world import EXPERTS


def unchecked(life: Known, application: Thing) -> bool:
    """Is it submitted, and nobody has begun to check it?"""
    return application.state == "submitted" and not life.the("formal_check", application=application.pk)


@act("formal_check.begins", "officer", on="application", fits=unchecked, again=True)
def begin_check(life: Known, application: Thing, who: str) -> None:
    """Begin the formal check."""
    known = life.the("formal_check", application=application.pk)
    if known is not None and known.state == "withdrawn":
        raise Application.DoesNotExist
    actions.begin(application.pk, **life.by(who))


@act("formal_check.begin_again", "officer", fits=lambda life, check: of(life, check).state == "submitted")
def begin_check_again(life: Known, check: Thing, who: str) -> None:
    """Begin anew what was withdrawn meanwhile."""
    if check.state != "withdrawn":
        raise Application.DoesNotExist
    actions.begin(check.application, **life.by(who))
    check.facts["answered"] = "?"


def of(life: Known, thing: Thing) -> Thing:
    """The application that a case is about."""
    return life.things["application"][thing.application]


@act("formal_check.answer", "officer")
def answer_check(life: Known, check: Thing, who: str) -> None:
    """Answer every point; now and then one is found wanting."""
    row = seen.row("formal_check", check.pk)
    points = [each.point.key for each in queries.looked_at(row, life.now).points]
    wanting = life.number() % 4 == 0
    said = [
        Answered(key, Said.FAILS, "缺少证明") if wanting and n == 0 else Answered(key, Said.MEETS)
        for n, key in enumerate(points)
    ]
    actions.answer(check.pk, row.digest, said, **life.by(who))
    check.facts["answered"] = "wanting" if wanting else "meets"


def answered(as_said: str) -> Any:
    """Were all points answered so?"""

    def fits(_life: Known, check: Thing) -> bool | None:
        return None if check.answered == "?" else check.answered == as_said

    return fits


@act("formal_check.pass", "officer", fits=answered("meets"))
def pass_check(life: Known, check: Thing, who: str) -> None:
    """It passes."""
    actions.pass_check(check.pk, seen.row("formal_check", check.pk).digest, **life.by(who))


@act("formal_check.refuse", "officer", fits=answered("wanting"))
def refuse_check(life: Known, check: Thing, who: str) -> None:
    """It is refused, with the clause."""
    actions.refuse(check.pk, seen.row("formal_check", check.pk).digest, "材料不全", **life.by(who))


def is_undecided(life: Known, thing: Thing) -> bool:
    """Does no approved decision rest on it?"""
    call = thing.pk if thing.kind == "call" else round_of(life, thing).call if thing.round else thing.call
    return not life.all("decision", call=call, state="approved")


@act("formal_check.reopen", "officer", fits=is_undecided)
def reopen_check(life: Known, check: Thing, who: str) -> None:
    """Take a result back."""
    actions.reopen(check.pk, "看漏了一页", **life.by(who))


def to_judge(life: Known, call: Thing, *, beside: Thing | None = None) -> list[Any]:
    """Applications of a call that passed and stand in no other round that is not over."""
    taken = {
        pk
        for each in life.all("review_round", call=call.pk)
        if each.state in LIVE or each is beside
        for pk in each.entries or ()
    }
    passed = [each.application for each in life.all("formal_check", state="passed", call=call.pk)]
    return [pk for pk in passed if pk not in taken]


@act(
    "review_round.begins",
    "officer",
    on="call",
    fits=lambda life, call: bool(call.state != "draft" and to_judge(life, call)) and is_undecided(life, call),
)
def make_round(life: Known, call: Thing, who: str) -> None:
    """Make a round for all that passed."""
    wanted = NewRound("第一轮", ["c1"], 1, life.now, life.now + WEEK)
    entered = to_judge(life, call)
    made = actions.make_round(call.pk, wanted, **life.by(who))
    life.expected_entries[made.pk] = entered


def round_of(life: Known, task: Thing) -> Thing:
    """The round of a task."""
    return life.things["review_round"][task.round]


def call_of(life: Known, thing: Thing) -> Thing:
    """The call of a case."""
    return life.things["call"][thing.call]


@act("review_round.open", "officer", fits=lambda life, found: life.now < found.closes_at)
def open_round(life: Known, found: Thing, who: str) -> None:
    """Open it."""
    more = to_judge(life, call_of(life, found), beside=found)
    actions.open_round(found.pk, **life.by(who))
    found.facts["entries"] = [*found.entries, *more]


@act(
    "review_round.take_in",
    "officer",
    fits=lambda life, found: bool(to_judge(life, call_of(life, found), beside=found)),
    again=True,
)
def take_in(life: Known, found: Thing, who: str) -> None:
    """Take in what has passed since."""
    more = to_judge(life, call_of(life, found), beside=found)
    actions.take_in(found.pk, **life.by(who))
    found.facts["entries"] = [*found.entries, *more]


def free_pairs(life: Known, found: Thing) -> list[tuple[str, Any]]:
    """Experts and applications of a round that nobody brought together yet."""
    had = {(each.expert, each.application) for each in life.all("review_task", round=found.pk)}
    passed = {each.application for each in life.all("formal_check", state="passed")}
    standing = [
        pk
        for pk in found.entries or ()
        if pk in passed and life.things["application"][pk].state == "submitted"
    ]
    return [(who, pk) for pk in standing for who in EXPERTS if (who, pk) not in had]


@act(
    "review_round.assign",
    "officer",
    touches="review_task",
    fits=lambda life, found: life.now < found.closes_at and bool(free_pairs(life, found)),
    again=True,
)
def invite(life: Known, found: Thing, who: str) -> None:
    """Ask an expert to judge."""
    pairs = free_pairs(life, found)[:1]
    ids = {(str(life.people[expert].expert_pk), str(pk)) for expert, pk in pairs}
    actions.invite(found.pk, ids, **life.by(who))


def is_live(life: Known, task: Thing) -> bool:
    """Is the round of a task not over?"""
    return round_of(life, task).state in LIVE


def is_open(life: Known, task: Thing) -> bool:
    """Does the round of a task take words?"""
    return round_of(life, task).state == "open" and life.now <= round_of(life, task).closes_at


@act("review_task.accept", "expert", fits=is_live)
def accept_task(life: Known, task: Thing, who: str) -> None:
    """Accept, with the pledge."""
    actions.accept_task(task.pk, pledged=True, **life.by(who))


@act("review_task.decline", "expert", fits=is_live)
def decline_task(life: Known, task: Thing, who: str) -> None:
    """Decline."""
    actions.leave_task(task.pk, "decline", "时间冲突", **life.by(who))


@act("review_task.recuse", "expert", fits=is_live)
def recuse(life: Known, task: Thing, who: str) -> None:
    """Stand back for a conflict."""
    if who in EXPERTS:
        actions.leave_task(task.pk, "recuse", "曾合作", **life.by(who))
    else:
        take_back(task.pk, "recuse", "曾合作", **life.by(who))


@act("review_task.cancel", "officer", fits=is_live)
def cancel_task(life: Known, task: Thing, who: str) -> None:
    """Take a task from an expert."""
    take_back(task.pk, "cancel", "换人", **life.by(who))


def _sheet(task: Thing) -> Any:
    return Sheet.objects.filter(task_id=task.pk).first()


def _type(life: Known, task: Thing, who: str) -> None:
    sheet = _sheet(task)
    marks = {"plan": {"points": str(life.number() % 60)}, "team": {"points": "32.5", "band": "优"}}
    typed = Typed(sheet.version if sheet else 0, {**ANSWERS, "marks": marks})
    actions.save_sheet(task.pk, typed, **life.by(who))


@act("review_task.begin", "expert", fits=is_open)
def begin_sheet(life: Known, task: Thing, who: str) -> None:
    """Type the first words."""
    if task.state != "accepted":
        raise Application.DoesNotExist
    _type(life, task, who)


@act("review_task.save", "expert", fits=is_open)
def save_sheet(life: Known, task: Thing, who: str) -> None:
    """Type on."""
    if task.state == "accepted":
        raise Application.DoesNotExist
    _type(life, task, who)


@act("review_task.seal", "expert", fits=is_open)
def seal(life: Known, task: Thing, who: str) -> None:
    """Seal the sheet."""
    sheet = _sheet(task)
    if task.state == "accepted":
        raise Application.DoesNotExist
    typed = Typed(sheet.version if sheet else 0, sheet.answers if sheet else ANSWERS)
    actions.seal_sheet(task.pk, typed, **life.by(who))


def reopening(name: str) -> Any:
    """A sheet may come late, or be changed: an officer asks, somebody else agrees."""

    def ask(life: Known, task: Thing, who: str) -> Any:
        until = life.now + WEEK
        asked = ask_to_reopen(task.pk, Reopening(name, until, "系统故障"), **life.by(who))
        life.asked_until[task.round] = until
        return asked

    return ask


for _name in ("allow_late", "reopen"):
    act(
        f"review_task.{_name}",
        "second leader",
        touches="review_round",
        fits=lambda life, task: round_of(life, task).state in ("open", "closed") and is_undecided(life, task),
        ask=True,
    )(reopening(_name))


def is_through(life: Known, found: Thing) -> bool:
    """Is nobody at work any more, or the time over?"""
    waiting = [each for each in life.all("review_task", round=found.pk) if each.state in UNDER_WAY]
    return not waiting or life.now > found.closes_at


@act("review_round.close", "officer", touches="review_task", fits=is_through)
def close(life: Known, found: Thing, who: str) -> None:
    """Close it by hand."""
    close_round(found.pk, **life.by(who))


@act("review_round.cancel", "officer", touches="review_task")
def cancel_round(life: Known, found: Thing, who: str) -> None:
    """Cancel it."""
    actions.cancel_round(found.pk, "重新组织", **life.by(who))
