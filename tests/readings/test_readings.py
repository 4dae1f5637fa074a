"""Whole documents are read as their keys say, the same from every file format, and the same each time."""

from pathlib import Path

import pytest
import yaml

from keqiao.core.guides.flat import flat
from keqiao.core.guides.reading import read_call
from keqiao.readers.document import read_document
from keqiao.readers.vocabulary import guide_vocabulary
from tests.readings.documents import (
    INVENTED,
    KEYS,
    NOTICES,
    REAL,
    SECOND,
    VARIANTS,
    document,
    export_of,
    reading_of,
)
from tests.readings.scoring import facts, score

INVENTED_MIN, SECOND_MIN, REAL_MIN = 0.93, 0.85, 0.97
VARIANT_KEYS = yaml.safe_load((KEYS / "variants.yaml").read_text(encoding="utf-8"))


def said(file: Path) -> list[str]:
    """All facts of a file, sorted, to compare formats."""
    return sorted(map(str, facts(export_of(file))))


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_notice_is_read_as_its_key_says_from_every_format(name):
    found = document(name)
    scores = {file.name: score(found.expected(), export_of(file)) for file in found.files}
    assert {name: s for name, s in scores.items() if s.f1 < INVENTED_MIN} == {}


@pytest.mark.parametrize("name", SECOND)
def test_a_notice_of_the_second_set_is_read_as_its_key_says_from_every_format(name):
    """Written to be unlike the first set, in the words of other offices; what is missed stays for a person."""
    found = document(name)
    scores = {file.name: score(found.expected(), export_of(file)) for file in found.files}
    assert {name: s for name, s in scores.items() if s.f1 < SECOND_MIN} == {}


@pytest.mark.parametrize("name", INVENTED + SECOND)
def test_twins_of_a_notice_state_the_same_facts(name):
    first, *others = document(name).files
    assert [said(file) for file in others] == [said(first)] * len(others)


@pytest.mark.seeds
@pytest.mark.parametrize("name", REAL)
def test_a_real_call_is_read_as_its_key_says_from_every_format(name):
    found = document(name)
    scores = {file.name: score(found.expected(), export_of(file)) for file in found.files}
    assert len(scores) == 3
    assert {name: s for name, s in scores.items() if s.f1 < REAL_MIN} == {}


@pytest.mark.seeds
@pytest.mark.parametrize("name", REAL)
def test_a_real_call_states_the_same_facts_in_every_format(name):
    first, *others = document(name).files
    assert [said(file) for file in others] == [said(first)] * len(others)


@pytest.mark.seeds
def test_automatic_numbers_of_a_word_file_read_like_typed_ones(seeds):
    found = document("henan-2023")
    numbered = seeds / "henan-2023-numbered.docx"
    assert score(found.expected(), export_of(numbered)).f1 >= REAL_MIN
    assert said(numbered) == said(found.main)


@pytest.mark.seeds
@pytest.mark.parametrize("name", REAL)
def test_every_fact_shows_words_that_stand_in_the_document(name):
    file = document(name).main
    lines = file.read_text(encoding="utf-8").split("\n")
    wrong = []
    for fact in export_of(file)["report"]["facts"]:
        at = fact["place"]
        if fact["words"] not in "\n".join(lines[at["line"] - 1 :][:1]):
            wrong.append((at["line"], fact["words"]))
    made = [words for _, words in wrong if not words[:1].isdigit()]  # a cell's number takes its header's unit
    assert made == []


@pytest.mark.parametrize("name", VARIANTS)
def test_a_one_page_document_is_told_apart_before_it_is_read(name):
    assert export_of(NOTICES / "variants" / name)["document"]["kind"] == VARIANT_KEYS[name]["kind"]


@pytest.mark.parametrize("name", [n for n in VARIANTS if "issue_date" in VARIANT_KEYS[n]])
def test_a_one_page_document_has_its_date_of_issue(name):
    assert (
        export_of(NOTICES / "variants" / name)["document"]["issue_date"] == VARIANT_KEYS[name]["issue_date"]
    )


@pytest.mark.parametrize("name", [n for n in VARIANTS if "deadline" in VARIANT_KEYS[n]])
def test_a_one_page_document_has_its_deadline(name):
    stated = export_of(NOTICES / "variants" / name)["document"]["deadline"]
    assert stated[:10] == VARIANT_KEYS[name]["deadline"]


@pytest.mark.parametrize("name", INVENTED)
def test_reading_twice_gives_the_same(name):
    file = document(name).main
    assert flat(read_call(read_document(file), guide_vocabulary())) == flat(reading_of(file))
