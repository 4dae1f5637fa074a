"""Every phrase of the rule file recognises its example; every type of rule is read somewhere; look-alikes are not."""

import pytest

from keqiao.core.guides.rules import read_rules
from keqiao.readers.vocabulary import guide_vocabulary
from tests.core.guides.building import NOTICE, category, piece, rule_types

WORDS = guide_vocabulary()
PHRASES = [
    (recogniser, number) for recogniser in WORDS.recognisers for number in range(len(recogniser.patterns))
]
ALL_TYPES = {
    "applicant_kind", "proxy", "legal_status", "recognition", "history", "person", "platform",
    "co_actor", "joint", "hosting", "count", "choice", "place", "series",
    "split", "self_set_kpi", "declared", "conform", "conduct", "ip", "finance",
    "material", "text_limit", "filing", "endorsement", "deadline", "period", "quota",
    "sanction", "continuation", "review", "publicity", "publish", "recommend_up",
}  # fmt: skip


def rules(sentence, slot="conditions"):
    """The rules that one sentence states where conditions stand."""
    return [
        fact.value for fact in read_rules(category(**{slot: sentence}), WORDS.recognisers, WORDS.counts, [])
    ]


def types(sentence, slot="conditions"):
    return {value["type"] for value in rules(sentence, slot)}


@pytest.mark.parametrize(
    ("recogniser", "number"), PHRASES, ids=[f"{r.words.type}: {r.words.examples[n]}" for r, n in PHRASES]
)
def test_a_phrase_finds_its_example(recogniser, number):
    assert recogniser.patterns[number].search(piece(recogniser.words.examples[number]).text)


@pytest.mark.parametrize(
    ("recogniser", "number"), PHRASES, ids=[f"{r.words.type}: {r.words.examples[n]}" for r, n in PHRASES]
)
def test_the_example_of_a_phrase_states_a_rule_of_its_type(recogniser, number):
    example = recogniser.words.examples[number]
    call = category("")
    call.parent = None
    call.put("conditions", [piece(example)])
    found = {fact.value["type"] for fact in read_rules(call, WORDS.recognisers, WORDS.counts, [])}
    assert recogniser.words.type in found


COUNTER_EXAMPLES = [
    ("sanction", "三年内建成示范基地"),
    ("sanction", "组织资格审查"),
    ("sanction", "取消报名费"),
    ("sanction", "近三年成效明显"),
    ("quota", "每个项目开展活动不少于3次"),
    ("quota", "每人培训不少于2次"),
    ("quota", "讲座不超过2小时"),
    ("quota", "每场讲座限100人参加"),
    ("publicity", "向公众公开展示成果"),
    ("publicity", "开展公益宣传"),
    ("proxy", "以活动名称命名展板"),
    ("proxy", "由专家主讲"),
    ("legal_status", "法律咨询活动"),
    ("legal_status", "普及银行反诈知识"),
    ("legal_status", "注册志愿者3年来人数增加"),
    ("recognition", "活动深受群众认可"),
    ("recognition", "加强过程考核"),
    ("history", "按要求开展活动"),
    ("history", "近两年成效明显"),
    ("history", "年度检修设备"),
    ("person", "服务35岁以下青年不少于100人"),
    ("person", "面向在校学生"),
    ("person", "邀请群众参加"),
    ("joint", "联合实验室建设良好"),
    ("joint", "由市科协组织申报"),
    ("split", "可申报一个项目"),
    ("material", "出具发票"),
    ("material", "提交申请"),
    ("choice", "活动分为上午和下午"),
    ("choice", "任选时间开展"),
    ("conform", "阅读《百科》"),
    ("conform", "《科普法》深入人心"),
    ("series", "纳入预算"),
    ("place", "在社区举办"),
    ("platform", "搭建交流平台"),
    ("platform", "注册志愿者"),
    ("finance", "会计专业人员"),
    ("finance", "单独开展活动"),
    ("conduct", "活动内容真实"),
    ("review", "专家开展讲座"),
    ("review", "组织志愿者培训"),
    ("publish", "发布活动海报"),
    ("recommend_up", "推荐书目"),
    ("hosting", "由承办单位实施"),
    ("ip", "产权清晰"),
    ("self_set_kpi", "设定活动日程"),
    ("co_actor", "作为重要载体"),
    ("continuation", "连续开展三年活动"),
    ("text_limit", "讲稿打印20份"),
]


@pytest.mark.parametrize(
    ("type_", "sentence"), COUNTER_EXAMPLES, ids=[f"{t}: {s}" for t, s in COUNTER_EXAMPLES]
)
def test_words_that_only_look_alike_state_no_rule_of_that_type(type_, sentence):
    assert type_ not in types(sentence)


@pytest.mark.parametrize("sentence", ["活动贴近群众生活", "注重实际效果", "热心科普事业"])
def test_a_condition_that_no_phrase_claims_is_a_statement_of_its_own(sentence):
    assert types(sentence) == {"declared"}


@pytest.mark.parametrize("sentence", ["活动贴近群众生活", "基地需具备法人资格"])
def test_running_content_states_no_conditions(sentence):
    assert rules(sentence, "content") == []


PARAMETERS = [
    ("申报单位应在浦州市内依法注册，具有独立法人资格，成立满2年", "legal_status",
     {"legal_person": True, "registered_in": "浦州市", "registered_years_min": 2}),
    ("不具备法人资格的由主管单位申报", "proxy", {"as": ["主管单位"]}),
    ("园区科协应以依托的园区或企业名义申报", "proxy", {"as": ["园区", "企业"]}),
    ("弄虚作假的，连续3年取消申报资格", "sanction", {"years": 3, "effect": "ban"}),
    ("未按期结项的，单位两年内不得申报", "sanction", {"years": 2, "effect": "ban", "subjects": ["单位"]}),
    ("转包的取消申报资格", "sanction", {"effect": "revoke"}),
    ("拟立项名单公示5个工作日", "publicity", {"days": 5, "day_kind": "工作日"}),
    ("公示7天无异议后发文", "publicity", {"days": 7, "day_kind": "自然日"}),
    ("同一负责人限报1项", "quota", {"at": "apply", "max": 1, "unit": "项"}),
    ("同一单位在研项目原则上不超过两项", "quota", {"at": "undertake", "max": 2, "hedge": "原则上"}),
    ("被托举人年龄不超过35周岁（1989年5月20日以后出生）", "person",
     {"attr": "age", "value": 35, "born_after": "1989-05-20"}),
    ("女性可放宽到40周岁", "person", {"attr": "age", "value": 40}),
    ("被托举人一般不超过35周岁", "person", {"hedge": "一般"}),
    ("三个以上单位联合申报的须明确牵头单位", "joint", {"min_units": 3, "lead_required": True}),
    ("从以下任务中选取两项或两项以上", "choice", {"pick_min": 2}),
    ("仅能选讲座或展览其中一项", "choice", {"pick_max": 1}),
    ("并提交本单位代表作品2-3部", "material", {"min": 2, "max": 3, "unit": "部"}),
    ("在本市登记注册满三年", "legal_status", {"registered_years_min": 3}),
    ("上年度考核为优秀的基地", "recognition", {"grade": "优秀"}),
    ("已获省级试点县的除外", "recognition", {"negate": True}),
    ("经费单独核算、设立专账", "finance", {"separate_accounting": True, "dedicated_book": True}),
    ("近三年没有受到行政处罚", "history", {"years": 3, "outcome": "none"}),
    ("全国学会作为主办单位", "co_actor", {"role": "主办单位", "any_of": ["全国学会"]}),
    ("可申报部分场次", "split", {"unit": "场次"}),
    ("严禁项目转包", "conduct", {"forbid": ["项目转包"]}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "type_", "expected"), PARAMETERS, ids=[s for s, _, _ in PARAMETERS])
def test_a_rule_has_its_parameters(sentence, type_, expected):
    found = [value for value in rules(sentence) if value["type"] == type_]
    assert any(expected.items() <= value.items() for value in found), found


def test_a_numberless_quota_says_that_there_is_no_limit():
    assert [v["max"] for v in rules("项目申报数量不作限制") if v["type"] == "quota"] == [None]


CALL = NOTICE.replace(
    "二、申报要求",
    "二、申报要求\n所有项目均须在2024年11月30日前完成。\n项目简介不超过300字。\n"
    "市直单位直接向市科协申报，县区单位经县科协审核后报送。",
)


def test_the_call_itself_states_what_no_phrase_is_needed_for():
    assert {"deadline", "filing", "period", "text_limit", "endorsement"} <= rule_types(CALL)


def test_applicants_of_the_whole_call_are_a_rule():
    assert "applicant_kind" in rule_types(
        "一、申报对象：各县科协、市级学会。\n二、申报条件\n1.热心科普事业。"
    )


def test_every_type_of_rule_but_one_is_read_somewhere():
    """Types without a phrase of their own are read by other parts of the reader."""
    phrases = {recogniser.words.type for recogniser in WORDS.recognisers}
    elsewhere = {
        "deadline",
        "filing",
        "period",
        "text_limit",
        "endorsement",
        "applicant_kind",
        "declared",
        "count",
    }
    assert ALL_TYPES - phrases - elsewhere == set()
    assert phrases | elsewhere <= ALL_TYPES


def test_a_threshold_among_conditions_is_a_count_and_what_is_promised_is_not():
    held = [rule for rule in rules("展厅面积不少于300平方米，每年开放不少于200天") if rule["type"] == "count"]
    promised = [rule for rule in rules("每年开放不少于200天", slot="targets") if rule["type"] == "count"]

    assert [(rule["metric"], rule["op"], rule["value"], rule["unit"]) for rule in held] == [
        ("展厅面积", ">=", 300, "平方米"),
        ("每年开放", ">=", 200, "天"),
    ]
    assert promised == []
