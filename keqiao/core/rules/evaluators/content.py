"""Rules about what is applied for: thresholds, choices, place, papers, lengths of texts, days."""

from datetime import date

from keqiao.core.programme.facts import is_placeholder
from keqiao.core.programme.rules.content import Choice, Count, Where
from keqiao.core.programme.rules.limits import DeadlineRule
from keqiao.core.programme.rules.papers import MaterialRule, TextLimit
from keqiao.core.rules.answers import When
from keqiao.core.rules.asking import Asking, Change, Frame, Saying, Values
from keqiao.core.rules.engine.tree import (
    HOLDS,
    Among,
    Attest,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    all_of,
    any_of,
    equals,
    kept,
)
from keqiao.core.rules.evaluators.records import platform_names


def count(rule: Count, frame: Frame) -> Asking:
    """A number that has to be reached: as the form says, or as it was read on the platform."""
    answer = Compare(Fact(("answers", rule.id)), rule.op, rule.value)
    parts = [answer] if rule.platform is None else [answer, _on_platform(rule, frame)]
    values: Values = {
        "metric": rule.metric,
        "op": f"word.op.{_OPERATORS[rule.op]}",
        "value": str(rule.value),
        "unit": rule.unit or "",
    }
    return Asking(
        any_of(*parts),
        Saying("eligibility.count", values),
        change=Change("eligibility.change.count", values),
        when=When.FORM,
    )


_OPERATORS = {">=": "least", "<=": "most", ">": "above", "<": "below", "==": "exactly", "~": "about"}


def _on_platform(rule: Count, frame: Frame) -> Condition:
    """An account of the subject whose count of this name is high enough."""
    at = frame.body(rule.subject)
    names = platform_names(rule.platform or "", frame.words)
    holder = Fact(("account", "holder"))
    reached = all_of(
        any_of(*(Compare(holder, "==", Fact((*at, name))) for name in ("id", "name"))),
        Among(Fact(("account", "platform")), names),
        Compare(Fact(("account", "counts", rule.metric)), rule.op, rule.value),
    )
    return HowMany(
        "account",
        Fact(("records", "platforms")),
        reached,
        least=1,
        complete=kept("platforms"),
        name="platforms",
    )


def choice(rule: Choice, frame: Frame) -> Asking:
    """So many of the list are chosen, and nothing beside it (from an open list: what a person accepts).

    A list that stands as categories of the call is chosen from by applying in one of them. A closed list without
    numbers (须为…之一) is chosen from once.
    """
    if not rule.options:
        return _chosen_by_applying(rule, frame)
    chosen = Fact(("answers", rule.id))
    closed_once = not rule.open and rule.pick_min is None and rule.pick_max is None
    most = 1 if closed_once else rule.pick_max
    least = rule.pick_min if rule.pick_min is not None else 1
    listed = Among(chosen, rule.options, least=least, most=most)
    beside = HowMany("item", chosen, Not(Among(Fact(("item",)), rule.options)), most=0, name="chosen")
    every = HowMany("item", chosen, HOLDS, least=least, most=most, name="chosen")
    accepted = any_of(beside, Attest(rule.id, name="own_choice")) if rule.open else beside
    values: Values = {
        "what": rule.what,
        "options": rule.options,
        "least": least,
        "most": most if most is not None else len(rule.options),
    }
    return Asking(
        all_of(every if rule.open else listed, accepted),
        Saying("eligibility.choice", values),
        change=Change("eligibility.change.choice", values),
        when=When.FORM,
    )


def _chosen_by_applying(rule: Choice, frame: Frame) -> Asking:
    if len(frame.path) > len(frame.stated_at):
        return Asking(HOLDS, when=When.BEFORE)
    own = Saying("eligibility.own_choice", {"what": rule.what, "within": rule.within or rule.what})
    return Asking(Attest(rule.id, name="own_choice"), doubt=own, when=When.FORM)


def place(rule: Where, _frame: Frame) -> Asking:
    """The event takes place in the region: one of the areas that the form names is it."""
    values: Values = {"where": rule.where}
    return Asking(
        Among(Fact(("answers", rule.id)), (rule.where,)),
        Saying("eligibility.place", values),
        change=Change("eligibility.change.place", values),
        when=When.FORM,
    )


def material(rule: MaterialRule, _frame: Frame) -> Asking:
    """So many of the paper are attached; what it has to contain is looked at by a person."""
    attached = Fact(("answers", rule.id))
    least = rule.min if rule.min is not None else 1
    parts: list[Condition] = [Compare(attached, ">=", least)]
    if rule.max is not None:
        parts.append(Compare(attached, "<=", rule.max))
    if rule.contains or rule.form:
        parts.append(Attest(rule.id, name="contents"))
    values: Values = {"name": rule.name, "least": least, "most": rule.max or least, "unit": rule.unit or ""}
    contains: Values = {"name": rule.name, "contains": rule.contains or ((rule.form,) if rule.form else ())}
    return Asking(
        all_of(*parts),
        Saying("eligibility.material", values),
        doubt=Saying("eligibility.material_contents", contains)
        if len(parts) > 1 and contains["contains"]
        else None,
        change=Change("eligibility.change.material", values),
        when=When.FORM,
        evidence=(rule.name, *rule.contains),
    )


def text_limit(rule: TextLimit, _frame: Frame) -> Asking:
    """The text has no more characters than the form allows; one that has to rest on figures holds one."""
    length = Fact(("answers", f"{rule.id}{LENGTH}"))
    parts: list[Condition] = [Compare(length, rule.op, rule.value)]
    if rule.needs_data:
        figures = equals(Fact(("answers", f"{rule.id}{FIGURES}")), value=True)
        parts.append(any_of(figures, Attest(rule.id, name="figures")))
    values: Values = {"field": rule.field, "value": rule.value, "unit": rule.unit}
    return Asking(
        all_of(*parts),
        Saying("eligibility.text_limit", values),
        doubt=Saying("eligibility.figures", values) if rule.needs_data else None,
        change=Change("eligibility.change.text_limit", values),
        when=When.FORM,
    )


LENGTH = " length"
FIGURES = " figures"
"""What ``prepared`` adds to the answers for a text: its length in characters, and whether it holds a figure."""


def deadline(rule: DeadlineRule, frame: Frame) -> Asking:
    """The day of asking is not after the last day, which counts in full; a day left unfilled is settled by a person."""
    if is_placeholder(rule.date):
        values: Values = {"date": str(rule.date)}
        return Asking(Attest(rule.id, name="date"), doubt=Saying("eligibility.date_unsettled", values))
    day = rule.date if isinstance(rule.date, date) else _day_in_year(rule, frame)
    if day is None:
        return Asking(
            Attest(rule.id, name="date"), doubt=Saying("eligibility.date_unsettled", {"date": rule.summary})
        )
    return Asking(Compare(Fact(("on",)), "<=", day), Saying("eligibility.closed", {"date": day.isoformat()}))


def _day_in_year(rule: DeadlineRule, frame: Frame) -> date | None:
    """Month and day alone, in the year of the call."""
    if rule.month is None or rule.day is None or frame.year is None:
        return None
    return date(frame.year, rule.month, rule.day)
