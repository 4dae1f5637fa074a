"""Conditions of forms, built at random: the trees and a naive reading of the data agree on every one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from keqiao.core.forms.checking import faults
from keqiao.core.forms.conditions import prepared
from tests.core.forms.made import check, compares, specification

SMALL = st.integers(0, 3)
NAIVE_FIELDS = (
    {"id": "n", "kind": "number", "label": "数", "required": False},
    {"id": "m", "kind": "money", "label": "额", "required": False},
    {
        "id": "c",
        "kind": "choice",
        "label": "选",
        "options": ["甲", "乙"],
        "most_picks": None,
        "required": False,
    },
    {
        "id": "t",
        "kind": "table",
        "label": "表",
        "required": False,
        "columns": [
            {"id": "x", "label": "列", "kind": "number", "required": False},
            {"id": "y", "label": "行", "kind": "number", "required": False},
        ],
    },
)
OPS = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


def sides():
    return st.sampled_from(
        [
            {"field": "n"},
            {"field": "m"},
            {"sum_of": "t.x"},
            {"count_of": "t"},
            {"count_of": "t.y"},
            {"fixed": 2},
        ]
    )


LEAVES = st.one_of(
    st.builds(compares, sides(), st.sampled_from([*OPS]), sides()),
    st.just(compares({"field": "t.x"}, "<=", {"field": "t.y"})),
    st.just(compares({"field": "t.x"}, "<", {"field": "n"})),
    st.builds(
        lambda options: {"kind": "chosen", "field": "c", "options": options},
        st.lists(st.sampled_from(["甲", "乙"]), min_size=1),
    ),
    st.builds(lambda path: {"kind": "filled", "field": path}, st.sampled_from(["n", "m", "c", "t", "t.x"])),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda part: {"kind": "otherwise", "part": part}, inner),
        st.builds(
            lambda parts, least: {"kind": "together", "parts": parts, "least": least},
            st.lists(inner, min_size=1, max_size=3),
            st.none() | st.integers(1, 3),
        ),
    ),
    max_leaves=5,
)
ROW = st.fixed_dictionaries({}, optional={"x": SMALL, "y": SMALL})
FILLED = st.fixed_dictionaries(
    {},
    optional={
        "n": SMALL,
        "m": SMALL,
        "c": st.lists(st.sampled_from(["甲", "乙"]), min_size=1, unique=True),
        "t": st.lists(ROW, min_size=1, max_size=3),
    },
)


def naive(condition, answers):
    """True, False, or None where nobody can tell: read from the data, without trees."""
    return READINGS[condition["kind"]](condition, answers, [row for row in answers.get("t", []) if row])


def otherwise(condition, answers, _rows):
    part = naive(condition["part"], answers)
    return None if part is None else not part


def together(condition, answers, _rows):
    parts = [naive(part, answers) for part in condition["parts"]]
    least = condition["least"] or len(parts)
    if parts.count(True) >= least:
        return True
    return False if parts.count(True) + parts.count(None) < least else None


def filled(condition, answers, rows):
    in_rows = {"t": bool(rows), "t.x": any("x" in row for row in rows)}
    return in_rows.get(condition["field"], condition["field"] in answers)


def chosen(condition, answers, _rows):
    return bool(set(answers["c"]) & set(condition["options"])) if "c" in answers else None


def comparison(condition, answers, rows):
    test = OPS[condition["op"]]
    if condition["left"] != {"field": "t.x"}:
        left, right = (number(condition[side], answers, rows) for side in ("left", "right"))
        return None if left is None or right is None else test(left, right)
    if condition["right"] == {"field": "t.y"}:
        return all(test(row["x"], row["y"]) for row in rows if row.keys() == {"x", "y"})
    told = [row["x"] for row in rows if "x" in row]
    return all(test(x, answers["n"]) for x in told) if "n" in answers or not told else None


READINGS = {
    "otherwise": otherwise,
    "together": together,
    "filled": filled,
    "chosen": chosen,
    "compares": comparison,
}


def number(side, answers, rows):
    if "fixed" in side:
        return side["fixed"]
    if "sum_of" in side:
        return sum(row.get("x", 0) for row in rows)
    if "count_of" in side:
        return len(rows) if side["count_of"] == "t" else sum("y" in row for row in rows)
    return answers.get(side["field"])


@given(CONDITIONS, FILLED)
@settings(max_examples=400, deadline=None)
def test_trees_and_a_naive_reading_of_the_data_agree(condition, answers):
    stated = specification(*NAIVE_FIELDS, checks=[check(condition, at="n")])

    told_faults = [finding for finding in faults(stated, answers) if finding.code == "form.check_unmet"]

    assert prepared(stated).wrong == ()
    assert bool(told_faults) is (naive(condition, answers) is False)
