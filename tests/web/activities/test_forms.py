"""The form of every kind of record is made from the vocabulary: valid values are taken, bad ones refused."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keqiao.core.programme.fact_words import FactField
from keqiao.readers.fact_kinds import fact_kinds, fact_words
from keqiao.web.activities.models import Activity
from keqiao.web.activities.values import as_given
from tests.web import make
from tests.web.activities import makers

pytestmark = pytest.mark.django_db


def good(field: FactField) -> str:
    """A valid value, as a person types it."""
    if field.is_number:
        return "１,200" if field.whole else "2.5"
    if field.type == "link":
        return "kczg.example.org/news/1"
    return field.order[-1] if field.order else ("专家、主持人" if field.several else "科普讲座")


BAD = {"number": "约六十人", "link": "javascript:alert(1)", "ranked": "宇宙级", "text": "长" * 81}


@pytest.fixture
def project():
    return makers.project()


@pytest.fixture
def unit(client: Client, project):
    client.force_login(makers.recorder(project))
    return client


def address(project: Any, kind: str) -> str:
    return reverse("activities:new", args=[project.kind, project.id, kind])


def filled(kind: str, **more: str) -> dict[str, str]:
    """The form of a record of a kind, every field filled."""
    words = fact_words()
    fields = {f"v.{name}": good(words.fields[name]) for name in words.kinds[kind].fields}
    return {"title": "进乡镇", "start": "2026-05-20", "begin": "save", **fields, **more}


@pytest.mark.parametrize("kind", fact_kinds())
def test_a_record_of_each_kind_is_entered_with_every_field(unit, project, kind):
    answer = unit.post(address(project, kind), filled(kind))

    assert answer.status_code == 302
    row = Activity.objects.get()
    assert (row.kind, row.state) == (kind, "held")
    assert set(row.values) == set(fact_kinds()[kind].fields)
    given = as_given(row.values, fact_words())
    numbers = [given[name] for name in given if fact_words().fields[name].is_number]
    assert all(value in (Decimal(1200), Decimal("2.5")) for value in numbers)


def test_there_are_sixteen_kinds():
    assert len(fact_kinds()) == 16


@pytest.mark.parametrize("name", fact_words().fields)
def test_a_bad_value_of_each_field_is_refused_and_nothing_typed_is_lost(unit, project, name):
    field = fact_words().fields[name]
    kind = next(code for code, each in fact_kinds().items() if name in each.fields)

    page = unit.post(address(project, kind), filled(kind, **{f"v.{name}": BAD[field.type]}))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [f"v.{name}"]
    assert page.context["form"]["title"].value() == "进乡镇"
    assert page.context["form"][f"v.{name}"].value() == BAD[field.type]
    assert not Activity.objects.exists()


@pytest.mark.parametrize("value", ["12.5", "-1", "1e400", "NaN", "2000000000"])
def test_a_number_that_cannot_be_so_is_refused(unit, project, value):
    page = unit.post(address(project, "activity"), filled("activity", **{"v.participants": value}))

    assert list(page.context["form"].errors) == ["v.participants"]


def test_all_faults_are_said_at_once_also_those_of_links_and_files(unit, project):
    said = filled(
        "activity", title="", start="", links="不是网址\nhttps://example.org/a", **{"v.hours": "很久"}
    )

    page = unit.post(address(project, "activity"), said)

    assert set(page.context["form"].errors) == {"title", "start", "v.hours"}
    assert set(page.context["evidence_form"].errors) == {"links"}


def test_the_days_are_in_order_and_the_region_is_known(unit, project):
    make.region("411281", "义马市", "county")

    page = unit.post(address(project, "activity"), filled("activity", end="2026-05-19", region="无此地"))
    assert set(page.context["form"].errors) == {"end", "region"}

    unit.post(address(project, "activity"), filled("activity", region="义马市"))
    assert Activity.objects.get().region.code == "411281"


def test_pictures_stay_when_the_form_is_refused_and_are_not_sent_twice(unit, project):
    said = filled("activity", title="") | {"camera": makers.picture()}

    page = unit.post(address(project, "activity"), said)
    (file,) = page.context["files"]
    again = filled("activity", begin="report") | {"sent": str(file.pk)}
    assert unit.post(address(project, "activity"), again).status_code == 302

    row = Activity.objects.get()
    assert (row.state, [use.file_id for use in row.evidence.all()]) == ("reported", [file.pk])


def test_a_file_of_a_kind_that_is_no_evidence_is_refused_at_its_field(unit, project):
    program = makers.SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 40)

    page = unit.post(address(project, "activity"), filled("activity") | {"chosen": program})

    assert (page.status_code, list(page.context["evidence_form"].errors)) == (422, ["chosen"])


def test_what_targets_ask_for_is_offered(client):
    project = makers.project(asked={"activity": {"kind": ("科普讲座", "科普展览")}})
    client.force_login(makers.recorder(project))

    offers = dict(client.get(address(project, "activity")).context["form"].offers())

    assert offers["offered-kind"] == ("科普讲座", "科普展览")
    chosen = client.get(reverse("activities:choose", args=[project.kind, project.id]))
    assert [code for code, _words in chosen.context["asked"]] == ["activity"]


def test_sent_twice_over_a_bad_line_it_is_one_record(unit, project):
    page = unit.get(address(project, "activity"))
    said = filled("activity", key=str(page.context["key"]))

    for _ in range(2):
        assert unit.post(address(project, "activity"), said).status_code == 302

    assert Activity.objects.count() == 1


def test_a_kind_that_is_none_is_not_there(unit, project):
    assert unit.get(address(project, "miracle")).status_code == 404
