"""The money plan: who states money, what it comes to, and what cannot be told."""

import pytest

from keqiao.core.programme import Programme
from keqiao.web.programmes.drawings.money_plan import money_plan
from keqiao.web.programmes.notice_words import sentence_at

WAN = 1_000_000  # fen


def programme(*categories, **terms) -> Programme:
    return Programme.model_validate({"id": "p", "title": "通知", "categories": categories, **terms})


def category(name, **terms):
    return {"id": name, "name": name, **terms}


def sums(stated):
    return [(line.id, line.sum_fen) for line in money_plan(stated).lines]


def test_an_amount_times_its_places():
    stated = programme(category("a", funding={"kind": "fixed", "amount_fen": 15 * WAN}, places={"count": 10}))

    assert sums(stated) == [("a", 150 * WAN)]


def test_places_of_the_categories_below_share_the_money_above():
    below = [category(name, places={"count": 3}) for name in ("b", "c")]
    stated = programme(category("a", funding={"kind": "ceiling", "max_fen": 5 * WAN}, categories=below))

    assert sums(stated) == [("a", 30 * WAN)]


def test_a_category_with_money_of_its_own_does_not_count_twice():
    own = category("b", funding={"kind": "fixed", "amount_fen": WAN}, places={"count": 2})
    stated = programme(category("a", funding={"kind": "fixed", "amount_fen": 5 * WAN}, categories=[own]))

    assert sums(stated) == [("a", None), ("b", 2 * WAN)]


@pytest.mark.parametrize(
    ("funding", "total"),
    [
        ({"kind": "envelope", "total_fen": 80 * WAN}, 80 * WAN),
        ({"kind": "range", "min_fen": WAN, "max_fen": 2 * WAN, "total_fen": 7 * WAN}, 7 * WAN),
        ({"kind": "fixed", "amount_fen": WAN, "per": "session"}, None),
    ],
)
def test_a_stated_sum_stands_and_nothing_is_guessed(funding, total):
    assert sums(programme(category("a", funding=funding, places={"count": 9}))) == [("a", total)]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [(0, 2, "甲乙。"), (3, 4, "丙丁；"), (6, 8, "戊己")],
)
def test_the_words_of_a_fact_are_its_whole_sentence(start, end, said):
    assert sentence_at("甲乙。丙丁；戊己", start, end) == said
