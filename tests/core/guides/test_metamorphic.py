"""What changes nothing in the meaning changes nothing in the facts; one number changes only what rests on it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.guides.building import NOTICE, export
from tests.readings.scoring import facts

CHINESE = "一二三四五六七八九十"
WIDE = str.maketrans("0123456789():,;", "０１２３４５６７８９（）：，；")
NARROW = str.maketrans("０１２３４５６７８９（）：，；", "0123456789():,;")


def said(call):
    return sorted(map(str, facts(export(call))))


ORIGINAL = said(NOTICE)


def renumbered(call):
    """一、 becomes 第一部分, 1. becomes 1、."""
    call = re.sub(rf"^([{CHINESE}])、", r"第\1部分 ", call, flags=re.MULTILINE)
    return re.sub(r"^(\d)\.", r"\1、", call, flags=re.MULTILINE)


def letter_spaced(call):
    return (
        call.replace("申报对象", "申 报 对 象")
        .replace("联系人", "联 系 人")
        .replace("项目数量", "项 目 数 量")
    )


CHANGES = {
    "marks of other kinds": renumbered,
    "full-width characters": lambda call: call.translate(WIDE),
    "half-width characters": lambda call: call.translate(NARROW),
    "letter-spaced labels": letter_spaced,
    "empty lines": lambda call: call.replace("\n", "\n\n　\n"),
    "indented lines": lambda call: call.replace("\n", "\n　　"),
    "invisible characters": lambda call: call.replace("项目", "项\u200b目"),
    "a note behind the date": lambda call: f"{call}（此件公开发布）\n",
    "another dash": lambda call: call.replace("2-3个", "2—3个"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_dress_changes_no_fact(change):
    changed = CHANGES[change](NOTICE)
    assert changed != NOTICE
    assert said(changed) == ORIGINAL


@settings(max_examples=25)
@given(st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=4))
def test_several_changes_of_dress_change_no_fact(names):
    call = NOTICE
    for name in names:
        call = CHANGES[name](call)
    assert said(call) == ORIGINAL


NUMBERS = {
    "讲座不少于6场": ("讲座不少于{}场", "target"),
    "人数不少于40人": ("人数不少于{}人", "target"),
    "支持标准：4万元": ("支持标准：{}万元", "funding"),
    "项目数量：5个": ("项目数量：{}个", "slots"),
    "不少于12场次": ("不少于{}场次", "target"),
    "4月15日": ("4月{}日", "deadline"),
}


@settings(max_examples=40)
@given(st.sampled_from(sorted(NUMBERS)), st.integers(16, 28))
def test_a_changed_number_changes_the_facts_that_rest_on_it_and_no_other(words, number):
    pattern, kind = NUMBERS[words]
    changed = said(NOTICE.replace(words, pattern.format(number)))
    gone, come = set(ORIGINAL) - set(changed), set(changed) - set(ORIGINAL)
    assert len(gone) == len(come) >= 1
    assert all(kind in fact for fact in gone | come)
    assert any(re.search(rf"(?<!\d){number}", fact) for fact in come)
