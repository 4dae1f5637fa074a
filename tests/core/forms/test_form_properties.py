"""What holds for every form and all answers: printed and read again is the same, and nothing ever breaks."""

import json
from copy import deepcopy

from hypothesis import example, given, settings
from hypothesis import strategies as st

from keqiao.core.forms.answers import canonical, characters, digest_of, is_empty, tidied
from keqiao.core.forms.checking import faults
from keqiao.core.forms.conditions import applies, content
from keqiao.core.forms.merging import merge
from keqiao.core.forms.migrating import migrate
from keqiao.core.forms.prefilling import prefilled
from keqiao.core.forms.stating import stated
from keqiao.core.forms.targets import target_rows
from keqiao.core.forms.typed import read
from keqiao.core.forms.written import cells, written
from tests.core.forms.made import specification
from tests.core.forms.random_answers import ANY_JSON, COLUMNS, COMPOSITES, simple

EVERY_KIND = specification(
    {"id": "h", "kind": "heading", "label": "一"},
    {"id": "text", "kind": "text", "label": "名称", "max_chars": 20, "needs_data": True},
    {"id": "long", "kind": "long_text", "label": "内容", "min_chars": 5, "rule": "c.r1"},
    {"id": "number", "kind": "number", "label": "场次", "rule": "c.r2", "least": 1, "most": 50},
    {"id": "money", "kind": "money", "label": "经费", "unit": "万元", "most_fen": 10_000_000},
    {"id": "date", "kind": "date", "label": "日期"},
    {"id": "period", "kind": "period", "label": "期限"},
    {"id": "choice", "kind": "choice", "label": "对象", "options": ["甲", "乙"], "other": True, "most_picks": 2},
    {"id": "region", "kind": "region", "label": "地区"},
    {"id": "person", "kind": "person", "label": "负责人", "role": "leader",
     "parts": ["name", "id_number", "birth_date"]},
    {"id": "unit", "kind": "unit", "label": "单位", "role": "partner"},
    {"id": "table", "kind": "table", "label": "活动", "columns": COLUMNS, "least": 1, "most": 3},
    {"id": "fixed", "kind": "table", "label": "人员", "rows": ["专职", "兼职"], "columns": COLUMNS[:2]},
    {"id": "sum", "kind": "computed", "label": "合计", "sum_of": ["money", "table.price"], "less": ["budget.own"]},
    {"id": "targets", "kind": "targets", "label": "指标", "own_least": 1},
    {"id": "budget", "kind": "budget", "label": "预算", "own_share_least": 50},
    {"id": "file", "kind": "file", "label": "附件", "numbered": True,
     "required_if": {"kind": "chosen", "field": "choice", "options": ["甲"]}},
    {"id": "pledge", "kind": "pledge", "label": "承诺", "words": ["属实"]},
    {"id": "hidden", "kind": "text", "label": "补充", "shown_if": {"kind": "filled", "field": "region"}},
    category={
        "rules": [
            {"id": "c.r1", "type": "text_limit", "field": "内容", "value": 500, "summary": "限500字"},
            {"id": "c.r2", "type": "split", "unit": "场", "summary": "可申报部分场次"},
        ],
        "targets": [
            {"id": "t1", "metric": "讲座", "comparator": ">=", "value": 20, "unit": "场"},
            {"id": "t2", "metric": "其中进校园", "comparator": ">=", "value": 5, "unit": "场", "part_of": "t1"},
        ],
        "funding": {"kind": "range", "min_fen": 5_000_000, "max_fen": 10_000_000},
        "spending": [{"kinds": ["场地费"], "forbidden": ["招待费"]}],
    },
    checks=[
        {"id": "k1", "says": "不超", "at": "money",
         "holds": {"kind": "compares", "left": {"field": "money"}, "op": "<=", "right": {"sum_of": "budget.grant"}}},
        {"id": "k2", "says": "顺序", "at": "table.when",
         "holds": {"kind": "compares", "left": {"field": "table.when"}, "op": ">=", "right": {"field": "period.from"}}},
    ],
)  # fmt: skip
ANSWERS = st.dictionaries(
    st.sampled_from([*(each.id for each in EVERY_KIND.fields), "x", "left over"]), ANY_JSON, max_size=12
)


@given(simple())
@settings(max_examples=250, deadline=None)
def test_what_is_printed_is_read_as_what_it_was(made):
    asked, value = made

    found = read(asked, written(asked, value))

    assert (found.faults, found.value) == ((), value)


@given(COMPOSITES)
@settings(max_examples=80, deadline=None)
def test_blocks_and_tables_come_back_cell_by_cell(made):
    asked, value = made

    found = read(asked, cells(asked, value))

    assert found.faults == ()
    assert found.value == tidied({"value": _without_ids(asked, value)}).get("value")


def _without_ids(asked, value):
    """Whom a block was picked from is not printed."""
    return {key: each for key, each in value.items() if key != "id"} if asked.kind == "person" else value


@given(simple() | COMPOSITES)
@settings(max_examples=80, deadline=None)
def test_what_was_read_is_read_again_as_it_is(made):
    asked, value = made
    kept = read(asked, value)

    again = read(asked, kept.value)

    assert (kept.faults, again) == ((), kept)


@given(ANSWERS)
@settings(max_examples=120, deadline=None)
@example({"targets": {"a": ""}, "file": {"a": []}, "budget": [[]], "table": [{}], "pledge": {"version": ""}})
@example({"text": "\ud800", "long": "\x00"})
@example({"table": [5, "x", None, {"name": {"a": 1}}], "fixed": {"people": 1}, "file": ["f"], "pledge": [1]})
@example({"number": 10**40, "money": -1, "date": "٢٠٢٦-٠١-٠١", "period": {"from": [], "to": {}}})
def test_nothing_that_json_can_bring_breaks_anything(answers):
    before = deepcopy(answers)

    found = faults(EVERY_KIND, answers)

    assert all(finding.at and finding.code.startswith(("form.", "identifier.")) for finding in found)
    assert applies(EVERY_KIND, answers) >= content(EVERY_KIND, answers).keys()
    stated(EVERY_KIND, answers)
    prefilled(EVERY_KIND, {"last": answers, "unit": answers})
    target_rows(EVERY_KIND, answers.get("targets"))
    for each in EVERY_KIND.fields:
        cells(each, answers.get(each.id))
        read(each, read(each, answers.get(each.id)).value)
    migrate(EVERY_KIND, specification({"id": "text", "kind": "date", "label": "名称"}), answers)
    assert answers == before


@given(ANSWERS)
@settings(max_examples=80, deadline=None)
def test_the_one_spelling_is_stable(answers):
    spelt = canonical(answers)

    assert canonical(tidied(answers)) == spelt
    assert canonical(dict(reversed(answers.items()))) == spelt
    assert canonical({**answers, "empty": [{}, {"a": ""}, None]}) == spelt
    if "\ud800" not in str(answers):
        assert canonical(json.loads(spelt.decode("utf-8", "surrogatepass"))) == spelt


@given(ANSWERS, ANSWERS)
@settings(max_examples=80, deadline=None)
def test_other_answers_have_another_digest(one, other):
    same = digest_of("d", one) == digest_of("d", other)

    assert same == (canonical(one) == canonical(other))
    assert digest_of("d", one) != digest_of("e", one)
    assert digest_of("d", one, ["b", "a"]) == digest_of("d", one, ["a", "b"]) != digest_of("d", one, ["a"])


@given(ANSWERS)
@settings(max_examples=80, deadline=None)
def test_moving_to_the_same_form_changes_nothing(answers):
    moved = migrate(EVERY_KIND, EVERY_KIND, answers)

    assert (moved.answers, moved.moves) == (answers, ())


@given(ANSWERS, ANSWERS)
@settings(max_examples=120, deadline=None)
def test_what_one_side_changed_stands(base, changed):
    base, changed = tidied(base), tidied(changed)

    for merged in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert (merged.answers, merged.conflicts) == (changed, ())


@given(ANSWERS, ANSWERS, ANSWERS)
@settings(max_examples=120, deadline=None)
def test_a_merge_keeps_what_only_one_side_changed_and_names_the_rest(base, mine, theirs):
    base, mine, theirs = map(tidied, (base, mine, theirs))

    merged = merge(base, mine, theirs)

    named = {conflict.at[0] for conflict in merged.conflicts}
    for key in {*base, *mine, *theirs} - named:
        was, here, there = base.get(key), mine.get(key), theirs.get(key)
        if here in (was, there):
            assert merged.answers.get(key) == there
        elif there == was:
            assert merged.answers.get(key) == here
        else:
            assert isinstance(here, list | dict | str)
            assert isinstance(there, list | dict | str)


@given(st.text(max_size=50))
def test_characters_are_counted_as_typed_without_ends_of_lines(text):
    assert characters(text) == sum(1 for each in text if each not in "\r\n")
    assert characters(text + "\n\n") == characters(text)


@given(ANY_JSON)
def test_what_is_empty_is_left_out_and_nothing_else(value):
    assert ("key" in tidied({"key": value})) is not is_empty(value)
