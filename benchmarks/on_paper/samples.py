"""Applications that are put on paper, each with words of its own, and what a file of them must say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from keqiao.core.forms.paper import Paper, paper_of
from keqiao.core.forms.specification import Specification
from tests.writers.forms.specifications import one_of_each_form

DOCUMENTS = 8


class Wrong(Exception):
    """A file does not say what it must."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One application: the form, its answers, and its paper."""

    specification: Specification
    answers: Mapping[str, Any]
    paper: Paper


def samples(start: int) -> list[Sample]:
    """Applications to different forms; ``start`` makes their words different from those of all other rounds."""
    made = []
    for number, (specification, said) in zip(range(DOCUMENTS), one_of_each_form(), strict=False):
        numbered = count(start * 1000 + number * 100)
        answers = {key: varied(value, numbered) for key, value in said.items()}
        paper = paper_of(specification, answers, to_fill=False)
        made.append(Sample(specification, answers, paper))
    return made


def varied(value: Any, numbers: Iterator[int]) -> Any:
    """Answers in which each longer text bears a number of its own."""
    if isinstance(value, dict):
        return {
            key: each
            if key in {"target", "metric", "op", "unit", "file", "digest", "version"}
            else varied(each, numbers)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [each if isinstance(each, str) else varied(each, numbers) for each in value]
    is_words = isinstance(value, str) and len(value) >= 12 and not value.isascii()
    return f"{value}（{next(numbers)}）" if is_words else value


def words_of(paper: Paper) -> list[str]:
    """Every line that stands in a cell."""
    return [said for cell in paper.cells() for said in cell.words.splitlines() if said.strip()]


def missing_in(text: str, paper: Paper) -> list[str]:
    """The lines that the text of a file lacks, gaps apart."""
    plain = squeezed(text)
    return [said for said in words_of(paper) if squeezed(said) not in plain]


def squeezed(text: str) -> str:
    """Text without gaps and marks that nobody sees."""
    return "".join(text.replace("\u200b", "").split())


def require(sample: Sample, missing: list[str], what: str) -> None:
    """Stop where something is missing."""
    if missing:
        raise Wrong(f"{sample.specification.form.id}, {what}: {missing[:3]}")
