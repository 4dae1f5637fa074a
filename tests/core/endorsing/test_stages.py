"""The stages of the chains of the five calls. Expected from the words of the documents, step by step."""

from datetime import date
from typing import get_args

import pytest

from keqiao.core.endorsing.stages import Taker, endorsing_stages, stages_of
from keqiao.core.programme.endorsement import EndorsementChain, EndorsementTaker
from keqiao.readers.endorsing_words import endorsing_words
from tests.core.endorsing.calls import CALLS, chains

STATED = {
    "sanmenxia-2023": {
        # 附件1·二（二）3: 县（市、区）级及以下单位经县（市、区）科协审核盖章后统一报送，其他符合条件的单位直接提交
        "ikepu.e1": [("county_association", ["县（市、区）科协审核盖章", "统一报送至市科协"], True)],
        "ikepu.e2": [("applicant", ["直接向市科协提交"], False)],
        # 附件1·二（四）3: 原推荐单位审核盖章后统一提交
        "jiditineng.e1": [("original_recommender", ["原推荐单位审核盖章", "原推荐单位统一提交"], True)],
        # 附件1·一（二）: 分管领导审核、主要领导签署同意，加盖政府公章: one sheet of paper goes through their hands
        "xianyu.e1": [("deputy_leader", ["分管领导审核", "主要领导签署同意", "加盖政府公章"], True)],
        # 附件3·二（三）2
        "shidianxian.e1": [("party_committee", ["党委政府出具推荐函"], True)],
    },
    # 附件·三（四）2
    "henan-2023": {"shidianshi.e1": [("party_committee", ["党委政府出具推荐函"], True)]},
    "hunan-2022": {
        # 二2: 市州项目由同级科协审核，会同财政部门汇总后向省科协申报；省级学会、高校科协直接向省科协申报
        "shizhou": [("city_association", ["同级科协审核", "会同财政部门汇总", "向省科协申报"], True)],
        "zhijie": [("applicant", ["直接向省科协申报"], False)],
    },
    "jining-2023": {},  # the opinion of the city comes after the selection: a rule of the form, no chain
    "yinchuan-2022": {},
}
CHAINS = [(call, name) for call in CALLS for name in STATED[call]]
WORDS = endorsing_words().takers


def told(stages):
    return [(stage.taker and stage.taker.value, list(stage.words), stage.holds_filing) for stage in stages]


@pytest.mark.parametrize("call", CALLS)
def test_no_chain_of_a_call_is_left_out(call):
    assert set(chains(call)) == set(STATED[call])


@pytest.mark.parametrize(("call", "name"), CHAINS)
def test_a_chain_has_the_stages_that_its_document_words(call, name):
    assert told(stages_of(chains(call)[name], WORDS)) == STATED[call][name]


@pytest.mark.parametrize(("call", "name"), CHAINS)
def test_only_stages_of_others_than_the_applicant_come_before_filing(call, name):
    expected = [stage for stage in STATED[call][name] if stage[0] != "applicant"]

    assert told(endorsing_stages(chains(call)[name], WORDS)) == expected


@pytest.mark.parametrize(
    ("call", "name", "asked"),
    [
        ("sanmenxia-2023", "ikepu.e1", (("县（市、区）科协公章",), (), (), False)),
        ("sanmenxia-2023", "jiditineng.e1", (("原推荐单位公章",), (), (), False)),
        ("sanmenxia-2023", "xianyu.e1", (("政府公章",), (), (), True)),
        ("sanmenxia-2023", "shidianxian.e1", ((), ("党委政府推荐函",), (), True)),
        ("henan-2023", "shidianshi.e1", ((), ("党委政府推荐函",), (), True)),
        ("hunan-2022", "shizhou", ((), (), ("同级财政部门",), False)),
    ],
)
def test_a_stage_says_which_seals_letters_and_co_signers_it_wants_and_whether_on_paper(call, name, asked):
    (stage,) = endorsing_stages(chains(call)[name], WORDS)

    assert (stage.seals, stage.letters, stage.together_with, stage.is_on_paper) == asked


COUNTY, CITY, LEADER, GOVERNMENT = "县（市、区）科协", "市科协", "县政府分管领导", "县政府"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (
            [("审", COUNTY), ("盖章", None), ("报", COUNTY)],
            [("county_association", ["审", "盖章", "报"], True)],
        ),
        (
            [("审", COUNTY), ("审", CITY), ("报", COUNTY)],
            [
                ("county_association", ["审"], True),
                ("city_association", ["审"], True),
                ("county_association", ["报"], True),
            ],
        ),
        (
            [("审", LEADER), ("盖章", GOVERNMENT), ("报", COUNTY)],
            [("deputy_leader", ["审", "盖章"], True), ("county_association", ["报"], True)],
        ),
        (
            [("意见", "申报单位"), ("审", COUNTY), ("受理", "主办单位")],
            [
                ("applicant", ["意见"], False),
                ("county_association", ["审"], True),
                ("association", ["受理"], False),
            ],
        ),
        ([("审", "某某办公室"), ("审", "某某指挥部")], [(None, ["审"], True), (None, ["审"], True)]),
        ([("审", "某某办公室"), ("报", "某某办公室")], [(None, ["审", "报"], True)]),
        (
            [("原推荐单位审核", None), ("盖章", None)],
            [("original_recommender", ["原推荐单位审核", "盖章"], True)],
        ),
        ([("审核", None)], [(None, ["审核"], True)]),
        (
            [("审", "三门峡市县（市、区）科协")],
            [("county_association", ["审"], True)],
        ),  # the longest ending: not 区科协
    ],
)
def test_consecutive_steps_of_one_body_are_one_stage(steps, expected):
    chain = EndorsementChain(id="c", steps=[{"words": words, "by": by} for words, by in steps])

    assert told(stages_of(chain, WORDS)) == expected


@pytest.mark.parametrize(
    ("by", "taker", "expected"),
    [
        ("镇办公室", "county_association", "county_association"),  # words that no lexicon knows
        ("区科协", "city_association", "city_association"),  # here the word means another body than elsewhere
        ("县政府", None, "government"),
        (None, "host", "host"),
    ],
)
def test_who_is_stated_to_take_a_step_takes_it_whatever_the_words_are(by, taker, expected):
    chain = EndorsementChain(id="c", steps=[{"words": "审核", "by": by, "taker": taker}])

    assert told(stages_of(chain, WORDS)) == [(expected, ["审核"], True)]


def test_two_bodies_of_different_words_are_one_stage_where_the_same_taker_is_stated():
    stated = [("镇办公室", "county_association"), ("县科协", None), ("盖章", "finance_bureau")]
    steps = [{"words": "审", "by": by, "taker": taker} for by, taker in stated]

    assert told(stages_of(EndorsementChain(id="c", steps=steps), WORDS)) == [
        ("county_association", ["审", "审"], True),
        ("finance_bureau", ["审"], True),
    ]


def test_a_definition_can_state_every_taker_and_no_other():
    assert sorted(get_args(EndorsementTaker)) == sorted(taker.value for taker in Taker)


def test_a_stage_is_due_on_the_earliest_day_that_its_steps_state_and_returns_where_all_of_them_may():
    steps = [
        {"words": "审核", "by": COUNTY, "deadline": "2026-06-20", "may_return": False},
        {"words": "报送", "by": COUNTY, "deadline": "2026-06-18"},
        {"words": "审核", "by": CITY},
    ]
    first, second = stages_of(EndorsementChain(id="c", steps=steps), WORDS)

    assert (first.deadline, first.may_return) == (date(2026, 6, 18), False)
    assert (second.deadline, second.may_return) == (None, True)
