"""A table on its way into a register: checked, corrected, imported once and only once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keqiao.readers.tables.cells import text_cell
from keqiao.web.audit.models import Event
from keqiao.web.imports import actions, running
from keqiao.web.imports.clearing import KEPT, clear_old_contents
from keqiao.web.imports.models import Import, ImportRow
from keqiao.web.imports.queries import content_of, earlier_with_same_file, kind_of
from keqiao.web.imports.running import import_batch
from keqiao.web.imports.verification import check_states
from keqiao.web.parties.models import Organisation, Tie
from tests.readers.tables.tables import workbook_bytes
from tests.web import make
from tests.web.imports.importing import CODE, CODE_2, NOW, UNITS, checked, faults, sent, some, started, worked

pytestmark = pytest.mark.django_db

SOUND = ("河南省力学学会", "学会", CODE, "郑州市金水区", "1985-06-20")
SECOND = ("河南省制冷学会", "学会", CODE_2, "410100", "1990.3.5")


def acts(made):
    return list(
        Event.objects.filter(chain_id=str(made.pk)).order_by("sequence").values_list("act", flat=True)
    )


def test_a_sound_table_is_imported_and_each_unit_stands_in_the_roll(association, officer):
    made = checked([UNITS, SOUND, SECOND], association, officer)

    assert (made.state, some(made), faults(made)) == ("ready", {"new": 2}, {})
    assert Organisation.objects.filter(kind="society").count() == 0

    made = started(made, officer)

    assert (made.state, some(made)) == ("done", {"done": 2, "created": 2})
    unit = Organisation.objects.get(credit_code=CODE)
    assert (unit.name, unit.kind, unit.region.code, unit.registered_on.isoformat()) == (
        "河南省力学学会",
        "society",
        "410105",
        "1985-06-20",
    )
    assert Tie.objects.get(party=unit).organisation_id == association.pk
    assert set(made.rows.values_list("record_id", flat=True)) == {
        str(pk) for pk in Organisation.objects.filter(kind="society").values_list("pk", flat=True)
    }
    assert acts(made) == ["begun", "checked", "started", "finished"]


def test_all_faults_of_a_table_are_told_at_once_with_their_line_and_column(association, officer):
    rows = [
        ["学会名册"],
        UNITS,
        ["", "学会", CODE],
        ["甲学会", "某类", "51410000MJ0000017Y", "无此区", "2023-02-30"],
        ["乙学会", "学会", 514100000012345678, "金水区"],
        ["丙学会", "学会", "5.141E+17"],
        ["丁学会", "企业", CODE_2],
        ["丁学会", "学会"],
    ]
    made = checked(rows, association, officer)

    assert faults(made) == {
        3: [("table.missing", "name")],
        4: [
            ("table.not_a_choice", "kind"),
            ("table.refused", "credit_code"),
            ("table.not_a_day", "registered_on"),
            ("table.not_found", "region"),
        ],
        5: [("table.digits_lost", "credit_code"), ("table.several_found", "region")],
        6: [("table.scientific", "credit_code")],
        7: [("parties.code_unusual_for_kind", "credit_code")],
        8: [("table.row_repeated", "name")],
    }
    assert some(made) == {"faulty": 5, "new": 1}


def test_a_fault_is_corrected_without_a_new_upload(association, officer):
    made = checked([UNITS, ("甲学会", "某类")], association, officer)
    row = made.rows.get()
    cells = {**content_of(row).cells, "kind": text_cell("学会")}

    actions.correct(made, {row.number: cells}, actor=officer, at=NOW)

    assert (some(made), faults(made)) == ({"new": 1}, {})
    assert acts(made) == ["begun", "checked", "corrected", "checked"]


def test_a_row_that_is_left_out_is_no_obstacle_and_says_nothing_about_others(association, officer):
    made = checked([UNITS, ("甲学会", "某类"), ("甲学会", "学会")], association, officer)
    assert some(made) == {"faulty": 2}

    actions.correct(made, {2: None}, actor=officer, at=NOW)
    assert some(made) == {"left_out": 1, "new": 1}

    made.refresh_from_db()
    made = started(made, officer)
    assert (made.state, some(made)) == ("done", {"left_out": 1, "done": 1, "created": 1})


def test_good_rows_alone_are_imported_and_the_rest_waits(association, officer):
    made = checked([UNITS, SOUND, ("甲学会", "某类")], association, officer)

    made = started(made, officer)

    assert (made.state, some(made)) == ("ready", {"faulty": 1, "done": 1, "created": 1})
    assert Organisation.objects.filter(kind="society").count() == 1


def test_a_host_that_comes_with_the_first_rows_is_known_to_those_that_wait(association, officer):
    rows = [
        (*UNITS[:2], "依托单位"),
        ("河南科技大学科协", "高校科协", "河南科技大学"),
        ("河南科技大学", "高等院校", None),
    ]
    made = checked(rows, association, officer)
    assert faults(made) == {2: [("table.not_found", "host")]}

    made = started(made, officer)

    assert some(made) == {"new": 1, "done": 1, "created": 1}
    made = started(made, officer)
    assert (made.state, some(made)) == ("done", {"done": 2, "created": 2})


def test_the_same_table_again_changes_nothing(association, officer):
    content = workbook_bytes([UNITS, SOUND, SECOND])
    first = started(worked(sent(content, association, officer)), officer)
    before = Event.objects.filter(chain_kind="parties.party").count()

    again = worked(sent(content, association, officer))
    assert (some(again), earlier_with_same_file(again)) == ({"same": 2}, first)

    again = started(again, officer)
    assert (again.state, some(again)) == ("done", {"done": 2, "met": 2})
    assert Event.objects.filter(chain_kind="parties.party").count() == before


def test_two_clicks_have_one_effect(association, officer):
    made = checked([UNITS, SOUND], association, officer)

    assert actions.start(made, made.edition, actor=officer, at=NOW) is True
    assert actions.start(made, made.edition, actor=officer, at=NOW) is False
    worked(made)
    running.run(made.pk, NOW)

    assert Organisation.objects.filter(kind="society").count() == 1
    assert acts(made).count("started") == 1


def test_what_was_not_looked_at_is_not_started(association, officer):
    made = checked([UNITS, SOUND, ("甲学会", "某类")], association, officer)
    seen = made.edition
    actions.correct(made, {3: None}, actor=officer, at=NOW)

    with pytest.raises(ValidationError) as refused:
        actions.start(made, seen, actor=officer, at=NOW)

    assert refused.value.code == "import.changed"


def test_a_worker_killed_in_the_middle_goes_on_and_does_no_row_twice(association, officer, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    rows = [(f"第{n}学会", "学会") for n in range(5)]
    made = checked([UNITS, *rows], association, officer)
    actions.start(made, made.edition, actor=officer, at=NOW)
    batches = []

    def killed_at_the_second(kind, pks, context):
        batches.append(pks)
        if len(batches) == 2:
            raise KeyboardInterrupt
        import_batch(kind, pks, context)

    monkeypatch.setattr(running, "import_batch", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        running.run(made.pk, NOW)
    assert (Import.objects.get().state, Organisation.objects.filter(kind="society").count()) == (
        "importing",
        2,
    )

    running.run(made.pk, NOW)

    made.refresh_from_db()
    assert (made.state, some(made)) == ("done", {"done": 5, "created": 5})
    assert Organisation.objects.filter(kind="society").count() == 5


def test_a_row_is_never_imported_by_half(association, officer):
    """The unit could be registered, the tie to itself as host could not: neither stands there."""
    made = started(checked([UNITS, SOUND], association, officer), officer)
    unit = Organisation.objects.get(credit_code=CODE)
    rows = [
        ("单位全称", "单位类别", "统一社会信用代码", "单位级别", "依托单位"),
        ("河南省力学学会", "学会", CODE, "省级", CODE),
    ]

    made = started(checked(rows, association, officer), officer)

    assert (some(made), faults(made)) == ({"faulty": 1}, {2: [("table.not_applied", "")]})
    unit.refresh_from_db()
    assert (unit.level, unit.facts.filter(kind="level").exists()) == ("", False)


def test_a_record_that_was_changed_after_the_preview_is_not_overwritten(association, officer):
    started(checked([UNITS, SOUND], association, officer), officer)
    made = checked([UNITS, ("河南省力学学会", "企业", CODE)], association, officer)
    assert some(made) == {"changed": 1}
    other = checked([UNITS, ("河南省力学学会", "基金会", CODE)], association, officer)
    started(other, officer)

    made = started(made, officer)

    assert faults(made)[2] == [("parties.code_unusual_for_kind", "credit_code")]
    assert (some(made), Organisation.objects.get(credit_code=CODE).kind) == ({"changed": 1}, "foundation")


def test_somebody_whose_role_has_ended_imports_nothing(association, officer):
    made = checked([UNITS, SOUND], association, officer)
    actions.start(made, made.edition, actor=officer, at=NOW)
    officer.grants.update(valid_until=make.LONG_AGO)

    with pytest.raises(PermissionDenied):
        running.run(made.pk, NOW)

    running.stop(made.pk, NOW)
    made.refresh_from_db()
    assert (made.state, made.failure, ImportRow.objects.filter(done_at__isnull=False).count()) == (
        "ready",
        "import.stopped",
        0,
    )


def test_a_table_that_cannot_be_read_says_why(association, officer):
    made = checked([("无关", "内容"), ("甲", "乙")], association, officer)

    assert (made.state, made.failure, made.failure_values["name"]) == (
        "failed",
        "unreadable.no_headings",
        "名册.xlsx",
    )


def test_columns_that_are_needed_are_missed(association, officer):
    made = checked([("单位全称",), ("甲学会",)], association, officer)

    assert (made.failure, made.failure_values["columns"]) == ("unreadable.columns_missing", "单位类别")


def test_an_import_that_is_given_up_writes_nothing(association, officer):
    made = checked([UNITS, SOUND], association, officer)
    actions.drop(made, actor=officer, at=NOW)

    with pytest.raises(ValidationError):
        started(made, officer)

    made.refresh_from_db()
    assert (made.state, Organisation.objects.filter(kind="society").count()) == ("dropped", 0)


def test_a_preview_of_many_rows_asks_as_often_as_one_of_few(association, officer):
    counts = []
    for number in (3, 400):
        rows = [(f"河南省第{number}{n}学会", "学会", None, "郑州市", "1990-01-01") for n in range(number)]
        made = sent(workbook_bytes([UNITS, *rows]), association, officer)
        with CaptureQueriesContext(connection) as queries:
            worked(made)
        counts.append(sum(query["sql"].startswith("SELECT") for query in queries))
        assert some(made) == {"new": number}

    assert counts[0] == counts[1]


def test_imports_stand_where_their_events_say(association, officer):
    one = started(checked([UNITS, SOUND, ("甲学会", "某类")], association, officer), officer)
    checked([("无关", "内容"), ("甲", "乙")], association, officer)
    actions.drop(checked([UNITS, SECOND], association, officer), actor=officer, at=NOW)
    outcome = check_states()
    assert (outcome.checked, outcome.faults) == (3, ())

    Import.objects.filter(pk=one.pk).update(state="importing")

    assert [fault.code for fault in check_states().faults] == ["case.state_differs"]


def test_what_rows_said_is_cleared_when_its_time_is_over(association, officer):
    made = started(checked([UNITS, SOUND], association, officer), officer)
    clear_old_contents(NOW + KEPT)
    assert made.rows.get().content.plain() != ""

    clear_old_contents(NOW + KEPT + timedelta(days=1))

    row = made.rows.get()
    assert (row.content, row.verdict, row.record_id != "") == ("", "new", True)
    assert (content_of(row).cells, acts(made)[-1]) == ({}, "cleared")


def test_an_import_whose_task_was_lost_is_given_to_the_worker_again(association, officer):
    made = checked([UNITS, SOUND], association, officer)
    actions.resume(made, actor=officer, at=NOW)
    assert acts(made)[-1] == "checked"

    actions.start(made, made.edition, actor=officer, at=NOW)
    actions.resume(made, actor=officer, at=NOW)

    assert acts(made)[-2:] == ["started", "resumed"]


def test_the_content_of_rows_stands_locked(association, officer):
    made = checked([UNITS, SOUND], association, officer)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT content FROM {ImportRow._meta.db_table}")
        raw = cursor.fetchone()[0]

    assert ("力学" in raw, "力学" in made.rows.get().content.plain()) == (False, True)


def test_a_race_of_two_imports_of_the_same_units_registers_them_once(association, officer):
    other = make.officer(association)
    first, second = (checked([UNITS, ("甲学会", "学会")], association, actor) for actor in (officer, other))

    started(first, officer)
    second = started(second, other)

    assert (second.state, some(second)) == ("done", {"done": 1, "met": 1})
    assert Organisation.objects.filter(name="甲学会").count() == 1
    assert kind_of(second).code == "parties.units"
