"""What-if and invitations in the shipped calls, with the people of the tables."""

from collections.abc import Callable
from functools import cache, partial

import pytest

from keqiao.core.rules.answers import CategoryAnswer, Verdict, When
from keqiao.core.rules.category import CompiledCall
from keqiao.core.rules.facts import Case
from keqiao.core.rules.what_if import Difference, answered, best_first, invitees, joined_by, led_by, what_if
from keqiao.readers import programmes
from tests.core.rules.calls import compiled
from tests.core.rules.tables import Row, tables

TABLES = {table.call: table for table in tables()}


def row(call: str, says: str) -> Row:
    return next(row for row in TABLES[call].rows if row.says == says)


@cache
def compiled_call(call: str) -> CompiledCall:
    return compiled(programmes.load(call))


def asking(call: str, path: tuple[str, ...], when: When) -> Callable[[Case], CategoryAnswer]:
    return partial(compiled_call(call).answer, path, when=when)


def turned_in(made: Difference) -> dict[str, tuple[str, str]]:
    return {one.after.rule: (one.before.verdict.value, one.after.verdict.value) for one in made.turned}


def test_a_leader_born_a_day_later_turns_a_refusal_in_henan():
    old = row("henan-2023", "born a day earlier, a scientist is too old")
    young = row("henan-2023", "born on the very day, a scientist may be fostered").case.people["被托举人"]

    made = what_if(asking("henan-2023", old.path, When.FORM), old.case, led_by("被托举人", *young))

    assert turned_in(made) == {"tuoju.r4": ("fails", "passes")}
    assert (made.before.verdict, made.after.verdict) == (Verdict.FAILS, Verdict.PERSON)


def test_among_the_scientists_of_henan_those_who_may_be_fostered_come_first():
    said = {
        "too old": "born a day earlier, a scientist is too old",
        "writes": "a social scientist is in neither field",
        "the day": "born on the very day, a scientist may be fostered",
        "a day later": "born a day later, a scientist may be fostered",
    }
    changes = {
        name: led_by("被托举人", *row("henan-2023", says).case.people["被托举人"])
        for name, says in said.items()
    }
    nobody = row("henan-2023", "as long as nobody is named, nothing is known of the person to be fostered")

    ranked = best_first(asking("henan-2023", nobody.path, When.FORM), nobody.case, changes)

    assert [(name, made.after.verdict.value) for name, made in ranked] == [
        ("the day", "person"), ("a day later", "person"), ("too old", "fails"), ("writes", "fails"),
    ]  # fmt: skip


def test_a_society_that_joins_turns_the_compulsory_joint_application():
    alone = row("henan-2023", "a city association alone cannot apply")
    joint = row("henan-2023", "a city association together with a society of the province may apply")

    made = what_if(asking("henan-2023", alone.path, When.FORM), alone.case, joined_by(*joint.case.partners))

    assert turned_in(made) == {"yishiyipin.r1": ("fails", "passes")}


def test_one_direction_less_turns_the_choice():
    many = row("sanmenxia-2023", "four directions are too many for audio")
    three = answered("yinpin.r1", many.case.answers["yinpin.r1"][:3])

    made = what_if(asking("sanmenxia-2023", many.path, When.FORM), many.case, three)

    assert turned_in(made) == {"yinpin.r1": ("fails", "passes")}


@pytest.mark.parametrize("call", sorted(TABLES))
def test_those_to_invite_are_those_who_may_apply_and_have_no_application_there(call: str):
    rows = TABLES[call].rows
    found = {
        path: [
            one.case for one in invitees(asking(call, path, When.BEFORE), call, path, _asked_at(rows, path))
        ]
        for path in {row.path for row in rows}
    }

    assert found == {
        path: [
            case
            for case in _asked_at(rows, path)
            if not _applied(case, call, path)
            and compiled_call(call).answer(path, case).verdict is not Verdict.FAILS
        ]
        for path in found
    }
    assert any(found.values())


def _asked_at(rows: tuple[Row, ...], path: tuple[str, ...]) -> list[Case]:
    return [row.case for row in rows if row.path == path]


def _applied(case: Case, call: str, path: tuple[str, ...]) -> bool:
    bearers = [case.applicant.id, getattr(case.applicant.host, "id", case.applicant.id)]
    below = "/".join((*path, ""))
    paths = [
        "/".join((*held.path, ""))
        for held in case.records.holdings
        if held.call == call and held.unit in bearers
    ]
    return any(held.startswith(below) for held in paths)
