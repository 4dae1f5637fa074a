"""Words that a person picks out and says what they are about: the values in them, or nothing."""

from datetime import date

import pytest

from keqiao.core.guides.blocks import Place
from keqiao.core.guides.schedule import Clock
from keqiao.core.guides.selection import KINDS, facts_in
from keqiao.readers.vocabulary import guide_vocabulary

MARCH_2023 = Clock(date(2023, 3, 1), 2023)


def read(words, kind):
    return facts_in(words, kind, guide_vocabulary(), MARCH_2023, at=Place(block=11))


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("每个项目15万元", "money", {"funding": {"kind": "fixed", "per": "project", "amount_yuan": 150_000}}),
        ("15万元", "money", {"funding": {"kind": "fixed", "per": "project", "amount_yuan": 150_000}}),
        (
            "5-10万元/个",
            "money",
            {"funding": {"kind": "range", "per": "project", "min_yuan": 50_000, "max_yuan": 100_000}},
        ),
        ("共支持10项", "places", {"slots": {"count": 10}}),
        ("不超过3个", "places", {"slots": {"max": 3}}),
        ("4月30日前", "deadline", {"deadline": "2023-04-30"}),
        ("2023年4月30日17:30", "deadline", {"deadline": "2023-04-30T17:30"}),
        ("2023年11月底", "completion", {"completion_date": "2023-11-30"}),
        ("实施期2年", "completion", {"term": "2年"}),
        ("每个单位限报1项", "unit_limit", {"per_unit_limit": 1}),
        ("各省辖市科协、各全省学会", "applicants", {"applicant_kinds": ["各省辖市科协", "各全省学会"]}),
    ],
)
def test_values_are_read_as_the_person_says_what_the_words_are_about(words, kind, expected):
    assert read(words, kind) == expected


def test_each_number_of_the_words_is_a_target():
    found = read("参会人员不少于200人，主旨报告不少于5个", "target")["kpis"]

    assert [(t["metric_zh"], t["comparator"], t["value"], t["unit"]) for t in found] == [
        ("参会人员", ">=", 200, "人"),
        ("主旨报告", ">=", 5, "个"),
    ]


def test_a_bare_number_gives_a_target_without_a_name():
    assert read("不少于200人", "target")["kpis"] == [
        {"metric_zh": "", "comparator": ">=", "value": 200, "unit": "人", "cite": "第12段「不少于200人」"}
    ]


def test_a_condition_becomes_a_rule_of_its_type_with_the_words_and_their_place():
    (rule,) = read("申报单位须具有独立法人资格", "rule")["conditions"]

    assert rule["formal"] == {"type": "legal_status", "legal_person": True}
    assert rule["cite"] == "第12段「申报单位须具有独立法人资格」"


def test_a_contact_is_read_with_its_numbers():
    (contact,) = read("学会学术部，0398-2823456，邮箱 a@example.org", "contact")["contacts"]

    assert contact["department"] == "学会学术部"
    assert contact["phones"] == ["0398-2823456"]
    assert contact["email"] == "a@example.org"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_words_that_say_nothing_of_the_kind_give_nothing(kind):
    assert read("略", kind) == {}


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError, match="colour"):
        read("15万元", "colour")
