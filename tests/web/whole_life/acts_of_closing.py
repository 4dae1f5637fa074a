"""Acts of a whole life, last part: records of what was done, the acceptance, the credit record and its bans."""

from datetime import timedelta
from typing import Any

from keqiao.core.rules.consequences import Breach
from keqiao.web.acceptance import actions
from keqiao.web.acceptance.actions import Prepared, Wanted
from keqiao.web.acceptance.facts import facts_of
from keqiao.web.activities import actions as records
from keqiao.web.activities.actions import Begun, Content
from keqiao.web.activities.projects import project_with
from keqiao.web.applications.models import Application
from tests.web.whole_life import seen
from tests.web.whole_life.acts_of_grants import WORKS, of
from tests.web.whole_life.known import Known, Thing, act

UNDER_WAY = ("signed", "running", "suspended", "finished")
CAN_FAIL = ("running", "suspended", "finished")


def works(life: Known, thing: Thing) -> bool:
    """Is its project at work?"""
    return of(life, thing).state in WORKS


@act("activity.begins", "unit", on="grant", fits=works)
def record(life: Known, grant: Thing, who: str) -> None:
    """Record what was done."""
    project = project_with("grant", grant.pk)
    if project is None:
        raise Application.DoesNotExist
    values = {"kind": "科普活动", "participants": "60"}
    said = Content("activity", f"第{life.number()}场", start=life.today(), values=values)
    records.enter(project, said, Begun(links=["https://example.org/1"]), **life.by(who))


def moving(name: str, reason: str = "") -> Any:
    """An act of the unit on a record."""

    def move(life: Known, row: Thing, who: str) -> None:
        records.move(row.pk, name, reason, **life.by(who))

    return move


act("activity.report", "unit", fits=works)(moving("report"))
act("activity.cancel", "unit", fits=works)(moving("cancel", "下雨"))


@act("activity.verify", "officer second")
def verify(life: Known, row: Thing, who: str) -> None:
    """Verify it."""
    records.verify([row.pk], **life.by(who))


@act("activity.return", "officer second")
def return_record(life: Known, row: Thing, who: str) -> None:
    """Return it."""
    records.send_back([row.pk], "缺少照片", **life.by(who))


@act("activity.disallow", "officer second")
def disallow(life: Known, row: Thing, who: str) -> None:
    """It does not count."""
    records.disallow(row.pk, "重复登记", **life.by(who))


@act("activity.look_again", "officer second")
def look_again(life: Known, row: Thing, who: str) -> None:
    """Look at it again."""
    records.look_again(row.pk, "有新材料", **life.by(who))


def may_open(life: Known, grant: Thing) -> bool:
    """Is it under way, and its acceptance not opened?"""
    return grant.state in UNDER_WAY and not life.the("acceptance", grant=grant.pk)


@act("acceptance.begins", "officer", on="grant", fits=may_open, again=True)
def open_acceptance(life: Known, grant: Thing, who: str) -> None:
    """Open the acceptance."""
    actions.open_for(grant.pk, **life.by(who))


@act("acceptance.prepare", "unit")
def prepare(life: Known, row: Thing, who: str) -> None:
    """The unit fills everything in."""
    stands = seen.row("acceptance", row.pk)
    keys = [each.row.key for part in facts_of(stands, life.now).table.parts for each in part.rows]
    said = Prepared(life.today(), "经费到位较晚。", dict.fromkeys(keys, "天气原因"), {})
    actions.prepare(row.pk, said, **life.by(who))
    row.facts["prepared"] = True


@act("acceptance.submit", "unit", touches="grant", fits=lambda _life, row: bool(row.prepared))
def submit(life: Known, row: Thing, who: str) -> None:
    """Hand it in."""
    actions.submit(row.pk, **life.by(who))


@act("acceptance.return", "officer")
def return_acceptance(life: Known, row: Thing, who: str) -> None:
    """Ask for papers."""
    actions.return_to_unit(row.pk, "补充材料", life.today() + timedelta(days=5), **life.by(who))


@act("acceptance.extend", "officer")
def extend(life: Known, row: Thing, who: str) -> None:
    """Give more time."""
    actions.extend(row.pk, life.today() + timedelta(days=9), "延期", **life.by(who))


def concluding(name: str) -> Any:
    """An officer asks for a conclusion."""

    def asked(life: Known, row: Thing, who: str) -> Any:
        until = life.today() + timedelta(days=10) if name == "rectify" else None
        return actions.ask_conclusion(row.pk, Wanted(name, "见专家意见", until), **life.by(who))

    return asked


act("acceptance.pass", "leader second", ask=True, touches="grant")(concluding("pass"))
act(
    "acceptance.rectify",
    "leader second",
    ask=True,
    touches="grant",
    fits=lambda life, row: of(life, row).state == "finished",
)(concluding("rectify"))
act(
    "acceptance.fail",
    "leader second",
    ask=True,
    touches="grant credit activity",
    fits=lambda life, row: of(life, row).state in CAN_FAIL,
)(concluding("fail"))
act("acceptance.anew", "leader", ask=True, touches="grant")(concluding("anew"))


def is_settled(life: Known, row: Thing) -> bool:
    """It passed, its work is done and its money settled."""
    settlement = life.the("settlement", grant=row.grant)
    done = row.state == "passed" and of(life, row).state == "finished"
    return done and settlement is not None and settlement.state == "closed"


@act("grant.close", "officer", on="acceptance", fits=is_settled, touches="activity")
def close_project(life: Known, row: Thing, who: str) -> None:
    """Close the project."""
    actions.close_project(row.pk, **life.by(who))


def no_fraud_yet(life: Known, row: Thing) -> bool:
    """The same fraud is proposed once."""
    return not life.all("credit", acceptance=row.pk, rule="r2")


@act("credit.begins", "officer", on="acceptance", fits=no_fraud_yet)
def propose(life: Known, row: Thing, who: str) -> None:
    """Propose what follows fraud."""
    actions.propose(row.pk, Breach.FRAUD, "材料造假", **life.by(who))


@act("credit.answer", "unit", fits=lambda life, entry: life.today() <= entry.answer_by)
def answer(life: Known, entry: Thing, who: str) -> None:
    """Whom it is about answers."""
    actions.answer(entry.pk, "台风取消了活动", **life.by(who))
    entry.facts["answered"] = True


@act("credit.drop", "officer leader")
def drop(life: Known, entry: Thing, who: str) -> None:
    """Drop it."""
    actions.drop(entry.pk, "情有可原", **life.by(who))


@act("credit.appeal", "officer unit")
def appeal(life: Known, entry: Thing, who: str) -> None:
    """Appeal."""
    actions.appeal(entry.pk, "材料已经补齐", **life.by(who))


def asking(name: str) -> Any:
    """An officer asks for an act on an entry."""

    def asked(life: Known, entry: Thing, who: str) -> Any:
        return actions.ask_credit(name, entry.pk, "研究决定", **life.by(who))

    return asked


def is_ripe(life: Known, entry: Thing) -> bool:
    """Whom it is about has answered, or had the time."""
    return bool(entry.answered) or life.today() > entry.answer_by


act("credit.record", "leader", ask=True, touches="debarment", fits=is_ripe)(asking("record"))
act("credit.uphold", "leader", ask=True)(asking("uphold"))
act("credit.lift", "leader", ask=True, touches="debarment")(asking("lift"))
