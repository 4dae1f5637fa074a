"""The sentences of findings: every code that is used has one, with values that the finding gives."""

import re
from pathlib import Path

import pytest

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme import validate
from keqiao.readers.messages import say, sentence, sentences
from tests.core.programme.sound import with_change

USED = re.compile(r'"((?:programme|definition)\.[a-z_]+)"')
BUILT = {f"programme.{name}_missing" for name in ("year", "region", "issuers")} | {
    f"programme.{name}"
    for name in (
        "opens_after_deadline",
        "completion_before_deadline",
        "term_past_completion",
        "endorsement_days_fall",
    )
}


def used_codes():
    places = [Path("keqiao/core/programme/validation"), Path("keqiao/readers")]
    files = [path for place in places for path in place.rglob("*.py")]
    return {code for path in files for code in USED.findall(path.read_text("utf-8"))} | BUILT


def test_every_code_that_is_used_has_a_sentence_and_no_sentence_is_unused():
    said = {code for code in sentences() if code.startswith(("programme.", "definition."))}

    assert used_codes() == said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_findings_give_the_values_that_their_sentences_need(language):
    changes = [
        (("form",), "form-2"),
        (("kind",), "award"),
        (("deadline", "on"), "2031-xx-xx"),
        (("office_list",), None),
    ]
    for at, value in changes:
        for finding in validate(with_change(at, value), for_publication=True):
            assert "{" not in say(finding, language)


def test_words_inside_a_sentence_follow_its_language():
    values = {"where": "甲", "what": "word.forms", "id": "f"}

    assert (
        sentence("programme.reference_missing", values)
        == "“甲”：引用的表格“f”不存在。请补上该项，或改正编号。"
    )
    assert sentence("programme.reference_missing", values, "en").startswith(
        "甲: there is no “f” among the forms."
    )


def test_a_sentence_without_its_values_is_an_error():
    with pytest.raises(KeyError):
        sentence("programme.reference_missing", {})
    with pytest.raises(KeyError):
        say(Finding("programme.unheard_of", Weight.WARN))


def test_a_quotation_inside_a_quoted_value_takes_single_marks():
    values = {"where": "“科创甲市”行动 / 乙", "what": "类别", "id": "c1"}

    assert sentence("programme.id_repeated", values).startswith("“‘科创甲市’行动 / 乙”：类别的编号“c1”")


def test_a_moment_is_said_on_the_clocks_of_the_reader_and_nothing_else_is_taken_for_one():
    values = {"deadline": "2026-11-22T17:30:00+08:00", "arrived": "2026-11-22T09:30:05+00:00", "late": 5}

    assert sentence("application.late", values) == (
        "申报截止时间是2026年11月22日 17:30，本次提交于2026年11月22日 17:30到达，晚了5秒，不能受理。"
    )
    assert sentence("application.late", values, "en").startswith(
        "The deadline was 22 Nov 2026 17:30. This submission arrived at 22 Nov 2026 17:30, 5 seconds late"
    )
    named = {"where": "2026-11-22T17:30:00", "what": "类别", "id": "见 2026-11-22T17:30:00+08:00"}
    assert sentence("programme.id_repeated", named).startswith(
        "“2026-11-22T17:30:00”：类别的编号“见 2026-11-22T17:30:00+08:00”"
    )
