"""Reasons why a record does not count, in words."""

import re
from pathlib import Path

from keqiao.core.findings import Finding, Weight
from keqiao.readers.messages import sentences
from keqiao.readers.record_reasons import say_reason

TARGETS = Path(__file__).parents[2] / "keqiao" / "core" / "targets"


def test_a_reason_calls_the_field_by_its_name_in_both_languages():
    short = Finding(
        "target_record.too_little", Weight.WARN, {"field": "minutes", "has": "2.5", "bound": "3分钟"}
    )

    assert say_reason(short) == "时长（分钟）为 2.5，未达到 3分钟。"
    assert say_reason(short, "en") == "Minutes is 2.5, below 3分钟."


def test_a_reason_without_a_field_is_said_as_it_stands():
    assert say_reason(Finding("target_record.no_evidence", Weight.WARN)) == "没有佐证材料。请补交。"


def test_every_reason_and_remark_of_the_core_has_a_sentence():
    code = "".join(path.read_text(encoding="utf-8") for path in TARGETS.glob("*.py"))
    named = re.findall(r'(?:_reason|remark)\(\s*"(\w+)"', code)
    lacks = re.findall(r'"(\w+_(?:unknown|empty))"', code)
    said = {
        code.partition(".")[2]
        for code in sentences()
        if code.startswith(("target_record.", "target_result."))
    }

    assert {"not_verified", "base_unknown"} <= set(named)
    assert {*named, *lacks} - said == set()
