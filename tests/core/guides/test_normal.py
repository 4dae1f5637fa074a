"""Normalised text: one form for the grammar, and always the way back to the words as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.guides.normal import normalise

WRITTEN = st.text(
    st.sampled_from(
        "甲乙联系人项目 　\u00a0\u200b\ufeff１２12（）()：:∶—－～~-“”「」〝〞㎡%％，,。；;ＡａAa《》\t"
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("１２３（Ａ）：", "123(A):"),
        ("5—10万元", "5-10万元"),
        ("5～10", "5-10"),
        ("3∶1", "3:1"),
        ("〝双碳〞", "“双碳”"),
        ("「双碳」", "“双碳”"),
        ("\ufeff一、项目\u200b内容", "一、项目内容"),
        ("联 系 人：", "联系人:"),
        ("申 报 。", "申报。"),
        ("2023 年1 月1 日", "2023年1月1日"),
        ("优选课 题20个", "优选课题20个"),
        ("陈小满 石大青", "陈小满 石大青"),
        ("0999-2345678   13912345678", "0999-2345678 13912345678"),
        ("30㎡", "30m2"),
        ("[bookmark: _GoBack]结项", "结项"),
        ("　　正文", "正文"),
        ("", ""),
    ],
)
def test_one_form_is_read_for_many_written(written, text):
    assert normalise(written).text == text


@given(WRITTEN)
def test_every_character_knows_where_it_was_written(written):
    normal = normalise(written)
    assert len(normal.origin) == len(normal.text) + 1
    assert list(normal.origin) == sorted(normal.origin)
    for position, character in enumerate(normal.text):
        start, end = normal.written_span(position, position + 1)
        assert character in normalise(written[start:end]).text or character == " "


@given(WRITTEN, st.data())
def test_a_span_leads_back_to_words_that_fold_to_it(written, data):
    normal = normalise(written)
    start = data.draw(st.integers(0, len(normal.text)))
    end = data.draw(st.integers(start, len(normal.text)))
    back = written[slice(*normal.written_span(start, end))]
    assert normalise(back).text.replace(" ", "") == normal.text[start:end].replace(" ", "")


@given(WRITTEN)
def test_normalising_again_changes_nothing(written):
    once = normalise(written).text
    assert normalise(once).text == once
