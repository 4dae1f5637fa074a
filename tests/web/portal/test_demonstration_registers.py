"""The registers of the demonstration: filled once, by the acts, and sound."""

from datetime import UTC, date, datetime

import pytest

from keqiao.web.parties.finding import parties_called
from keqiao.web.portal.demonstration_registers import BOOKS, fill_registers
from keqiao.web.registers.models import Debarment, KeptRegister, Recognition, RecognitionScheme, TrackRecord
from keqiao.web.registers.verification import CHECKS
from tests.web import make
from tests.web.registers import makers

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
SITES = ("henan", "hunan", "jining", "sanmenxia", "yinchuan")


def fill(slug: str):
    association = make.association(slug=slug)
    officer = make.officer(association)
    for _time in range(2):
        fill_registers(slug, association.pk, officer=officer, at=NOW)
    return association


def counts() -> list[int]:
    tables = (RecognitionScheme, Recognition, Debarment, TrackRecord, KeptRegister)
    return [table.objects.count() for table in tables]


def test_each_association_is_filled_once_and_verify_is_content():
    filled = {}
    for slug in SITES:
        before = counts()
        association = fill(slug)
        filled[slug] = [now > then for now, then in zip(counts(), before, strict=True)]
        once = counts()
        fill_registers(slug, association.pk, officer=make.officer(association), at=NOW)
        assert counts() == once

    assert {slug: (some[0], some[4]) for slug, some in filled.items()} == dict.fromkeys(SITES, (True, True))
    assert [fault for _name, check in CHECKS for fault in check().faults] == []


def test_a_failed_project_bars_unit_and_leader_for_three_years():
    association = fill("sanmenxia")
    unit, leader = parties_called("卢氏县熊耳山科普服务中心（演示）"), parties_called("陈知行（演示）")

    records = makers.records_of(date(2023, 4, 1), [unit[0], leader[0]], association)

    assert {(bar.scope, bar.until) for bar in records.debarments} == {("新的科普项目", date(2025, 12, 14))}
    assert len(records.debarments) == 2
    assert {"debarments", "三门峡市首席科普专家", "incidents:2021"} <= records.kept


def test_statements_are_written_last_because_they_tell_that_the_books_are_filled():
    assert list(BOOKS)[-1] == "kept"


def test_an_unknown_association_gets_nothing():
    association = make.association(slug="elsewhere")
    fill_registers("elsewhere", association.pk, officer=make.officer(association), at=NOW)

    assert counts() == [0, 0, 0, 0, 0]
