"""Money, places, time, filing, contacts, limits, bundles, preferences, applicants of a category."""

from datetime import date

import pytest

from keqiao.core.guides.applicants import ApplicantReader
from keqiao.core.guides.contacts import read_contacts
from keqiao.core.guides.filing import read_copies
from keqiao.core.guides.money import read_money
from keqiao.core.guides.particulars import read_particulars
from keqiao.core.guides.schedule import Clock, read_completion, read_deadlines
from keqiao.readers.vocabulary import guide_vocabulary
from tests.core.guides.building import NOTICE, category, export, piece

WORDS = guide_vocabulary()
CLOCK = Clock(date(2024, 3, 1))


def money(**slots):
    """Funding and places as two values."""
    found = {fact.kind: fact.value for fact in read_money(category(**slots), WORDS.counts)}
    return found.get("funding"), found.get("slots")


@pytest.mark.parametrize(
    ("words", "funding"),
    [
        ("4万元/项", {"kind": "fixed", "per": "project", "amount_yuan": 40_000}),
        ("5-10万元/个", {"kind": "range", "per": "project", "min_yuan": 50_000, "max_yuan": 100_000}),
        ("不超过8万元/项", {"kind": "ceiling", "per": "project", "max_yuan": 80_000}),
        ("总经费200万元", {"kind": "envelope", "per": "category", "total_yuan": 2_000_000}),
        (
            "每项3万元，共30万元",
            {"kind": "fixed", "per": "project", "amount_yuan": 30_000, "total_yuan": 300_000},
        ),
    ],
)
def test_money_below_its_label_is_funding_of_its_kind(words, funding):
    assert money(money=words)[0] == funding


def test_without_a_label_a_verb_of_granting_tells_money():
    assert money(content="开展服务。每个项目资助3万元。")[0]["amount_yuan"] == 30_000


@pytest.mark.parametrize("words", ["年产值达2000万元", "配套资金不少于3万元", "自筹经费5万元"])
def test_money_that_the_applicant_brings_is_no_funding(words):
    assert money(content=words)[0] is None


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("5个", {"count": 5}),
        ("2-3个", {"min": 2, "max": 3}),
        ("不超过6项", {"max": 6}),
        ("10项左右", {"count": 10}),
    ],
)
def test_places_are_counted(words, places):
    assert money(places=words)[1] == places


def test_places_may_stand_beside_the_money():
    assert money(money="共1个项目，20万元")[1] == {"count": 1}


def test_a_limit_for_each_unit_is_no_number_of_places():
    assert money(money="4万元/项，每个单位限报2项")[1] is None


@pytest.mark.parametrize(
    ("slots", "kind", "value"),
    [
        ({"completion": "2024年10月30日前"}, "completion", {"completion_date": "2024-10-30"}),
        ({"completion": "10月30日前"}, "completion", {"completion_date": "2024-10-30"}),
        ({"completion": "2年"}, "term", {"term": "2年"}),
        ({"completion": "18个月"}, "term", {"term": "18个月"}),
        ({"content": "项目应于2024年12月底前完成"}, "completion", {"completion_date": "2024-12-31"}),
        ({"content": "为期两年的跟踪培养"}, "term", {"term": "2年"}),
    ],
)
def test_completion_and_term_are_read(slots, kind, value):
    assert {fact.kind: fact.value for fact in read_completion(category(**slots), CLOCK)}[kind] == value


@pytest.mark.parametrize("words", ["近三年成果突出", "三年内不得申报", "成立满两年"])
def test_other_lengths_of_time_are_no_term(words):
    assert read_completion(category(content=words), CLOCK) == []


@pytest.mark.parametrize(
    ("slot", "words", "due"),
    [
        ("deadline", "2024年4月15日", ["2024-04-15"]),
        ("general", "请于4月15日17:00前将申报材料报送至市科协。", ["2024-04-15T17:00"]),
        ("general", "申报截止时间为2024年4月15日。", ["2024-04-15"]),
        ("general", "申报时间为2024年3月5日至4月15日。", ["2024-04-15"]),
        ("general", "项目须于2024年10月30日前完成验收。", []),
        ("general", "2024年3月1日成立。", []),
    ],
)
def test_a_deadline_is_the_day_to_hand_in(slot, words, due):
    assert [found.moment.iso() for found in read_deadlines([(slot, piece(words))], CLOCK)] == due


@pytest.mark.parametrize(
    ("words", "copies"),
    [
        ("申报书一式三份", 3), ("一式5份", 5), ("一式叁份", 3), ("一式两套", 2), ("纸质材料4份", 4),
        ("评估报告一份", None), ("申报书电子版", None),
    ],
)  # fmt: skip
def test_paper_copies_are_counted(words, copies):
    assert read_copies(words) == copies


def test_how_to_hand_in_is_read_from_a_notice():
    found = export(NOTICE)["document"]
    assert (found["copies"], found["channels"], found["deadline"]) == (
        {"paper": 3},
        ["paper"],
        "2024-04-15T17:00",
    )


def test_a_contact_has_name_phone_and_mailbox():
    (found,) = export(NOTICE)["document"]["contacts"]
    assert (found["name"], found["phones"], found["email"]) == (
        "方小满",
        ["0999-2345678"],
        "kepu@example.com",
    )


def test_a_second_name_begins_a_second_contact():
    lines = ["联系人：方小满", "电话：0999-2345678", "联系人：石青", "电话：0999-2345679"]
    found = [fact.value for fact in read_contacts([piece(line) for line in lines], ())]
    assert [(c["name"], c["phones"]) for c in found] == [
        ("方小满", ["0999-2345678"]),
        ("石青", ["0999-2345679"]),
    ]


KINDS = {
    "各县（市、区）科协。": ["各县(市、区)科协"],
    "市级学会、高校科协。": ["市级学会", "高校科协"],
    "市级学会（协会、研究会）、企业科协": ["市级学会(协会、研究会)", "企业科协"],
    "高校、企业科协": ["高校科协", "企业科协"],
    "面向市级学会和科普教育基地": ["市级学会", "科普教育基地"],
    "市级学会均可申报": ["市级学会"],
    "热心公益": [],
}


@pytest.mark.parametrize("text", KINDS)
def test_kinds_of_applicants_are_taken_apart(text):
    assert ApplicantReader(WORDS.applicant_words).kinds(piece(text).text) == KINDS[text]


def particulars(kind, **slots):
    return [fact.value for fact in read_particulars(category(**slots)) if fact.kind == kind]


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("每个单位限报2项", 2), ("每个学会申报不超过3个", 3), ("同一单位原则上不超过两项", 2),
        ("每家单位只能申报1项", 1),
    ],
)  # fmt: skip
def test_the_limit_for_each_unit_is_read(words, limit):
    assert [found["max"] for found in particulars("per_unit_limit", requirements=words)] == [limit]


def test_a_limit_on_what_a_unit_undertakes_is_another_matter():
    assert particulars("per_unit_limit", requirements="同一单位承担项目不超过2项") == []


def test_a_bundle_names_what_must_be_applied_for_as_well():
    (found,) = particulars("bundle", applicants="试点县须同时申报“科普小屋”、“流动展车”等项目。")
    assert (found["must_also_apply"], found["open_list"]) == (["“科普小屋”", "“流动展车”"], True)


@pytest.mark.parametrize("words", ["有固定场所的优先支持", "重点支持山区县"])
def test_preferences_are_kept_as_worded(words):
    assert particulars("preference", conditions=words) == [{"words": words}]


def test_spending_is_a_list_of_purposes():
    assert particulars("spending", spending="主要用于劳务费、场地费以及资料印刷费。") == [
        {"items": ["劳务费", "场地费", "资料印刷费"]}
    ]


def test_endorsement_is_the_steps_in_their_order():
    (found,) = particulars("endorsement", conditions="须经县科协审核，出具县政府推荐函，统一报送至市科协")
    assert found["steps"] == ["县科协审核", "出具县政府推荐函", "统一报送至市科协"]
