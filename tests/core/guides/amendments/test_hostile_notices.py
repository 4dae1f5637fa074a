"""A paper that is no notice, or is made to be slow, is read in time and hides nothing."""

from random import Random
from time import process_time

import pytest

from keqiao.core.guides.amendments.reading import LONGEST_SENTENCE, MOST_CHANGES, read_amendment
from keqiao.core.programme.amending.asked import Act
from keqiao.core.programme.amending.matching import propose
from keqiao.readers.programmes import load
from keqiao.readers.vocabulary import guide_vocabulary
from tests.core.guides.amendments.wordings import document

SECONDS = 5.0
WORDS = "申报 截止时间 由 延长至 调整为 “ ” 《 》 5万元 2项 4月30日 取消 增加 附件1 的 第二条 不变 2022KCZG001 。 ， ；"
UNITS = (
    *("延长至", "由5万元调整为6万元", "“”更正为", "“a", "取消", "2022KCZG001至"),
    *("原定", "《", "1月1日", "增加“x”", "由"),
)


@pytest.mark.parametrize("unit", UNITS)
def test_hostile_sentences_are_read_in_time(unit):
    programme = load("sanmenxia-2023")
    before = process_time()
    for text in (unit * 20_000, (unit + "，") * 4_000, (unit + "。") * 400):
        reading = read_amendment(document(text), guide_vocabulary())
        propose(programme, [change.asked for change in reading.changes])
    assert process_time() - before < SECONDS


def test_a_sentence_that_is_too_long_is_left_to_a_person():
    reading = read_amendment(document("申报截止时间延长至2023年5月15日，" * 200), guide_vocabulary())
    (change,) = reading.changes
    assert (change.asked.act, len(change.words.text)) == (Act.UNREAD, LONGEST_SENTENCE)


def test_what_is_beyond_the_most_changes_is_told():
    sentences = ["申报截止时间延长至2023年5月15日。"] * (MOST_CHANGES + 5)
    changes = read_amendment(document(*sentences), guide_vocabulary()).changes
    assert (len(changes), changes[-1].asked.doubt) == (MOST_CHANGES + 1, "amendment.too_many")


def test_words_in_any_order_raise_nothing():
    random = Random(7)
    words = WORDS.split()
    programme = load("yinchuan-2022")
    for _ in range(400):
        text = "".join(random.choice(words) for _ in range(random.randrange(3, 30)))
        reading = read_amendment(document(text), guide_vocabulary())
        found = propose(programme, [change.asked for change in reading.changes])
        assert all(found)
