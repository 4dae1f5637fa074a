"""Rules and targets in words, in both languages, for everything that ships."""

from typing import get_args

import pytest

from keqiao.core.programme import walk
from keqiao.core.programme.rules import SimpleRule
from keqiao.core.programme.rules.limits import Quota
from keqiao.core.programme.rules.who import Joint
from keqiao.core.programme.targets import Target
from keqiao.readers.programmes import demonstration, shipped
from keqiao.web.programmes.wording.rules import all_parts, rule_kind, rule_sentence, target_condition

TYPES = {
    model.model_fields["type"].annotation.__args__[0]: model for model in get_args(get_args(SimpleRule)[0])
}


def shipped_rules():
    for identifier in shipped():
        programme = demonstration(identifier)
        for node in (programme, *programme.tracks, *(category for _, category in walk(programme))):
            yield from node.rules


def test_all_types_of_rule_can_be_said():
    assert len(TYPES) == 34
    assert [kind for kind, parts in all_parts(TYPES).items() if not parts] == []


def test_parts_name_fields_that_their_rule_has():
    derived = {"quantity", "unit"}
    unknown = [
        (kind, name)
        for kind, parts in all_parts(TYPES).items()
        for part in parts
        for name in ({part.field} if part.field else part.needs)
        if name not in TYPES[kind].model_fields and name not in derived
    ]

    assert unknown == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_shipped_rule_is_said(language):
    rules = list(shipped_rules())

    assert len(rules) > 200
    assert [rule.id for rule in rules if not rule_kind(rule, language)] == []
    silent = [rule.id for rule in rules if not rule_sentence(rule, language)]
    assert silent == []


def test_a_limit_is_said_with_its_numbers():
    rule = Quota(id="q", type="quota", summary="每家至多两项", max=2, per=("单位", "年度"), hedge="原则上")

    assert rule_sentence(rule, "zh") == "限制申报数；最多 2 项；按单位、年度计；措辞为“原则上”，不作硬性要求"
    assert rule_sentence(rule, "en") == (
        "Limits applications; at most 2; counted per 单位, 年度;"
        " worded “原则上”: a guideline, not an absolute bar"
    )


def test_a_part_that_is_not_stated_is_not_said():
    rule = Joint(id="j", type="joint", summary="可联合", mode="allowed")

    assert rule_sentence(rule, "en") == "Joint applications are allowed"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"comparator": ">=", "value": 50, "unit": "家"}, "≥ 50 家"),
        ({"comparator": "==", "value": 3}, "3"),
        ({"comparator": "~", "value": 90, "unit": "%"}, "≈ 90 %"),
    ],
)
def test_a_target_is_a_figure(stated, said):
    assert target_condition(Target(id="t", metric="企业", **stated)) == said
