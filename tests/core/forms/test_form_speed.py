"""What a person pasted, or somebody sent on purpose, does not keep the server busy; an ordinary form takes moments."""

from time import perf_counter

import pytest

from keqiao.core.forms.checking import faults
from keqiao.core.forms.conditions import prepared
from keqiao.core.forms.parts import MOST_ROWS
from keqiao.core.forms.specification import specification_for
from keqiao.core.forms.typed import read
from keqiao.core.programme.tree import leaves
from keqiao.readers.form_examples import example_of
from keqiao.readers.programmes import demonstration, shipped
from tests.core.forms.made import specification, told
from tests.core.forms.test_form_properties import EVERY_KIND

LONG = 200_000
PASTED = [
    "（" + " " * LONG + "x",
    "一" * LONG,
    "1,111" * LONG,
    "■其他" * LONG,
    "a@" * LONG,
    "\n" * LONG + "x",
    "2026年—" * LONG,
]
GENEROUS = 2.0
"""Seconds for what takes a tenth of them on a quiet machine: a search that runs back and forth takes minutes."""


@pytest.mark.parametrize("typed", PASTED, ids=range(len(PASTED)))
def test_reading_what_was_pasted_takes_no_longer_than_its_length(typed):
    for asked in EVERY_KIND.fields:
        begun = perf_counter()
        read(asked, typed)
        faults(EVERY_KIND, {asked.id: typed})
        assert perf_counter() - begun < GENEROUS, asked.kind


def test_a_list_of_any_length_is_refused_and_looked_at_to_a_limit():
    column = {"id": "c", "label": "列", "kind": "number"}
    stated = specification({"id": "a", "kind": "table", "label": "表", "columns": [column]})

    found = told(faults(stated, {"a": [{"c": "约"}] * (MOST_ROWS * 3)}))

    assert found[0] == ("form.rows_many", ("a",))
    assert len(found) == MOST_ROWS + 1


def asked_in_the_calls():
    for programme in map(demonstration, shipped()):
        for path, _category in leaves(programme):
            if (stated := specification_for(programme, path)) is not None:
                yield stated, example_of(stated, programme.id)


def test_every_form_of_the_calls_is_sound_and_its_example_in_order_within_milliseconds():
    seconds = []
    for stated, answers in asked_in_the_calls():
        assert prepared(stated).wrong == ()
        assert told(faults(stated, answers)) == []
        begun = perf_counter()
        faults(stated, answers)
        seconds.append(perf_counter() - begun)

    assert len(seconds) == 96
    assert sorted(seconds)[len(seconds) // 2] < 0.01
