"""The targets of a project on a page, as a table, and frozen when it is closed."""

import io
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from keqiao.web.activities.models import Activity
from keqiao.web.audit.queries import timeline
from keqiao.web.indicators.actions import freeze
from keqiao.web.indicators.models import Snapshot, SnapshotLine
from keqiao.web.indicators.projects import words_asked
from keqiao.web.indicators.verification import CHECKS
from tests.web import make
from tests.web.activities import makers
from tests.web.activities.makers import NOW
from tests.web.append_only import triggers_off
from tests.web.applications.pages import words_of

pytestmark = pytest.mark.django_db

TALKS: dict[str, Any] = {
    "id": "t1",
    "metric": "科普讲座",
    "comparator": ">=",
    "value": 3,
    "unit": "场",
    "source": {"clause": "三（二）"},
    "measure": {"kind": "count", "facts": "activity", "where": [{"of": "kind", "among": ["科普讲座"]}]},
}
HALF_YEARS: dict[str, Any] = {
    "id": "t2",
    "metric": "活动",
    "comparator": ">=",
    "value": 1,
    "unit": "场",
    "measure": {"kind": "count", "facts": "activity", "each": "half_year"},
}


@pytest.fixture
def project():
    made = makers.project()
    makers.asks(made, TALKS, HALF_YEARS)
    return made


@pytest.fixture
def officer(client: Client, project: Any) -> Client:
    client.force_login(makers.officer(project))
    return client


def of(project: Any) -> str:
    return reverse("indicators:targets", args=[project.kind, project.id])


def talk(project: Any, make_row: Any = makers.verified, **details: Any) -> Activity:
    return make_row(project, values={"kind": "科普讲座", "participants": "60"}, **details)


def test_a_target_shows_its_value_what_is_missing_and_what_nearly_counts_with_the_reason(officer, project):
    talk(project, title="第一讲")
    talk(project, makers.reported, title="第二讲")

    page = officer.get(of(project))

    target = page.context["judged"].targets[0]
    assert (target.value, target.shortfall, target.progress, target.asked) == (
        "1",
        "2",
        "进行中",
        "不少于 3 场",
    )
    assert [each.title for each in target.counting] == ["第一讲"]
    assert [(each.title, len(each.reasons)) for each in target.nearly] == [("第二讲", 1)]
    assert (target.mark, target.most, target.bars[0][1]) == (3.0, 3.0, 1.0)
    assert "三（二）" in words_of(page)


def test_every_half_year_stands_by_itself(officer, project):
    talk(project)

    groups = officer.get(of(project)).context["judged"].targets[1].groups

    assert [(each.value, each.progress) for each in groups] == [("1", "已达到"), ("0", "进行中")]


def test_the_page_takes_the_same_number_of_queries_for_one_and_for_three(officer, project):
    def queries() -> int:
        officer.get(of(project))
        with CaptureQueriesContext(connection) as seen:
            officer.get(of(project))
        return len(seen)

    talk(project)
    one = queries()
    talk(project)
    talk(project, makers.reported)
    assert queries() == one


def test_the_table_is_exported(officer, project):
    talk(project, title="=HYPERLINK(1)")

    written = officer.get(f"{of(project)}?export=xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()] == ["指标", "科普讲座", "活动"]
    text = officer.get(f"{of(project)}?export=csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("科普讲座,不少于 3 场,1,场,2,进行中,2026-12-31")


def test_others_find_neither_targets_nor_snapshots(project):
    snapshot = freeze(project, makers.asked[project.id], actor=None, at=NOW)
    address = reverse("indicators:snapshot", args=[snapshot.pk])
    accounts = (
        makers.officer(project),
        makers.recorder(project),
        make.officer(make.association()),
        makers.recorder(makers.project()),
    )

    def seen(account: Any) -> tuple[int, int]:
        client = Client()
        client.force_login(account)
        return client.get(of(project)).status_code, client.get(address).status_code

    assert [seen(each) for each in accounts] == [(200, 200), (200, 200), (404, 404), (404, 404)]


def test_a_project_of_which_nobody_says_what_is_asked_has_no_targets(officer, project):
    del makers.asked[project.id]

    assert officer.get(of(project)).status_code == 404


def test_closing_freezes_the_numbers_with_the_facts_and_locks_them(officer, project):
    row, waits = talk(project), talk(project, makers.reported)

    snapshot = freeze(project, makers.asked[project.id], actor=makers.officer(project), at=NOW)

    row.refresh_from_db()
    first, second = snapshot.lines.all()
    assert (row.state, snapshot.number, snapshot.definition_digest) == ("locked", 1, "d" * 64)
    assert (first.value, first.shortfall, first.threshold, first.due) == ("1", "2", "3", date(2026, 12, 31))
    assert first.facts == {str(row.pk): row.digest}
    assert first.nearly == {str(waits.pk): ["target_record.not_verified"]}
    assert [group["progress"] for group in second.groups] == ["met", "behind"]
    assert [event.act for event in timeline(snapshot)] == ["frozen"]
    assert "科普讲座" in words_of(officer.get(reverse("indicators:snapshot", args=[snapshot.pk])))


def test_what_happens_later_changes_no_snapshot(project):
    snapshot = freeze(project, makers.asked[project.id], actor=None, at=NOW)
    talk(project)

    second = freeze(project, makers.asked[project.id], actor=None, at=NOW)

    assert (second.number, second.lines.first().value, snapshot.lines.first().value) == (2, "1", "0")


@pytest.mark.parametrize("table", [Snapshot, SnapshotLine])
def test_the_database_refuses_to_change_or_delete_a_snapshot(project, table):
    freeze(project, makers.asked[project.id], actor=None, at=NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.update(progress="met")
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.all()._raw_delete(table.objects.db)


def test_the_check_notices_a_line_that_was_changed_past_the_triggers(project):
    freeze(project, makers.asked[project.id], actor=None, at=NOW)
    (check,) = [check for _name, check in CHECKS]
    assert not check().faults

    with triggers_off():
        SnapshotLine.objects.filter(target="t1").update(value="3")

    assert [fault.code for fault in check().faults] == ["snapshot.altered"]


def test_the_words_that_targets_ask_for_are_offered(project):
    assert words_asked(makers.asked[project.id].targets) == {"activity": {"kind": ("科普讲座",)}}
