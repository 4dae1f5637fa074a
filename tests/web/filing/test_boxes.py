"""The boxes on signature pages, for every chain that the five calls state: from the words of the documents."""

import pytest

from keqiao.core.endorsing.stages import stages_of
from keqiao.readers import programmes
from keqiao.readers.endorsing_words import endorsing_words
from keqiao.web.filing.boxes import boxes_for

UNIT = ("申报单位", True)
LETTER_ONLY = [UNIT]  # 党委政府出具推荐函: whoever writes a letter seals the letter, not this page


def chains(call):
    """The chains that a call states for itself or a category, by their ids."""
    todo, found = [programmes.load(call)], {}
    while todo:
        node = todo.pop()
        todo += node.categories
        found |= {chain.id: chain for chain in node.endorsement}
    return found


def boxes(call, chain):
    stages = stages_of(chains(call)[chain], endorsing_words().takers)
    return [(box.title, box.seal) for box in boxes_for(stages)]


@pytest.mark.parametrize(
    ("call", "chain", "expected"),
    [
        # 附件1·二（二）3: 县（市、区）科协审核盖章后，统一报送
        ("sanmenxia-2023", "ikepu.e1", [UNIT, ("县（市、区）科协", True)]),
        ("sanmenxia-2023", "ikepu.e2", [UNIT]),  # 其他符合条件的单位直接向市科协提交
        ("sanmenxia-2023", "jiditineng.e1", [UNIT, ("原推荐单位", True)]),  # 附件1·二（四）3
        (  # 附件1·一（二）: 分管领导审核、主要领导签署同意，加盖政府公章: two sign, one seals
            "sanmenxia-2023",
            "xianyu.e1",
            [
                UNIT,
                ("县（市、区）委或县（市、区）政府分管领导", False),
                ("县（市、区）委或县（市、区）政府主要领导", False),
                ("县（市、区）政府", True),
            ],
        ),
        ("sanmenxia-2023", "shidianxian.e1", LETTER_ONLY),  # 附件3·二（三）2
        ("henan-2023", "shidianshi.e1", LETTER_ONLY),  # 附件·三（四）2
        ("hunan-2022", "shizhou", [UNIT, ("市州科协", False)]),  # 二2: 审核、汇总、申报; no seal is named
        ("hunan-2022", "zhijie", [UNIT]),
    ],
)
def test_each_chain_has_the_boxes_that_its_document_asks_for(call, chain, expected):
    assert boxes(call, chain) == expected


@pytest.mark.parametrize("call", ["jining-2023", "yinchuan-2022"])
def test_where_no_chain_holds_before_filing_only_the_unit_has_a_box(call):
    # 济宁 附件3: 市科协意见在遴选后签署; 银川 names nobody
    assert (chains(call), [(box.title, box.seal) for box in boxes_for(())]) == ({}, [UNIT])


def test_no_chain_of_the_five_calls_is_left_out():
    calls = ("sanmenxia-2023", "henan-2023", "hunan-2022", "jining-2023", "yinchuan-2022")
    assert {chain for call in calls for chain in chains(call)} == {
        "ikepu.e1", "ikepu.e2", "jiditineng.e1", "xianyu.e1", "shidianxian.e1", "shidianshi.e1", "shizhou", "zhijie",
    }  # fmt: skip
