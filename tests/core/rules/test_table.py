"""The table of rule types is complete, and the five calls need of each type what was counted in their words."""

from collections import Counter
from typing import get_args

from keqiao.core.programme import walk
from keqiao.core.programme.rules import AnyOf, SimpleRule
from keqiao.core.rules.table import TYPES, Evaluator, Nature
from keqiao.readers import programmes


def types_of_the_union():
    union = get_args(SimpleRule)[0]
    return {get_args(model.model_fields["type"].annotation)[0] for model in (*get_args(union), AnyOf)}


def rules_of_the_five_calls():
    for identifier in programmes.shipped():
        programme = programmes.load(identifier)
        for node in (programme, *(category for _path, category in walk(programme))):
            yield from node.rules


def test_every_type_of_the_vocabulary_stands_in_the_table_and_no_other():
    assert set(TYPES) == types_of_the_union()
    assert len(types_of_the_union() - {"any"}) == 34


def test_a_type_is_a_task_exactly_where_a_later_part_takes_it():
    assert {name for name, kind in TYPES.items() if kind.nature is Nature.TASK} == {
        name for name, kind in TYPES.items() if kind.part is not None
    }


def test_the_five_calls_have_of_each_type_what_their_words_hold():
    counted = Counter(rule.type for rule in rules_of_the_five_calls())

    assert sum(counted.values()) == 254
    assert dict(counted) == {
        "applicant_kind": 7, "proxy": 8, "legal_status": 6, "recognition": 7, "history": 5, "person": 19,
        "platform": 7, "co_actor": 9, "joint": 7, "hosting": 2, "count": 8, "choice": 10, "place": 2, "series": 3,
        "split": 3, "self_set_kpi": 1, "declared": 85, "conform": 9, "conduct": 8, "ip": 2, "finance": 2,
        "material": 5, "text_limit": 3, "filing": 7, "endorsement": 3, "deadline": 4, "period": 2, "quota": 2,
        "sanction": 4, "continuation": 1, "review": 5, "publicity": 3, "publish": 3, "recommend_up": 2,
    }  # fmt: skip


def test_by_evaluator_the_five_calls_have_what_their_words_hold():
    counted: Counter[Evaluator] = Counter()
    for rule in rules_of_the_five_calls():
        kind = TYPES[rule.type]
        counted.update({kind.evaluator, kind.also} - {None})

    assert counted == {
        Evaluator.ATTEST: 107, Evaluator.REGISTER: 49, Evaluator.SET: 36, Evaluator.VALUE: 30,
        Evaluator.WORKFLOW: 28, Evaluator.RELATION: 12, Evaluator.TIME: 9, Evaluator.DOCUMENT: 5,
    }  # fmt: skip
