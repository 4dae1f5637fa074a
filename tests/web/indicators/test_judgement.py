"""The judgement of records in the database is that of the core on plain values, in a constant number of queries."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keqiao.core.lifecycle.activity import COUNTS, NEARLY_COUNTS, ActivityState
from keqiao.core.targets import Index, Progress, Record, Setting, judge
from keqiao.readers.fact_kinds import fact_words
from keqiao.web.activities.models import Activity, EvidenceUse
from keqiao.web.indicators.queries import judgement_of
from keqiao.web.parties.models import BaseFigure, Person, PersonQualification
from keqiao.web.parties.queries import local_day
from tests.web import make
from tests.web.activities import makers
from tests.web.activities.makers import NOW, TERM

pytestmark = pytest.mark.django_db

LECTURES = {"of": "kind", "among": ["讲座"]}
TARGETS: list[dict[str, Any]] = [
    {"id": "t1", "metric": "活动", "comparator": ">=", "value": 5, "measure": {"kind": "count", "facts": "activity"}},
    {
        "id": "t2",
        "metric": "参加人数",
        "comparator": ">=",
        "value": 300,
        "measure": {"kind": "sum", "facts": "activity", "field": "participants", "where": [LECTURES]},
    },
    {
        "id": "t3",
        "metric": "每个县活动",
        "comparator": ">=",
        "value": 2,
        "measure": {"kind": "count", "facts": "activity", "each": "county"},
    },
    {
        "id": "t4",
        "metric": "每半年活动",
        "comparator": ">=",
        "value": 2,
        "measure": {"kind": "count", "facts": "activity", "each": "half_year"},
    },
    {
        "id": "t5",
        "metric": "省级以上报道",
        "comparator": ">=",
        "value": 2,
        "alternative_group": "宣传",
        "measure": {"kind": "count", "facts": "media_report", "where": [{"of": "level", "op": ">=", "value": "省级"}]},
    },
    {
        "id": "t6",
        "metric": "资讯",
        "comparator": ">=",
        "value": 3,
        "alternative_group": "宣传",
        "measure": {"kind": "distinct", "facts": "post", "field": "link"},
    },
    {
        "id": "t7",
        "metric": "受益人口占比",
        "comparator": ">=",
        "value": 10,
        "unit": "%",
        "measure": {"kind": "ratio", "facts": "activity", "field": "beneficiaries", "denominator": "常住人口"},
    },
]  # fmt: skip
COUNTY_CODES = ("411202", "411221")


def regions() -> dict[str, Any]:
    province = make.region("410000", "河南省", "province")
    city = make.region("411200", "三门峡市", "prefecture", parent=province)
    named = {code: make.region(code, f"县{code}", "county", parent=city) for code in COUNTY_CODES}
    return {"411200": city, **named}


def drawn(chance: Random, number: int) -> dict[str, Any]:
    """One record as plain values: what it is, where it stands, where it took place, what shows it."""
    kind = chance.choice(["activity", "activity", "activity", "media_report", "post"])
    values = {
        "activity": {
            "kind": chance.choice(["讲座", "展览", ""]),
            "participants": chance.choice(["", "60", "120"]),
            "beneficiaries": chance.choice(["", "500"]),
        },
        "media_report": {"level": chance.choice(["县级", "省级", "国家级", ""])},
        "post": {"link": f"https://example.org/{chance.randrange(4)}"},
    }[kind]
    return {
        "kind": kind,
        "values": {name: value for name, value in values.items() if value},
        "start": date(2025, 12, 1) + timedelta(days=chance.randrange(420)),
        "state": chance.choice([*ActivityState, ActivityState.VERIFIED, ActivityState.VERIFIED]),
        "region": chance.choice([*COUNTY_CODES, "411200", None]),
        "shown": chance.random() < 0.8,
        "number": number,
    }


def stored(project: Any, people: tuple[Any, Any], each: dict[str, Any], places: dict[str, Any]) -> Activity:
    """The record in the database; its evidence is a link."""
    unit, officer = people
    is_verified = each["state"] in COUNTS
    row = Activity.objects.create(
        association_id=project.association_id,
        owner_id=project.owner_id,
        project_kind=project.kind,
        project_id=project.id,
        number=each["number"],
        kind=each["kind"],
        title=f"记录{each['number']}",
        start=each["start"],
        region=places.get(each["region"]),
        values=each["values"],
        state=each["state"].value,
        digest="0" * 64,
        entered_by=unit,
        entered_at=NOW,
        changed_at=NOW,
        reported_by=unit,
        reported_at=NOW,
        verified_by=officer if is_verified else None,
        verified_at=NOW if is_verified else None,
    )
    if each["shown"]:
        EvidenceUse.objects.create(
            association_id=project.association_id,
            activity=row,
            link="https://e.org/1",
            added_by=unit,
            added_at=NOW,
        )
    return row


def plain(row: Activity, each: dict[str, Any], officer: Any) -> Record:
    """The same record as a plain value, made from what was drawn and not from the database."""
    numbers = {"participants", "beneficiaries"}
    areas = {"province": "410000", "city": "411200"} if each["region"] else {}
    if each["region"] in COUNTY_CODES:
        areas["county"] = each["region"]
    return Record(
        id=str(row.pk),
        kind=each["kind"],
        project="p",
        start=each["start"],
        values={k: Decimal(v) if k in numbers else v for k, v in each["values"].items()},
        areas=areas,
        verified_by=str(officer.pk) if each["state"] in COUNTS else None,
        has_evidence=each["shown"] or "link" in each["values"],
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_judgement_of_random_records_is_that_of_the_core_on_plain_values(seed):
    chance, places, project = Random(seed), regions(), makers.project()
    people = (makers.recorder(project), makers.officer(project))
    asked = makers.asks(project, *TARGETS, areas={"county": COUNTY_CODES}, figures={"常住人口": 20_000})
    rows = [
        (stored(project, people, each, places), each) for each in (drawn(chance, n) for n in range(1, 40))
    ]

    found = judgement_of(project.kind, project.id, asked.targets, asked.facts, NOW)

    told = [plain(row, each, people[1]) for row, each in rows if each["state"] in COUNTS | NEARLY_COUNTS]
    setting = Setting(
        project="p",
        on=local_day(NOW),
        term=TERM,
        year=2026,
        areas={"county": COUNTY_CODES},
        figures={"常住人口": 20_000},
    )
    assert found == judge(asked.targets, Index(told, fact_words()), setting)
    assert any(each.counting for each in found.results)


def test_three_records_take_as_many_queries_as_thirty():
    project, places = makers.project(), regions()
    people = (makers.recorder(project), makers.officer(project))
    asked = makers.asks(project, *TARGETS, region_id=places["411200"].pk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            judgement_of(project.kind, project.id, asked.targets, asked.facts, NOW)
        return len(seen)

    chance = Random(1)
    for number in range(1, 4):
        stored(project, people, drawn(chance, number), places)
    few = queries()
    for number in range(4, 31):
        stored(project, people, drawn(chance, number), places)
    assert queries() == few == 3


def test_the_base_figure_is_the_latest_of_the_region_up_to_the_year_that_was_not_corrected():
    project, places = makers.project(), regions()
    makers.verified(project, values={"kind": "讲座", "beneficiaries": "500"})
    asked = makers.asks(project, TARGETS[6], region_id=places["411200"].pk)

    def percent() -> Any:
        (result,) = judgement_of(project.kind, project.id, asked.targets, asked.facts, NOW).results
        return result.progress, result.value

    assert percent() == (Progress.PERSON, None)
    figures = [(2024, 1000, None), (2025, 4000, None), (2025, 9, NOW), (2027, 7, None)]
    for year, value, corrected in figures:
        BaseFigure.objects.create(
            region=places["411200"],
            kind="population",
            year=year,
            value=value,
            source="测试",
            entered_at=NOW,
            corrected_at=corrected,
        )
    assert percent() == (Progress.MET, Decimal("12.5"))


@pytest.mark.parametrize(
    ("until", "level", "progress"),
    [
        (None, 2, Progress.MET),
        (makers.DAY, 2, Progress.MET),
        (makers.DAY - timedelta(days=1), 2, Progress.PERSON),
        (None, 3, Progress.BEHIND),
        (None, None, Progress.PERSON),
    ],
)
def test_an_expert_counts_by_the_certificate_that_held_on_that_day(until, level, progress):
    project = makers.project()
    person = a_person("王医生")
    PersonQualification.objects.create(
        person=person,
        name="心理咨询师",
        level=level,
        number="XL-77",
        valid_from=date(2020, 1, 1),
        valid_until=until,
        source="测试",
    )
    named = {"person": person.name, "role": "专家", "grade": "1"}
    makers.verified(project, kind="attendance", values=named, certificate="XL-77")
    asked = makers.asks(
        project,
        {
            "id": "t1",
            "metric": "二级以上专家",
            "comparator": ">=",
            "value": 1,
            "measure": {
                "kind": "count",
                "facts": "attendance",
                "where": [{"of": "grade", "op": ">=", "value": 2}],
            },
        },
    )

    (result,) = judgement_of(project.kind, project.id, asked.targets, asked.facts, NOW).results
    assert result.progress is progress


def test_a_certificate_of_another_name_or_number_is_not_the_persons():
    project = makers.project()
    person = a_person("王医生")
    PersonQualification.objects.create(
        person=person, name="心理咨询师", level=2, number="XL-77", valid_from=date(2020, 1, 1), source="测试"
    )

    def linked(name: str, number: str) -> bool:
        values = {"person": name, "role": "专家"}
        return (
            makers.recorded(project, kind="attendance", values=values, certificate=number).qualification_id
            is not None
        )

    assert [linked("王医生", "XL-77"), linked("李医生", "XL-77"), linked("王医生", "XL-78")] == [
        True,
        False,
        False,
    ]


def test_what_stands_planned_cancelled_or_not_counted_is_not_told():
    project = makers.project()
    asked = makers.asks(project, TARGETS[0])
    actor = makers.recorder(project)
    makers.actions.move(makers.recorded(project, actor).pk, "cancel", "下雨", actor=actor, at=NOW)

    (result,) = judgement_of(project.kind, project.id, asked.targets, asked.facts, NOW).results
    assert (result.counting, result.nearly) == ((), ())
    assert replace(result, target=asked.targets[0]) == result


def a_person(name: str) -> Any:
    return Person.objects.create(name=name)
