"""Acts of a whole life, fifth part: changes of a grant, its settlement."""

from datetime import timedelta
from typing import Any

from keqiao.web.applications.models import Application
from keqiao.web.grants.actions import changes, settling
from tests.web.whole_life import seen
from tests.web.whole_life.acts_of_grants import CHANGES, LINES, SETTLES, money, of, two
from tests.web.whole_life.known import Known, Thing, act


def without_change(life: Known, grant: Thing) -> bool:
    """It can be changed, and no change is in hand."""
    rows = life.all("change_request", grant=grant.pk)
    return grant.state in CHANGES and not any(
        each.state in ("drafted", "submitted", "returned") for each in rows
    )


def _wanted(life: Known, grant: Any) -> changes.Wanted:
    return changes.Wanted(title=f"{grant.title[:20]}（变更{life.number()}）")


@act("change_request.begins", "unit", on="grant", fits=without_change)
def write(life: Known, grant: Thing, who: str) -> None:
    """Ask for another title; where one is in hand, this is not the way."""
    if any(each.state in ("drafted", "returned") for each in life.all("change_request", grant=grant.pk)):
        raise Application.DoesNotExist
    changes.write(grant.pk, _wanted(life, seen.row("grant", grant.pk)), "题目更准确", **life.by(who))


def may_change(life: Known, change: Thing) -> bool:
    """Does its grant take changes?"""
    return of(life, change).state in CHANGES


@act("change_request.edit", "unit", fits=may_change)
def edit(life: Known, change: Thing, who: str) -> None:
    """Write it otherwise: now and then the budget changes."""
    if change.state not in ("drafted", "returned"):
        raise Application.DoesNotExist
    grant = seen.row("grant", change.grant)
    stands, wanted = money(life, change), _wanted(life, grant)
    if life.number() % 2 and stands["lines"]:
        first, other = LINES
        moved = {**stands["lines"], first: stands["lines"].get(first, 0) - 100_000}
        moved[other] = moved.get(other, 0) + 100_000
        if moved[first] > 0:
            wanted = changes.Wanted(lines=moved)
    changes.write(grant.pk, wanted, "调整", **life.by(who))
    change.facts["lines"] = wanted.lines


def fits_budget(life: Known, change: Thing) -> bool | None:
    """A changed title always does; a changed budget as the ledger stands."""
    if not may_change(life, change):
        return False
    return None if change.lines else True


@act("change_request.submit", "unit", fits=fits_budget)
def submit_change(life: Known, change: Thing, who: str) -> None:
    """Submit it."""
    changes.submit(change.pk, **life.by(who))


act("change_request.approve", "leader second", fits=fits_budget, touches="grant", ask=True)(
    two("grants.change")
)


@act("change_request.take_note", "officer", fits=fits_budget, touches="grant")
def take_note(life: Known, change: Thing, who: str) -> None:
    """Take note of it, by the clause."""
    changes.take_note(change.pk, "三·2", **life.by(who))


def unlocked(life: Known, change: Thing) -> bool | None:
    """What waits in a ledger is taken out of it."""
    return None if change.lines and money(life, change)["closed"] else True


@act("change_request.return", "officer", fits=unlocked)
def return_change(life: Known, change: Thing, who: str) -> None:
    """Return it."""
    changes.give_back(change.pk, "理由不足", **life.by(who))


@act("change_request.refuse", "officer leader", fits=unlocked)
def refuse_change(life: Known, change: Thing, who: str) -> None:
    """Refuse it."""
    changes.refuse(change.pk, "不同意", **life.by(who))


def _leave(state: str) -> Any:
    def leave(life: Known, change: Thing, who: str) -> None:
        if (change.state == "drafted") != (state == "drafted"):
            raise Application.DoesNotExist
        changes.withdraw(change.pk, **life.by(who))

    return leave


act("change_request.withdraw", "unit", fits=unlocked)(_leave("submitted"))
act("change_request.discard", "unit")(_leave("drafted"))


def unsettled(life: Known, grant: Thing) -> bool:
    """Has its settlement not begun?"""
    return grant.state in SETTLES and not life.the("settlement", grant=grant.pk)


@act("settlement.begins", "officer unit", on="grant", fits=unsettled, again=True)
def open_settlement(life: Known, grant: Thing, who: str) -> None:
    """Begin the settlement."""
    settling.open_settlement(grant.pk, **life.by(who))


@act("settlement.submit", "unit")
def submit_settlement(life: Known, row: Thing, who: str) -> None:
    """All receipts are in."""
    settling.submit(row.pk, "全部票据已交", **life.by(who))


@act("settlement.settle_for_unit", "officer")
def settle_for_unit(life: Known, row: Thing, who: str) -> None:
    """Settle for a unit that does not report."""
    settling.settle_for_unit(row.pk, "逾期未报", **life.by(who))


@act("settlement.return", "officer finance")
def return_settlement(life: Known, row: Thing, who: str) -> None:
    """Return it."""
    settling.give_back(row.pk, "票据不全", **life.by(who))


def is_judged(life: Known, row: Thing) -> bool:
    """Every receipt and change is judged, and every instalment paid."""
    rows = life.all("receipt", grant=row.grant)
    waits = any(each.state == "claimed" for each in rows)
    changed = any(
        each.lines and each.state == "submitted" for each in life.all("change_request", grant=row.grant)
    )
    stands = money(life, row)
    return not waits and not changed and set(stands["planned"]) == set(stands["paid"])


act("settlement.admit", "finance", fits=is_judged, ask=True)(two("grants.admit"))
act("settlement.waive", "leader", fits=lambda life, row: bool(is_whole(life, row)), ask=True)(
    two("grants.waive")
)
act(
    "settlement.reopen",
    "finance",
    fits=lambda life, row: not (row.state == "closed" and money(life, row)["closed"]),
    ask=True,
)(two("grants.reopen"))


@act("settlement.demand", "finance", fits=lambda life, row: money(life, row)["in_hand"] > 0)
def demand(life: Known, row: Thing, who: str) -> None:
    """Demand what is left."""
    settling.demand(row.pk, life.today() + timedelta(days=30), **life.by(who))


def is_whole(life: Known, row: Thing) -> bool | None:
    """What was demanded is still what is left; money that bounced meanwhile the room knows of."""
    return True if money(life, row)["in_hand"] == seen.row("settlement", row.pk).demanded_fen else None


@act("settlement.receive", "finance", fits=is_whole)
def receive(life: Known, row: Thing, who: str) -> None:
    """It came back."""
    settling.receive(row.pk, f"R{life.number()}", **life.by(who))


def adds_up(life: Known, row: Thing) -> bool | None:
    """Nothing is left over; whether everything is judged, the room asks again."""
    return (True if is_judged(life, row) else None) if money(life, row)["in_hand"] == 0 else False


@act("settlement.close", "finance", fits=adds_up)
def close_settlement(life: Known, row: Thing, who: str) -> None:
    """Close it."""
    settling.close(row.pk, **life.by(who))
