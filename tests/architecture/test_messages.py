"""The sentence of every finding stands in both languages, with the same values."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from tests.architecture.tree import files, shown

LANGUAGES = ("zh", "en")


def faults_in(sentences: Mapping[str, Any]) -> Iterator[str]:
    for code, said in sentences.items():
        zh, en = (parts_of((said or {}).get(language)) for language in LANGUAGES)
        if not (zh and en):
            yield f"{code}: no sentence in {'zh' if en else 'en'}"
        elif zh.keys() != en.keys():
            yield f"{code}: only one language has the part {', '.join(sorted(zh.keys() ^ en.keys()))}"
        elif differing := sorted(name for part in zh for name in zh[part] ^ en[part]):
            yield f"{code}: only one language has {', '.join(differing)}"


def parts_of(said: Any) -> dict[str, frozenset[str]]:
    """The names of the values that a sentence takes, part by part where it has parts (subject and text)."""
    parts = said if isinstance(said, Mapping) else {"": said}
    return {part: values_in(text) for part, text in parts.items() if str(text or "").strip()}


def values_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def message_files() -> list[Path]:
    return list(files(".yaml", under="keqiao/data/messages"))


def sentences_in(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def test_every_sentence_stands_in_both_languages():
    assert message_files() != []
    assert [fault for path in message_files() for fault in faults_in(sentences_in(path))] == []


def test_no_code_has_two_sentences():
    homes: dict[str, str] = {}
    for path in message_files():
        for code in sentences_in(path):
            assert homes.setdefault(code, shown(path)) == shown(path), code


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"zh": "上限为{limit}个"}, "no sentence in en"),
        ({"zh": " ", "en": "The limit is {limit}"}, "no sentence in zh"),
        ({"zh": "上限为{limit}个", "en": "The limit is {limits}"}, "only one language has limit, limits"),
        (
            {"zh": {"text": "甲", "subject": "乙"}, "en": {"text": "A"}},
            "only one language has the part subject",
        ),
        ({"zh": {"text": "{a}"}, "en": {"text": "A"}}, "only one language has a"),
    ],
)
def test_a_planted_fault_is_found(said, found):
    assert list(faults_in({"x": said})) == [f"x: {found}"]
