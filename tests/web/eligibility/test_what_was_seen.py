"""What a rule saw, said so that a wrong fact is noticed: in both languages, without ids and other machinery."""

import pytest
from django.utils.translation import override

from keqiao.web.eligibility.seen import seen_in_words

SEEN = {
    "on": "2026-11-22",
    "applicant.id": "10be4908",
    "applicant.kind": "society",
    "applicant.level": "prefecture",
    "applicant.areas": ("河南省", "三门峡市"),
    "applicant.legal_person": False,
    "applicant.traits.市级科普基地": True,
    "applicant.host.id": "10be4909",
    "subjects.依托单位.kind": ("company", "university"),
    "debarments": 0,
    "bar.until": "2027-03-01",
    "bar.since": None,
    "result.outcome": "poor",
    "max": 2,
    "people.leaders": (),
    "answers.kepu.r2": True,
    "records.kept": ("debarments",),
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh-hans",
            [
                "单位类型：学会（协会、研究会）",
                "级别：市级",
                "所在地区：河南省三门峡市",
                "法人资格：否",
                "市级科普基地：是",
                "依托单位 单位类型：企业、高等院校",
                "禁报名单：0",
                "禁报 至：2027年3月1日",
                "以往工作 完成情况：完成不好（不合格）",
                "每单位限报：2",
            ],
        ),
        (
            "en",
            [
                "kind of unit：Society",
                "level：Municipal",
                "region：河南省, 三门峡市",
                "legal personality：no",
                "市级科普基地：yes",
                "依托单位 kind of unit：Company, University",
                "The debarments：0",
                "the bar until：1 Mar 2027",
                "the earlier work how it went：done badly (not passed)",
                "limit for a unit：2",
            ],
        ),
    ],
)
def test_the_facts_that_decided_are_said_in_words_and_nothing_else(language, said):
    with override(language):
        found = [f"{one.whose} {one.name}：{one.value}".strip() for one in seen_in_words(SEEN)]

    assert found == said
