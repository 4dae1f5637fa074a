"""What words mean: a code or a name in its compared form; who was merged away is answered by the one kept."""

from datetime import date

import pytest

from keqiao.web.parties.actions import Sameness
from keqiao.web.parties.actions import merge as merge_parties
from keqiao.web.parties.finding import ORGANISATION, PERSON, birth_dates_of, parties_called, people_born
from keqiao.web.parties.names import How, Match, match_organisations
from tests.web import make
from tests.web.parties.rolls import BY, person, tie

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
CODE = "51410000MJ00000171"


def called(words: str, kind: str = "") -> list[str]:
    return [party.name for party in parties_called(words, kind)]


def test_width_blanks_and_brackets_of_a_name_do_not_matter():
    make.organisation("果树（苹果）学会")
    assert called("果树(苹果) 学会") == ["果树（苹果）学会"]
    assert called("果树") == []
    assert called("，") == []


def test_units_and_people_of_one_name_are_told_apart_by_what_is_asked_for():
    make.organisation("韩砚秋")
    person("韩砚秋")
    assert (called("韩砚秋"), called("韩砚秋", ORGANISATION), called("韩砚秋", PERSON)) == (
        ["韩砚秋", "韩砚秋"],
        ["韩砚秋"],
        ["韩砚秋"],
    )


def test_a_credit_code_means_its_bearer_in_any_case_and_after_a_merge_the_one_kept():
    bearer, kept = make.organisation("甲学会", credit_code=CODE), make.organisation("乙学会")
    assert called(CODE.lower()) == ["甲学会"]
    assert match_organisations([CODE.lower()], DAY) == {CODE.lower(): Match((bearer.pk,), How.CODE)}

    merge_parties(Sameness(kept.pk, bearer.pk, "同一单位"), **BY)

    assert called(CODE) == ["乙学会"]
    assert match_organisations([CODE], DAY)[CODE].only == kept.pk


def test_eighteen_characters_that_are_nobodys_code_are_a_name():
    unit = make.organisation("一二三四五六七八九十一二三四五六学会")
    assert match_organisations([unit.name], DAY)[unit.name] == Match((unit.pk,), How.FULL)


def test_a_person_is_found_by_name_and_day_of_birth_where_just_one_has_both():
    born, other = date(1980, 1, 1), date(1981, 1, 1)
    one, _namesake = person("韩 砚秋", birth_date=born), person("韩砚秋", birth_date=other)
    for _ in range(2):
        person("李工", birth_date=born)
    person("王工")
    make.organisation("韩砚秋")

    wanted = [("韩砚秋", born), ("李工", born), ("王工", born), ("韩砚秋", date(1982, 1, 1)), ("", born)]

    assert people_born(wanted, DAY) == {("韩砚秋", born): one.pk}
    assert people_born([], DAY) == {}


def test_who_was_merged_away_or_is_called_otherwise_by_now_is_not_found():
    born = date(1980, 1, 1)
    kept, gone = person("韩砚秋", birth_date=born), person("韩砚秋", birth_date=born)
    assert people_born([("韩砚秋", born)], DAY) == {}

    merge_parties(Sameness(kept.pk, gone.pk, "同一人"), **BY)
    assert people_born([("韩砚秋", born)], DAY) == {("韩砚秋", born): kept.pk}
    assert people_born([("韩砚秋", born)], date(1999, 1, 1)) == {}


def test_days_of_birth_are_those_of_the_people_of_one_unit():
    unit, elsewhere = make.organisation("甲学会"), make.organisation("乙学会")
    for of, born in ((unit, date(1980, 1, 1)), (unit, None), (elsewhere, date(1990, 1, 1))):
        tie(person("韩砚秋", birth_date=born), of)

    assert birth_dates_of(["韩砚秋", "李工"], unit.pk, DAY) == {"韩砚秋": {date(1980, 1, 1), None}}
