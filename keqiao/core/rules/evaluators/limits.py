"""Limits on how many one unit may apply for or undertake, and how much of the whole it asks for."""

from keqiao.core.programme.rules.content import Split
from keqiao.core.programme.rules.limits import Quota
from keqiao.core.rules.answers import When
from keqiao.core.rules.asking import APPLICANT, RECORD, Asking, Frame, Saying
from keqiao.core.rules.facts import Stage
from keqiao.core.rules.tree import (
    HOLDS,
    Among,
    Compare,
    Condition,
    Fact,
    HowMany,
    all_of,
    any_of,
    equals,
    kept,
)


def quota(rule: Quota, frame: Frame) -> Asking:
    """May the unit have one more? Without a number there is no limit; a limit on undertaking is asked at the award."""
    if rule.max is None or rule.at == "recommend":
        holds = HOLDS if rule.at != "recommend" else None
        return Asking(holds, doubt=Saying("eligibility.task", {"summary": rule.summary}), when=When.BEFORE)
    across = rule.across or frame.stated_at[-1:]
    stage = Stage.UNDERTAKEN if rule.at == "undertake" else None
    code = "eligibility.undertaken_full" if stage else "eligibility.limit_full"
    return Asking(
        one_more_fits(rule.max + (rule.extra or 0), across, frame, stage),
        Saying(code, {"max": rule.max, "unit": rule.unit or ""}),
        when=When.REVIEW if stage else When.BEFORE,
    )


def one_more_fits(most: int, across: tuple[str, ...], frame: Frame, stage: Stage | None = None) -> Condition:
    """Does the unit lead fewer than ``most`` projects of this call below the categories ``across`` (all if none)?

    Counted are applications, or with ``stage`` what has come that far, of the unit that applies and of the one in
    whose name it does; what it only joins counts for the one that leads.
    """
    bodies = [APPLICANT, RECORD] if frame.proxies else [APPLICANT]
    unit, lead = Fact(("held", "unit")), Fact(("held", "lead"))
    counts = [
        any_of(*(Compare(unit, "==", Fact((*at, "id"))) for at in bodies)),
        any_of(equals(lead, ""), Compare(lead, "==", unit)),
        equals(Fact(("held", "call")), frame.call),
    ]
    if across:
        counts.append(Among(Fact(("held", "path")), across))
    if stage is not None:
        counts.append(equals(Fact(("held", "stage")), stage))
        if frame.year is not None:
            counts.append(Compare(Fact(("held", "year")), "==", frame.year))
    full = any_of(kept("holdings"), kept(f"holdings:{frame.call}"))
    holdings = Fact(("records", "holdings"))
    return HowMany("held", holdings, all_of(*counts), most=most - 1, complete=full, name="holdings")


def split(rule: Split, _frame: Frame) -> Asking:
    """Part of the sessions is asked for: at least ``min``, else at least one."""
    least = rule.min or 1
    return Asking(
        Compare(Fact(("answers", f"{rule.id}")), ">=", least),
        Saying("eligibility.split", {"least": least, "unit": rule.unit}),
        change=Saying("eligibility.change.split", {"least": least, "unit": rule.unit}),
        when=When.FORM,
    )
