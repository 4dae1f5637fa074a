"""The roll of units: which unit a row means, and what importing it changes."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keqiao.core.identifiers import fold
from keqiao.readers.tables.cells import text_cell
from keqiao.web.imports import actions
from keqiao.web.imports.columns import Context
from keqiao.web.imports.queries import content_of
from keqiao.web.imports.sheet_kinds import NEW, sheet_kind
from keqiao.web.parties.actions import rename
from keqiao.web.parties.models import Tie
from tests.web import make
from tests.web.imports.importing import CODE, CODE_2, NOW, UNITS, checked, faults, some, started, worked
from tests.web.imports.importing import sent as in_table

pytestmark = pytest.mark.django_db


def differences(made):
    rows = [content_of(row) for row in made.rows.order_by("number")]
    return [[(each.column, each.before, each.after) for each in row.differences] for row in rows]


def test_a_unit_is_known_again_by_its_code_and_takes_its_new_name(association, officer, day):
    unit = make.organisation("河南省力学会", credit_code=CODE)
    made = checked([UNITS, ("河南省力学学会", "学会", CODE)], association, officer)
    assert differences(made) == [[("name", "河南省力学会", "河南省力学学会")]]

    started(made, officer)

    unit.refresh_from_db()
    names = unit.names.order_by("valid_from").values_list("text", "valid_until")
    assert (unit.name, list(names)) == (
        "河南省力学学会",
        [("河南省力学会", date(2026, 3, 1)), ("河南省力学学会", None)],
    )


def test_a_unit_without_a_code_is_known_by_its_name_and_gets_the_code(association, officer):
    unit = make.organisation("河南省力学学会")

    made = started(checked([UNITS, ("河南省力学学会", "学会", CODE)], association, officer), officer)

    unit.refresh_from_db()
    assert (some(made), unit.credit_code) == ({"done": 1, "altered": 1}, CODE)


def test_the_short_name_means_the_unit_and_does_not_rename_it(association, officer):
    make.organisation("河南省力学学会", short_name="省力学学会")

    made = checked([UNITS, ("省力学学会", "学会")], association, officer)

    assert (some(made), differences(made)) == ({"same": 1}, [[]])


@pytest.mark.parametrize("answer", ["same", "new"])
def test_a_name_written_otherwise_is_asked_about_and_the_answer_counts(association, officer, answer):
    unit = make.organisation("河南省力学学会")
    made = checked([UNITS, ("河南力学学会", "学会")], association, officer)
    fault = content_of(made.rows.get()).faults[0]
    assert (fault.code, [choice.key for choice in fault.choices]) == ("parties.looks_like", [str(unit.pk)])

    cells = {**content_of(made.rows.get()).cells, "id": text_cell(str(unit.pk) if answer == "same" else NEW)}
    actions.correct(made, {2: cells}, actor=officer, at=NOW)

    assert some(made) == ({"same": 1} if answer == "same" else {"new": 1})


def test_a_former_name_is_asked_about(association, officer):
    unit = make.organisation("河南省力学学会")
    rename(unit, "中原力学学会", actor=None, role="tests", at=NOW)

    made = checked([UNITS, ("河南省力学学会", "学会")], association, officer)

    assert faults(made) == {2: [("parties.looks_like", "id")]}


def test_two_units_of_one_name_are_never_chosen_between(association, officer):
    for _ in range(2):
        make.organisation("实验小学", kind="school")

    made = checked([UNITS, ("实验小学", "中小学")], association, officer)

    fault = content_of(made.rows.get()).faults[0]
    assert (fault.code, len(fault.choices)) == ("parties.several_of_this_name", 2)


def test_the_code_of_one_unit_and_the_name_of_another_are_a_fault(association, officer):
    make.organisation("河南省力学学会", credit_code=CODE)
    make.organisation("河南省制冷学会", credit_code=CODE_2)

    made = checked([UNITS, ("河南省制冷学会", "学会", CODE)], association, officer)

    assert faults(made) == {2: [("parties.code_and_name_differ", "id")]}


def test_a_namesake_with_another_code_is_a_fault(association, officer):
    make.organisation("河南省力学学会", credit_code=CODE)

    made = checked([UNITS, ("河南省力学学会", "学会", CODE_2)], association, officer)

    assert faults(made) == {2: [("parties.name_has_another_code", "id")]}


def test_a_unit_that_moves_to_another_host_leaves_the_first_the_day_before(association, officer):
    first, second = (make.organisation(name, kind="university") for name in ("甲大学", "乙大学"))
    unit = make.organisation("某高校科协", kind="university_association")
    heads = (*UNITS[:2], "依托单位")
    started(checked([heads, (unit.name, "高校科协", "甲大学")], association, officer), officer)
    Tie.objects.filter(party=unit, kind="host").update(valid_from=date(2024, 1, 1))

    made = checked([heads, (unit.name, "高校科协", "乙大学")], association, officer)
    assert differences(made) == [[("host", "甲大学", "乙大学")]]
    started(made, officer)

    rows = Tie.objects.filter(party=unit, kind="host").order_by("valid_from")
    assert list(rows.values_list("organisation_id", "valid_from", "valid_until")) == [
        (first.pk, date(2024, 1, 1), date(2026, 3, 1)),
        (second.pk, date(2026, 3, 2), None),
    ]


def test_a_blank_cell_removes_nothing(association, officer):
    unit = make.organisation("河南省力学学会", credit_code=CODE, level="province")
    heads = (*UNITS, "单位级别")

    made = checked([heads, (unit.name, "学会", None, None, None, None)], association, officer)

    assert some(made) == {"same": 1}


def test_a_unit_of_another_area_can_stand_in_the_table_but_is_not_changed(association, officer):
    elsewhere = make.region("420000", "湖北省", parent=association.organisation.region.parent)
    unit = make.organisation("湖北省力学学会", credit_code=CODE, region=elsewhere)

    same = checked([UNITS, ("湖北省力学学会", "学会", CODE)], association, officer)
    other = checked([UNITS, ("湖北省力学学会", "基金会", CODE)], association, officer)
    taken = checked([(*UNITS[:3], "列入本会名册"), (unit.name, "学会", CODE, "是")], association, officer)

    assert some(same) == {"same": 1}
    assert faults(other)[2] == faults(taken)[2] == [("parties.unit_of_others", "name")]


def test_the_export_of_an_association_holds_its_own_units_only(association, officer):
    started(checked([UNITS, ("甲学会", "学会")], association, officer), officer)
    other = make.association()
    stranger = make.officer(other)
    started(checked([UNITS, ("乙学会", "学会")], other, stranger), stranger)

    def names(owner, actor):
        return [row["name"] for row in sheet_kind("parties.units").export(Context(owner.pk, actor, NOW))]

    assert (names(association, officer), names(other, stranger)) == (["甲学会"], ["乙学会"])


words = st.builds(
    "{}{}学会".format, st.text("=+-@'，“”＝０ ", max_size=4), st.text("甲乙丙=+-'\"", min_size=1, max_size=8)
)
units = st.fixed_dictionaries(
    {
        "name": words,
        "short_name": st.none() | words,
        "kind": st.sampled_from(["society", "company", "village", "other"]),
        "level": st.sampled_from(["", "province", "county"]),
        "registered_on": st.none() | st.dates(date(1905, 1, 1), date(2026, 1, 1)),
        "is_legal_person": st.sampled_from([None, True, False]),
    }
)


def exported_and_imported(client, association, officer, ending):
    """The rows of the preview that would change nothing, after an export and an upload of it."""
    sent = {"association": str(association.pk), "form": ending}
    response = client.post(reverse("imports:export", args=["parties.units"]), sent)
    return some(worked(in_table(response.content, association, officer, name=f"名册.{ending}")))


@given(st.lists(units, min_size=1, max_size=6, unique_by=lambda unit: fold(unit["name"])))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_exported_and_imported_again_is_the_same(client, association, officer, units):
    """Whatever the units are: names that look like formulas, days long ago, facts that nobody knows."""
    client.force_login(officer)
    with undone():
        for unit in units:
            made = make.organisation(**{**unit, "short_name": unit["short_name"] or ""})
            Tie.objects.create(
                party=made,
                organisation=association.organisation,
                kind="affiliation",
                source="测试",
                valid_from=NOW.date(),
            )
        for ending in ("xlsx", "csv"):
            assert exported_and_imported(client, association, officer, ending) == {"same": len(units)}


@contextmanager
def undone():
    """What is written within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
