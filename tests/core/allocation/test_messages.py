"""Everything that an allocation says has a sentence with the values that it gives."""

import random

from keqiao.core.allocation import Reason, departures, propose
from keqiao.readers.messages import sentence, sentences
from tests.core.allocation.random_cases import random_case

CASES = 60


def test_every_reason_has_a_sentence():
    assert [reason for reason in Reason if f"allocation.{reason}" not in sentences()] == []


def test_amounts_are_said_in_words():
    values = {"node": "甲", "total": "50万元", "spent": "45万元", "left": "5万元"}

    assert sentence("allocation.money_left", values) == "甲：总额50万元，已分配45万元，剩余5万元。"


def test_sentences_get_their_values():
    empty = set()
    for seed in range(CASES):
        chance = random.Random(seed)
        case = random_case(chance)
        proposal = propose(case)
        decided = {each.id: chance.choice((10, 17, 40)) for each in case.candidates if chance.random() < 0.5}
        said = [(f"allocation.{each.reason}", each.values) for each in proposal.verdicts.values()]
        found = [*proposal.findings, *departures(case, proposal, decided)]
        said += [(each.code, each.values) for each in found]
        empty |= {code for code, values in said for lang in ("zh", "en") if not sentence(code, values, lang)}
    assert empty == set()
