"""A tree is written as text that reads back to it; completion offers what could stand at the cursor."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.query import (
    All,
    Any,
    Between,
    Is,
    Missing,
    Node,
    Not,
    Proposal,
    Words,
    complete,
    parse,
    write,
)
from tests.core.query.members import COUNT, DAY, KIND, LEGAL, MEMBERS, MONEY, NAME

letters = (
    st.text(alphabet="农学河南省类别ab1-.:>（，“或 ", min_size=1, max_size=6).map(str.strip).filter(bool)
)
plain_words = st.text(alphabet="农学河南ab1", min_size=1, max_size=6)
bounds = st.integers(-100, 10**9)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def spans(ends: st.SearchStrategy) -> st.SearchStrategy:
    both = st.tuples(ends, ends).map(lambda pair: (min(pair), max(pair)))
    return both | ends.map(lambda end: (end, None)) | ends.map(lambda end: (None, end))


leaves = st.one_of(
    plain_words.map(Words),
    letters.map(lambda text: Words(text, whole=True)),
    letters.map(lambda text: Is(NAME, (text,))),
    st.lists(st.sampled_from(["society", "university"]), min_size=1, unique=True).map(
        lambda v: Is(KIND, tuple(v))
    ),
    st.sampled_from(["yes", "no"]).map(lambda value: Is(LEGAL, (value,))),
    bounds.map(lambda number: Is(COUNT, (number,))),
    spans(bounds).map(lambda span: Between(COUNT, *span)),
    spans(st.integers(0, 10**12)).map(lambda span: Between(MONEY, *span)),
    spans(days).map(lambda span: Between(DAY, *span)),
    st.sampled_from([Missing(COUNT), Missing(DAY)]),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Any(tuple(parts))),
    ),
    max_leaves=6,
)


@given(trees)
def test_what_is_written_reads_back_as_it_was(tree: Node):
    asked = parse(write(tree), MEMBERS)

    assert (asked.tree, asked.faults) == (tree, ())


@given(st.text(max_size=60))
def test_any_text_is_read_and_every_fault_has_its_place(typed: str):
    asked = parse(typed, MEMBERS)

    assert [0 <= fault.start <= fault.end <= len(typed) for fault in asked.faults] == [True] * len(
        asked.faults
    )
    assert parse(write(asked.tree), MEMBERS).tree == asked.tree


def test_words_that_would_read_otherwise_are_written_in_quotation_marks():
    assert write(Is(NAME, ("农 学",))) == '名称:"农 学"'
    assert write(Words('说“甲"', whole=True)) == '“说“甲"”'


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("", ["名称:", "类别:", "会员数:", "经费:", "登记日期:", "法人:"]),
        ("类", ["类别:"]),
        ("河南 会", ["会员数:"]),
        ("类别:", ["学会（协会、研究会）", "高等院校", "高校科协"]),
        ("类别:高", ["高等院校", "高校科协"]),
        ("类别:学会,高校科", ["高校科协"]),
        ("-法人:", ["是", "否"]),
        ("登记:", ["2023", "2023-04", "2023-04-30.."]),
        ("登记:2", []),
        ("名称:", []),
        ("没有:", []),
    ],
)
def test_completion_offers_what_can_stand_there(typed, texts):
    assert [proposal.text for proposal in complete(typed, len(typed), MEMBERS)] == texts


def test_completion_replaces_the_piece_at_the_cursor():
    assert complete("河南 类别:高 农学", 7, MEMBERS)[0] == Proposal("高等院校", 6, 7)
