"""No document is read by words of its own: without them it is read nearly as well.

The notices that fall most (hainan-2022, qingdao-2024) word their labels as no other of the documents does.
"""

import pytest

from keqiao.readers.vocabulary import guide_vocabulary
from tests.readings.documents import INVENTED, REAL, SECOND, documents
from tests.readings.leave_one_out import compare, restricted, size

EACH_MIN, MEAN_MIN = 0.75, 0.90


@pytest.fixture(scope="module")
def comparisons():
    return list(compare(list(documents()), guide_vocabulary()))


@pytest.mark.seeds
def test_all_documents_are_compared(comparisons):
    assert {found.name for found in comparisons} == {*REAL, *INVENTED, *SECOND}


@pytest.mark.seeds
def test_each_document_is_read_with_the_words_of_the_others(comparisons):
    assert [found for found in comparisons if found.without < EACH_MIN] == []


@pytest.mark.seeds
def test_on_average_little_is_lost_without_the_words_of_a_document(comparisons):
    assert sum(found.without for found in comparisons) / len(comparisons) >= MEAN_MIN


def test_restricting_to_nothing_leaves_no_word():
    assert size(restricted(guide_vocabulary(), [])) == 0


def test_restricting_keeps_a_word_that_a_text_holds():
    kept = restricted(guide_vocabulary(), ["申报对象:各县科协"])
    assert kept.labels["applicants"] == ("申报对象",)
