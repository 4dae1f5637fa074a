"""What people owe, made from the facts anew; what is over with its date; and how it is found that they differ."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction

from keqiao.core.workdays import SHANGHAI
from keqiao.web.duties import actions
from keqiao.web.duties.actions import let_lapse, owe, settle
from keqiao.web.duties.kinds import Owed, for_person, for_roles
from keqiao.web.duties.models import Duty
from keqiao.web.duties.verification import check_duties, check_kinds

AT = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
DUE = AT + timedelta(days=10)
ASSOCIATION, PERSON = uuid4(), uuid4()

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


def look(case, **details):
    """A case has to be looked at."""
    given = {"holder": for_person(PERSON), "due_at": DUE, "kind": "tests.look", **details}
    known = {"association_id": ASSOCIATION, "variables": {"title": f"案卷{case}"}, "at": AT}
    return Owed(key=f"look:{case}", about=("tests.case", case), **known, **given)


def sheet(case):
    """A sheet has to be filled while there is time."""
    return look(case, kind="tests.sheet")


def standing():
    """What is open: case, date and words."""
    rows = Duty.objects.filter(settled_at=None).order_by("about_id", "role")
    return [(row.about_id, row.due_at, row.variables["title"]) for row in rows]


def rebuilt(capsys):
    """What the command prints for each kind."""
    call_command("duties", "rebuild")
    return capsys.readouterr().out.splitlines()


def found():
    """What the check of `keqiao verify` finds: code and, of what is missing, the key."""
    return [(fault.code, fault.about) for fault in check_duties().faults]


def test_rebuilding_opens_what_is_missing_and_closes_what_nobody_owes_and_then_finds_nothing(facts, capsys):
    owe(look("gone"), look("stays"))
    facts += [look("stays"), look("new"), sheet("sheet")]

    printed = rebuilt(capsys)

    assert printed == ["tests.look\t1 opened\t1 closed", "tests.sheet\t1 opened\t0 closed"]
    assert [case for case, _due, _title in standing()] == ["new", "sheet", "stays"]
    assert list(Duty.objects.filter(about_id="gone").values_list("fact", flat=True)) == ["rebuilt"]
    assert found() == []
    assert rebuilt(capsys) == ["tests.look\t0 opened\t0 closed", "tests.sheet\t0 opened\t0 closed"]


def test_rebuilding_sets_the_date_of_the_facts_and_keeps_the_row(facts, capsys):
    owe(look("7"))
    row = Duty.objects.get()
    facts.append(look("7", due_at=DUE + timedelta(days=3)))
    assert found() == [("duty.missing", "look:7")]

    rebuilt(capsys)

    assert Duty.objects.get().pk == row.pk
    assert standing() == [("7", DUE + timedelta(days=3), "案卷7")]
    assert (Duty.objects.get().first_due_at, found()) == (DUE, [])


def test_rebuilding_opens_the_row_of_a_role_that_is_missing(facts, capsys):
    both = for_roles(("applicant", "unit_admin"), uuid4())
    owe(look("7", holder=both))
    facts.append(look("7", holder=both))
    assert found() == []

    Duty.objects.filter(role="unit_admin").delete()
    assert found() == [("duty.missing", "look:7")]
    rebuilt(capsys)

    assert sorted(Duty.objects.values_list("role", flat=True)) == ["applicant", "unit_admin"]
    assert found() == []


def test_the_check_names_what_is_missing_what_nobody_owes_and_a_kind_that_no_room_has(facts):
    owe(look("gone"), look("done"))
    facts += [look("done"), look("never opened")]
    settle("tests.look", ("tests.case", "done"), at=AT)
    surplus = Duty.objects.get(about_id="gone")

    assert found() == [
        ("duty.missing", "look:done"),  # closed, and still owed by the facts
        ("duty.missing", "look:never opened"),
        ("duty.not_owed", str(surplus.pk)),
    ]
    assert (check_duties().checked, check_kinds().faults) == (3, ())

    Duty.objects.filter(pk=surplus.pk).update(kind="tests.of_a_room_that_is_gone")
    assert [(fault.code, fault.about) for fault in check_kinds().faults] == [
        ("duty.unknown_kind", "tests.of_a_room_that_is_gone")
    ]


def test_what_lapses_is_closed_after_its_date_and_not_before_and_nothing_else_is(facts):
    owe(sheet("in time"), look("late"))
    facts += [sheet("in time"), look("late")]

    let_lapse(DUE)
    assert [case for case, *_ in standing()] == ["in time", "late"]  # the very moment is in time

    let_lapse(DUE + timedelta(seconds=1))
    let_lapse(DUE + timedelta(seconds=2))

    assert [case for case, *_ in standing()] == ["late"]
    lapsed = Duty.objects.get(about_id="in time")
    assert (lapsed.fact, lapsed.settled_at) == ("lapsed", DUE + timedelta(seconds=1))
    assert found() == []  # the facts owe it still, and it is over


def test_what_has_lapsed_is_missed_again_when_its_date_was_moved(facts, capsys):
    owe(sheet("7"))
    let_lapse(DUE + timedelta(days=1))
    facts.append(look("7", kind="tests.sheet", due_at=DUE + timedelta(days=5)))

    assert found() == [("duty.missing", "look:7")]
    rebuilt(capsys)

    assert standing() == [("7", DUE + timedelta(days=5), "案卷7")]


def test_a_round_closes_a_few_hundred_the_oldest_first_and_the_next_rounds_the_rest(monkeypatch):
    monkeypatch.setattr(actions, "LAPSED_AT_ONCE", 2)
    with transaction.atomic():
        for day in range(5):
            owe(look(str(day), kind="tests.sheet", due_at=DUE + timedelta(days=day)))
    later = DUE + timedelta(days=4)  # the last one is still in time

    left = []
    for _round in range(3):
        let_lapse(later)
        left.append([case for case, *_ in standing()])

    assert left == [["2", "3", "4"], ["4"], ["4"]]
