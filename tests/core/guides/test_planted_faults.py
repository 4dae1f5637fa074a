"""Each fault planted in a function of the guides changes what is read: the tests above would see it."""

from dataclasses import replace
from datetime import date

import pytest

from keqiao.core.guides import (
    categories,
    coverage,
    distribution,
    filing,
    lines,
    money,
    outline,
    schedule,
    targets,
)
from keqiao.core.guides import reading as whole
from keqiao.core.guides.normal import NormalText
from keqiao.core.guides.quantities import amounts, counts
from keqiao.core.guides.quantities.dates import read_dates
from tests.core.guides.building import NOTICE, export
from tests.readings.scoring import facts

CALL = NOTICE.replace("现将有关事项通知如下。", "去年评出27。").replace(
    "二、申报要求", "二、申报要求\n科普小屋、流动展车各立项3个。"
)


def said():
    found = export(CALL)
    return (
        sorted(map(str, facts(found))), found["report"]["unused"],
        [(f["words"], f["place"]["start"]) for f in found["report"]["facts"]],
    )  # fmt: skip


def doubled(amount):
    return replace(amount, low_fen=amount.low_fen * 2, high_fen=amount.high_fen * 2)


def shifted(written):
    return NormalText(written, tuple(min(n + 1, len(written)) for n in range(len(written) + 1)))


FAULTS = {
    "money is doubled": (money, "read_amounts", lambda text: [doubled(a) for a in amounts.read_amounts(text)]),
    "a ceiling is a fixed amount": (
        money, "read_amounts", lambda text: [replace(a, ceiling=False) for a in amounts.read_amounts(text)],
    ),
    "every floor is a ceiling": (targets, "_bounds", lambda count: iter([("<=", count.value)])),
    "names of numbers are counted": (counts, "_is_name", lambda *_: True),
    "dates lose their year": (schedule, "read_dates", lambda text, **_: read_dates(text, issued=date(2001, 1, 1))),
    "marks are not read": (outline, "read_heads", lambda *_: []),
    "names keep their asides": (categories, "bare_name", lambda title: f"{title}。"),
    "copies are not counted": (filing, "read_copies", lambda _: None),
    "figures are not shared out": (distribution, "_pair", lambda *_: False),
    "places of words are shifted": (lines, "normalise", shifted),
    "clauses are not split": (targets, "clauses", lambda sentence: iter([sentence])),
    "no sentence is left over": (coverage, "sentences", lambda _: iter(())),
    "contacts are lost": (whole, "read_contacts", lambda *_: []),
    "rules are lost": (whole, "read_rules", lambda *_: []),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_changes_what_is_read(fault, monkeypatch):
    module, name, wrong = FAULTS[fault]
    before = said()
    monkeypatch.setattr(module, name, wrong)
    assert said() != before


def test_without_a_fault_the_same_is_read_twice():
    assert said() == said()
