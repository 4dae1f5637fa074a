"""What is told to change the answer does change it: every sentence, wherever the cases of the five calls tell it.

``doing`` does to the case what the sentence says, and nothing else; the same rule is asked again. It may not refuse
any more, nor miss a fact (what a person has to judge may be left). Where nothing is told, nothing helps.
"""

from collections.abc import Iterator

import pytest

from keqiao.core.rules.answers import Judged, Verdict
from keqiao.core.rules.category import CompiledCall
from keqiao.core.rules.facts import Case
from keqiao.core.rules.judging import Judge
from keqiao.core.rules.table import TYPES, Nature
from keqiao.readers import programmes
from keqiao.readers.messages import sentences
from tests.core.rules import doing
from tests.core.rules.calls import compiled
from tests.core.rules.doing import WAYS, Telling
from tests.core.rules.tables import tables

TABLES = {table.call: table for table in tables()}
CALLS = {call: compiled(programmes.load(call)) for call in TABLES}
CODE = "eligibility.change."

NOTHING_HELPS = {
    "deadline": {"eligibility.closed"},  # the day is over
    "open_to_applicants": {"eligibility.not_open"},  # the association keeps it for itself
    "hosting": {"eligibility.not_open"},
    "history": {"eligibility.history_bad", "eligibility.history_happened"},  # it happened
    "continuation": {"eligibility.continuation"},
    "recognition": {"eligibility.recognition_negated"},  # the title is held, and bars
    "per_unit_limit": {"quota.applied_full"},  # this sentence itself says what to withdraw
    "quota": {"quota.undertaken_full"},  # and this one what to change in the award list
    "person": {"eligibility.person"},  # an exception alone: told with the rule that it relaxes
}
"""What fails and tells no change, by type: the findings that say so."""

Told = tuple[Telling, Judge, CompiledCall, Case]


def judged_cases() -> Iterator[tuple[str, Judge, Judged, Case]]:
    """Every rule of every category that a case of the tables asks about."""
    for table in TABLES.values():
        call = CALLS[table.call]
        for row in table.rows:
            prepared = call.prepare(row.case)
            for judge in call.categories[row.path].judges:
                yield table.call, judge, judge.judged(prepared), row.case


JUDGED = tuple(judged_cases())


def told(code: str) -> Iterator[Told]:
    """Everywhere that the sentence is told."""
    for name, judge, judged, case in JUDGED:
        for change in judged.change:
            if change.code == CODE + code:
                cast = TABLES[name]
                telling = Telling(programmes.load(name), judged, change.values, cast.units, cast.people)
                yield telling, judge, CALLS[name], case


def helps(way: doing.Way, one: Told) -> bool:
    """Is there a case that somebody who follows the sentence comes to, and that the rule does not stop?"""
    telling, judge, call, case = one
    return any(is_clear(judge.judged(call.prepare(changed))) for changed in way(telling, case))


def is_clear(judged: Judged) -> bool:
    facts = [found for found in judged.missing if found.code != "eligibility.missing_question"]
    return judged.verdict is not Verdict.FAILS and not facts


def test_there_is_a_way_for_every_sentence_of_change():
    assert {CODE + code for code in WAYS} == {code for code in sentences() if code.startswith(CODE)}


@pytest.mark.parametrize("code", WAYS)
def test_what_is_told_to_change_the_answer_changes_it(code):
    all_told = list(told(code))

    assert all_told != []
    assert [(one[0].judged.rule, one[0].values) for one in all_told if not helps(WAYS[code], one)] == []


def test_where_a_rule_refuses_and_tells_no_change_nothing_helps():
    silent: dict[str, set[str]] = {}
    for _call, _judge, judged, _case in JUDGED:
        if judged.verdict is Verdict.FAILS and not judged.change:
            silent.setdefault(judged.type, set()).update(found.code for found in judged.findings)

    assert silent == NOTHING_HELPS


def test_every_type_that_decides_has_refused_somebody():
    refused = {judged.type for _call, _judge, judged, _case in JUDGED if judged.verdict is Verdict.FAILS}
    deciding = {name for name, kind in TYPES.items() if kind.nature is Nature.DECIDES}

    assert deciding - refused == {"any"}


@pytest.mark.parametrize(
    ("code", "too_little"),
    [
        ("platform_upload", "platform"),  # an account alone
        ("recognition_by", "declared"),  # saying so
        ("bundle", "debarred"),  # nothing filed
        ("person", "exception"),  # an approval of nothing
    ],
)
def test_a_sentence_that_promises_too_much_is_noticed(code, too_little):
    assert not all(helps(WAYS[too_little], one) for one in told(code))
