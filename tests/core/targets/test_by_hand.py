"""Cases from the documents' words, with the answers that a person worked out (``by_hand.yaml``)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from keqiao.core.programme.targets import Target
from keqiao.core.programme.validation.nodes import nodes
from keqiao.core.targets import Index, Judgement, Record, Setting, Term, judge
from keqiao.readers.fact_kinds import fact_words
from keqiao.readers.programmes import load

CASES = YAML(typ="safe").load(Path(__file__).with_name("by_hand.yaml").read_text(encoding="utf-8"))
COUNTIES = tuple(f"64010{number}" for number in range(1, 7))
WORDS_APART = {"kind", "of", "times", "named", "after", "day", "in", "verified", "evidence"}


def targets_of(call: str) -> list[Target]:
    return [target for node in nodes(load(call)) for target in node.terms.targets]


def term_of(case: dict[str, Any]) -> Term:
    year = 2022 if _is_2022(case) else 2023
    start, end = case.get("term") or (date(year, 1, 1), date(year, 12, 31))
    return Term(start, end)


def _is_2022(case: dict[str, Any]) -> bool:
    return bool(case["call"] == "yinchuan-2022")


def records_of(case: dict[str, Any]) -> Iterator[Record]:
    number = 0
    for stated in case["records"]:
        for more in _spread(case, stated):
            number += 1
            yield _record(f"r{number:04}", {**stated, **more}, term_of(case).start)


def _spread(case: dict[str, Any], stated: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What differs from one to the next of the records that one line stands for."""
    for field, count in stated.get("named", {}).items():
        first = stated.get("after", 0) + 1
        yield from ({field: f"{field}-{number}"} for number in range(first, first + count))
    for month in case.get("months", ()):
        yield from ({"day": date(2023, month, 10 + turn)} for turn in range(stated["times"]))
    for county, count in zip(COUNTIES, case.get("counties", ()), strict=False):
        yield from ({"in": {"city": "640100", "county": county}} for _ in range(count))
    for field, amounts in case.get("amounts", {}).items():
        shared_out = zip(COUNTIES, amounts, strict=True)
        yield from ({field: amount, "in": {"county": county}} for county, amount in shared_out)
    if not {"named"} & set(stated) and not {"months", "counties", "amounts"} & set(case):
        yield from ({} for _ in range(stated.get("times", 1)))


def _record(number: str, stated: dict[str, Any], start: date) -> Record:
    values = {name: _value(value) for name, value in stated.items() if name not in WORDS_APART}
    if "of" in stated:
        values["kind"] = stated["of"]
    return Record(
        id=number,
        kind=stated["kind"],
        project="p",
        start=stated.get("day", start),
        values=values,
        areas=stated.get("in", {}),
        verified_by="乙" if stated.get("verified", True) else None,
        has_evidence=stated.get("evidence", True),
    )


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and value.replace(".", "").isdigit():
        return Decimal(value)
    return value


def setting_of(case: dict[str, Any]) -> Setting:
    is_by_county = bool({"counties", "amounts"} & set(case))
    return Setting(
        project="p",
        on=case.get("on", term_of(case).end),
        term=term_of(case),
        year=case.get("year", 2022 if _is_2022(case) else 2023),
        areas=case.get("areas", {"county": COUNTIES} if is_by_county else {}),
        figures=case.get("figures", {}),
        promised=case.get("promised", {}),
        tolerance_percent=case.get("tolerance"),
    )


def judged(case: dict[str, Any]) -> Judgement:
    targets = targets_of(case["call"])
    if "whole" in case:
        targets = [target for target in targets if target.id in case["whole"]]
    return judge(targets, Index(records_of(case), fact_words()), setting_of(case))


def number(stated: Any) -> Any:
    return Fraction(stated) if isinstance(stated, str) else stated


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['n']}-{case['call']}-{case['line']}")
def test_the_answer_is_the_one_worked_out_by_hand(case):
    judgement = judged(case)

    if "target" not in case:
        groups = {group.name: group.progress for group in judgement.alternatives}
        assert (groups[case["group"]] if "group" in case else judgement.progress) == case["is"]
    else:
        result = judgement.of(case["target"])
        short = 0 if case["is"] == "met" else number(case.get("short", result.shortfall))
        assert (result.progress, result.value, result.shortfall) == (case["is"], number(case["value"]), short)
        if "near" in case:
            assert Counter(reason.code for near in result.nearly for reason in near.reasons) == case["near"]
    for also, (progress, value) in case.get("also", {}).items():
        assert (judgement.of(also).progress, judgement.of(also).value) == (progress, number(value))


def test_every_line_named_is_the_line_of_its_target():
    wrong = [
        case["n"]
        for case in CASES
        if "target" in case
        for target in targets_of(case["call"])
        if target.id == case["target"] and target.source.place.line != case["line"]
    ]

    assert wrong == []
    assert len(CASES) >= 40
