"""Next year's call from last year's: what is asked, what is counted on, what stays."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from keqiao.core.programme import Programme, validate
from keqiao.core.programme.facts import Fact
from keqiao.core.programme.renewal import Asking, next_identifier, renewed, without_questions
from keqiao.readers.programmes import load, shipped
from tests.core.programme.definitions import programmes
from tests.core.programme.sound import sound, with_change

ASKING = Asking(
    date="上年为{value}", words="上年写作“{value}”", look="沿用上年", head="上年文号{number}，{issued}印发"
)
MARKS = {"source", "reading", "needs_answer", "invented"}
OF_THE_WHOLE = {"id", "year", "documents", "document_number", "issue_date"}
A_DAY = re.compile(r"\d{1,2}月\d{1,2}[日号]")

slow = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def next_of(programme: Programme) -> Programme:
    new = renewed(programme, identifier=next_identifier(programme), asking=ASKING)
    return Programme.model_validate(new.model_dump(mode="json"))  # it is a definition, whatever it says


def leaves_of(part: Any, at: tuple = (), asked: bool = False) -> Iterator[tuple[tuple, Any, bool]]:
    """Every plain value with its place and whether the nearest fact around it is asked, marks left out."""
    if isinstance(part, BaseModel):
        asked = part.needs_answer if isinstance(part, Fact) else asked
        for name, value in part:
            if name not in MARKS and (at or name not in OF_THE_WHOLE):
                yield from leaves_of(value, (*at, name), asked)
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from leaves_of(value, (*at, number), asked)
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from leaves_of(value, (*at, key), asked)
    else:
        yield at, part, asked


def readings_of(part: Any) -> Iterator[str]:
    """What every fact says about how it was read."""
    if isinstance(part, Fact) and part.reading:
        yield part.reading
    if isinstance(part, BaseModel):
        part = tuple(value for _name, value in part)
    if isinstance(part, tuple):
        for value in part:
            yield from readings_of(value)


def names_time(value: Any, year: int) -> bool:
    """Is this a day, or are these words that name one or a year near ``year``? (Not as the code does it.)"""
    if isinstance(value, date):
        return True
    if not isinstance(value, str):
        return False
    years = [int(digits) for digits in re.findall(r"\d+", value) if len(digits) == len("2023")]
    return A_DAY.search(value) is not None or any(abs(found - year) <= 1 for found in years)


def dated(programme: Programme) -> Programme:
    """The same call with days and years in words at every depth."""
    values = programme.model_dump(mode="json")
    for category in values["categories"]:
        category["name"] = f"{programme.year}年度{category['name']}"
        category["content"] = f"{programme.year}年4月30日前开展，1987年10月30日以后出生者可报。"
        category["materials"] = [{"name": f"{programme.year - 1}年审计报告"}]
    return Programme.model_validate(values)


@slow
@given(programmes(most_categories=2, deepest=2).map(dated) | programmes(most_categories=2, deepest=2))
def test_nothing_changes_but_what_names_a_time(old):
    new = next_of(old)
    before, after = dict(leaf[:2] for leaf in leaves_of(old)), dict(leaf[:2] for leaf in leaves_of(new))

    changed = {at for at in before if after.get(at) != before[at]}
    due_month_and_day = {at for at in before if at[-1] in ("month", "day", "date")}
    assert before.keys() == after.keys()
    assert {at for at in changed - due_month_and_day if not names_time(before[at], old.year)} == set()


@slow
@given(programmes(most_categories=2, deepest=2).map(dated))
def test_every_time_of_last_year_is_asked_and_its_reading_says_it(old):
    new = next_of(old)
    asked = {at: is_asked for at, _value, is_asked in leaves_of(new)}
    said = "；".join(readings_of(new))

    times = {at: value for at, value, _ in leaves_of(old) if names_time(value, old.year)}
    assert {at for at in times if not asked[at]} == set()
    assert {at for at, value in times.items() if str(value) not in said} == set()


@slow
@given(programmes(most_categories=2, deepest=2).map(dated))
def test_no_time_of_last_year_stands_unasked(old):
    new = next_of(old)

    left = {at: value for at, value, asked in leaves_of(new) if names_time(value, old.year) and not asked}
    assert left == {}
    assert [value for _, value, _ in leaves_of(new) if isinstance(value, date)] == []


@pytest.mark.parametrize("name", sorted(shipped()))
def test_the_five_calls_can_be_renewed_and_wait_for_answers_only(name):
    old = load(name)
    new = next_of(old)

    left = [value for _, value, asked in leaves_of(new) if names_time(value, old.year) and not asked]
    assert left == []
    refusing = {finding.code for finding in validate(new) if finding.weight == "refuse"}
    assert refusing <= {finding.code for finding in validate(old) if finding.weight == "refuse"}
    asked = {finding.code for finding in validate(new, for_publication=True)}
    assert "programme.answer_needed" in asked


def test_last_years_day_is_a_placeholder_that_says_what_it_was():
    new = next_of(sound())

    assert (new.deadline.on, new.deadline.needs_answer, new.deadline.source) == ("2032-xx-xx", True, None)
    assert new.deadline.reading == "上年为2031-04-30"
    assert new.endorsement[0].steps[0].deadline == "2032-xx-xx"
    assert new.endorsement[0].reading == "上年为2031-05-05；上年为2031-05-10"
    assert new.rules[4].born_after == "1997-xx-xx"


def test_the_head_is_counted_on_and_asked():
    new = next_of(with_change(("document_number",), "江科协〔2031〕5号"))

    assert (new.id, new.year, new.title) == ("jiangzhou-2032", 2032, "江州市2032年度科普项目申报指南")
    assert (new.document_number, new.issue_date, new.documents) == (None, None, ())
    assert (
        new.reading == "上年文号江科协〔2031〕5号，2031-03-01印发；上年写作“江州市2031年度科普项目申报指南”"
    )
    assert new.needs_answer


def test_amounts_and_places_stay_and_are_asked():
    old, new = sound().categories[0], next_of(sound()).categories[0]

    assert (new.funding.total_fen, new.places.count) == (old.funding.total_fen, old.places.count)
    assert [new.funding.reading, new.places.reading] == ["沿用上年", "沿用上年"]
    assert (new.per_unit_limit.max, new.per_unit_limit.needs_answer) == (2, False)


@pytest.mark.parametrize(
    ("words", "next_year"),
    [
        ("2031年度科普基地", "2032年度科普基地"),
        ("2031年4月30日前报送", "2032年x月x日前报送"),
        ("4月30日前报送", "x月x日前报送"),
        ("2030年12月底前完成", "2031年x月底前完成"),
        ("2031KP001", "2032KP001"),
        ("1987年10月30日以后出生", "1987年10月30日以后出生"),
        ("2006年全民科学素质行动", "2006年全民科学素质行动"),
        ("每年9月开展", "每年9月开展"),
        ("面积2031平方米", "面积2031平方米"),
    ],
)
def test_times_in_words_go_a_year_on(words, next_year):
    new = next_of(with_change(("categories", 1, "name"), words))

    assert new.categories[1].name == next_year


def test_what_was_invented_is_gone_with_whatever_names_it():
    office = {"id": "office-2", "department": "虚构部", "invented": True}
    values = sound().model_dump(mode="json")
    values["office_list"].append(office)
    values["offices"] = ["office-1", "office-2"]
    values["deadline"]["invented"] = True
    new = next_of(Programme.model_validate(values))

    assert (new.deadline, new.offices) == (None, ("office-1",))
    assert [office.id for office in new.office_list] == ["office-1"]


def test_a_day_without_a_year_is_asked_as_well():
    rule = {"id": "r9", "type": "deadline", "summary": "逾期不受理", "month": 4, "day": 30}
    new = next_of(with_change(("rules", 0), rule)).rules[0]

    assert (new.date, new.month, new.day, new.reading) == ("2032-xx-xx", None, None, "上年为4月30日")


def test_a_call_without_a_year_keeps_its_words_and_asks_for_its_days():
    new = next_of(sound().model_copy(update={"year": None, "issue_date": None}))

    assert (new.id, new.year, new.title) == ("jiangzhou-2031-next", None, "江州市2031年度科普项目申报指南")
    assert new.deadline.on == "2032-xx-xx"


@given(st.sampled_from(["a-2031", "2031-2031", "x" * 80]))
def test_the_next_id_is_an_id(identifier):
    new = next_of(sound().model_copy(update={"id": identifier}))

    assert (new.id != identifier, len(new.id) <= 80) == (True, True)


@pytest.mark.parametrize(
    ("reading", "left"),
    [
        ("上年为2031-04-30", ""),
        ("上年为2031-05-05；上年写作“5月5日；前”；沿用上年", ""),
        ("沿用上年；截止后只余八个月", "截止后只余八个月"),
        ("截止后只余八个月", "截止后只余八个月"),
        ("上年文号江科协〔2031〕5号，2031-03-01印发；上年写作“标题”", ""),
    ],
)
def test_what_was_asked_can_be_taken_out_of_a_reading_again(reading, left):
    assert without_questions(reading, ASKING) == left


@slow
@given(programmes(most_categories=2, deepest=2).map(dated))
def test_all_that_is_asked_can_be_taken_out_again(old):
    new = next_of(old)

    kept = {without_questions(reading, ASKING) for reading in readings_of(new)} - {""}
    assert kept <= set(readings_of(old))
