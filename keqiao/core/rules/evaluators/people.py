"""Rules about whoever holds a role of the project: age and birth date, offices held, qualifications, working place."""

from collections.abc import Callable
from datetime import date

from keqiao.core.programme.facts import Comparator, is_placeholder
from keqiao.core.programme.rules.persons import Person
from keqiao.core.rules.answers import When
from keqiao.core.rules.asking import APPLICANT, Asking, Change, Frame, Saying, Values
from keqiao.core.rules.engine.tree import (
    FAILS,
    Among,
    Attest,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    Span,
    all_of,
    any_of,
    equals,
)
from keqiao.core.rules.facts import UNKNOWN, Case
from keqiao.core.rules.settled import settled

YEAR = len("1988")


def person(rule: Person, frame: Frame) -> Asking:
    """Everybody in the role fulfils it, and somebody holds the role. What is no plain fact is for a person to judge.

    A rule that relaxes another one (``exception_for``) only tells what may be approved: it never decides.
    """
    values: Values = {"role": rule.role, "summary": rule.summary}
    strict = condition = _everybody(rule, frame)
    relaxing, relaxed = frame.exceptions.get(rule.id), None
    if relaxing is not None:
        condition = any_of(strict, _approved(relaxing, frame), name="exception")
        only_relaxed = all_of(Not(strict), _everybody(relaxing, frame))
        relaxed = Change("eligibility.change.exception", values, only_relaxed)
    if rule.exception_for is not None:
        values["exception"] = rule.exception_for
        condition = _approved(rule, frame)
    return Asking(
        condition,
        Saying("eligibility.person", values),
        doubt=_doubt(rule, values),
        change=None if rule.exception_for else Change("eligibility.change.person", values, Not(strict)),
        or_else=relaxed,
        notes=_exact_day(rule) if isinstance(rule.born_after, date) else None,
        when=When.FORM,
        is_advice=rule.exception_for is not None,
    )


def _everybody(rule: Person, frame: Frame) -> Condition:
    """Somebody holds the role, and nobody who holds it falls short."""
    people, one = Fact(("people", rule.role)), _CONDITIONS.get(rule.attr, _statement)(rule, frame)
    return all_of(
        HowMany("person", people, one, least=1, name="person"),
        HowMany("person", people, Not(one), most=0, name="person"),
    )


def _approved(rule: Person, frame: Frame) -> Condition:
    """The relaxed condition holds, and whoever may has approved it."""
    return all_of(_everybody(rule, frame), Attest(rule.id, name="approval"))


def _doubt(rule: Person, values: Values) -> Saying:
    if is_placeholder(rule.born_after):
        return Saying("eligibility.birth_date_unsettled", {**values, "date": str(rule.born_after)})
    if rule.exception_for is not None:
        return Saying("eligibility.exception_for", values)
    return Saying("eligibility.person_doubt", values)


def _age(rule: Person, frame: Frame) -> Condition:
    """The birth date decides where one is stated, that day included; else the age in full years.

    The day to count from is the stated one, else the deadline. Where the call has neither, it lies between the day of
    asking and the end of the call's year: an age that is right on both is right, one that is wrong on both is wrong,
    and the rest is asked.
    A birth date that the document leaves unfilled is settled by a person, never computed; only who is born before the
    year that it does state (1988年x月x日以后) is too old whatever day is filled in.
    """
    born = Fact(("person", "birth_date"))
    if is_placeholder(rule.born_after):
        unfilled, year = settled(rule.id, "birth_date"), str(rule.born_after)[:YEAR]
        return all_of(Compare(born, ">=", date(int(year), 1, 1)), unfilled) if year.isdigit() else unfilled
    if isinstance(rule.born_after, date):
        return Compare(born, ">=", rule.born_after)
    if rule.value is None or is_placeholder(rule.on_date):
        return settled(rule.id, "age")
    day = rule.on_date if isinstance(rule.on_date, date) else frame.deadline
    op = rule.op or "<="
    if day is not None:
        return Compare(Span(born, day, name="age"), op, rule.value)
    now = Compare(Span(born, Fact(("on",)), name="age"), op, rule.value)
    if frame.year is None:
        return now
    at_the_end = Compare(Span(born, date(frame.year, 12, 31), name="age"), op, rule.value)
    return any_of(all_of(now, at_the_end), all_of(any_of(now, at_the_end), settled(rule.id, "day")))


def _exact_day(rule: Person) -> Callable[[Case], tuple[Saying, ...]]:
    """Somebody born on the very day passes (以后 with the day itself), and the papers are to be looked at."""

    def notes(case: Case) -> tuple[Saying, ...]:
        on_the_day = [
            human.name
            for human in case.people.get(rule.role, ())
            if human.birth_date is not UNKNOWN and human.birth_date == rule.born_after
        ]
        values: Values = {"role": rule.role, "names": tuple(on_the_day), "date": str(rule.born_after)}
        return (Saying("eligibility.exact_day", values),) if on_the_day else ()

    return notes


def _membership(rule: Person, frame: Frame) -> Condition:
    """Any office or membership in the unit."""
    return HowMany("post", Fact(("person", "posts")), _in_unit(rule, frame), least=1, name="posts")


def _position(rule: Person, frame: Frame) -> Condition:
    """One of the offices, or one of higher rank; an office whose rank nobody knows is asked."""
    ranks = [rank for rank, names in enumerate(frame.words.offices) if set(names) & set(rule.any_of)]
    enough = set(rule.any_of)
    if rule.or_above and ranks:
        enough |= {name for names in frame.words.offices[min(ranks) :] for name in names}
    known = {name for names in frame.words.offices for name in names} | enough
    office = Fact(("post", "post"))
    holds = any_of(Among(office, tuple(sorted(enough))), _unranked(rule, office, known))
    return HowMany(
        "post", Fact(("person", "posts")), all_of(_in_unit(rule, frame), holds), least=1, name="posts"
    )


def _unranked(rule: Person, office: Fact, known: set[str]) -> Condition:
    if not rule.or_above:
        return FAILS
    return all_of(Not(Among(office, tuple(sorted(known)))), settled(rule.id, "rank"))


def _in_unit(rule: Person, frame: Frame) -> Condition:
    at = APPLICANT if rule.of is None else frame.body(rule.of)
    return Compare(Fact(("post", "unit")), "==", Fact((*at, "id")))


def _qualification(rule: Person, frame: Frame) -> Condition:
    """One of the certificates; the level is a number of which 1 is the highest, so that above is smaller."""
    if not rule.any_of:
        return _statement(rule, frame)
    name, level = Fact(("held", "name")), Fact(("held", "level"))
    graded = tuple(word for word in rule.any_of if word in frame.words.graded)
    plain = tuple(word for word in rule.any_of if rule.level is None or word not in graded)
    ways: list[Condition] = [Among(name, plain)] if plain else []
    if rule.level is not None and graded:
        unstated = all_of(equals(level, None), settled(rule.id, "level"))
        high_enough = any_of(Compare(level, _level_op(rule), rule.level), unstated)
        ways.append(all_of(Among(name, graded), high_enough))
    if rule.level is not None:
        lower = tuple(sorted(frame.words.graded | frame.words.titles_below(rule.any_of) | set(rule.any_of)))
        ways.append(all_of(Not(Among(name, lower)), settled(rule.id, "qualification")))
    holds = HowMany("held", Fact(("person", "qualifications")), any_of(*ways), least=1, name="qualifications")
    return holds if rule.level is not None else any_of(holds, settled(rule.id, "reputation"))


def _level_op(rule: Person) -> Comparator:
    """ "At least level 2" is a number of at most 2: the first level is the highest."""
    turned: dict[Comparator, Comparator] = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
    return turned.get(rule.level_op or ">=", "==")


def _workplace(rule: Person, _frame: Frame) -> Condition:
    return Among(Fact(("person", "areas")), (rule.where,)) if rule.where else settled(rule.id, "workplace")


def _field(rule: Person, _frame: Frame) -> Condition:
    return Among(Fact(("person", "fields")), rule.fields) if rule.fields else settled(rule.id, "fields")


def _workplace_and_field(rule: Person, frame: Frame) -> Condition:
    return all_of(_workplace(rule, frame), _field(rule, frame))


def _participation(rule: Person, frame: Frame) -> Condition:
    return Among(Fact(("person", "part")), rule.any_of) if rule.any_of else _statement(rule, frame)


def _statement(rule: Person, _frame: Frame) -> Condition:
    return settled(rule.id, "statement")


_CONDITIONS: dict[str, Callable[[Person, Frame], Condition]] = {
    "age": _age,
    "birth": _age,
    "membership": _membership,
    "position": _position,
    "qualification": _qualification,
    "workplace": _workplace,
    "field": _field,
    "workplace_and_field": _workplace_and_field,
    "participation": _participation,
}
"""What of a person is a plain fact; titles, duties, experience and reputation are judged by a person."""
