"""A small part of the proof that no pattern is slow on hostile text; the rest runs in ``make prove``."""

import re
from random import Random

import pytest

from keqiao.core.guides.reading import read_call
from keqiao.readers.vocabulary import guide_vocabulary
from proofs.pattern_time import LENGTH, patterns, slowest
from tests.core.guides.building import document


def test_no_pattern_is_hopeless():
    slow = {
        name: found for name, p in patterns().items() if (found := slowest(p, 1, Random(1))) and found[0] > 1
    }
    assert slow == {}


def test_a_pattern_that_tries_all_pairs_is_found():
    assert slowest(re.compile("须[^。]*报"), 4, Random(1)) is not None


@pytest.mark.parametrize("unit", ["审核", "不少于1", "申报", "5万元", "(", "《", "一", "1、", "每个"])
def test_one_line_of_hostile_words_is_read(unit):
    call = document((unit * LENGTH)[:5000])
    assert read_call(call, guide_vocabulary()) is not None
