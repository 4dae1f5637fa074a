"""The reader's words without those that only one document uses: how well is that document read by the others' words?

For each document the vocabulary keeps a word, a label and a phrase of a rule only where some other of the documents
holds it. What then falls is what was written for that document alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from keqiao.core.guides.blocks import SourceDocument, Table
from keqiao.core.guides.flat import flat
from keqiao.core.guides.lines import items
from keqiao.core.guides.normal import normalise
from keqiao.core.guides.reading import read_call
from keqiao.core.guides.rules import RuleWords
from keqiao.core.guides.vocabulary import Vocabulary
from keqiao.readers.document import read_document
from tests.readings.documents import Document
from tests.readings.scoring import score

_SENTENCE_ENDS = re.compile(r"[;。\n]")
_LISTS = (
    "units",
    "containers",
    "sections",
    "verbs",
    "light_verbs",
    "periods",
    "pers",
    "applicant_words",
    "forms",
)


@dataclass(frozen=True)
class Comparison:
    """F1 of one document with all words, and with the words of the other documents only; how many words went."""

    name: str
    whole: float
    without: float
    left_out: int


def compare(found: Sequence[Document], vocabulary: Vocabulary) -> Iterator[Comparison]:
    """Yield one comparison for each document."""
    read = {document.name: read_document(document.main) for document in found}
    words = {name: words_of(source) for name, source in read.items()}
    for document in found:
        others = [text for name, text in words.items() if name != document.name]
        poorer = restricted(vocabulary, others)
        whole, without = (
            score(document.expected(), flat(read_call(read[document.name], known))).f1
            for known in (vocabulary, poorer)
        )
        yield Comparison(document.name, whole, without, size(vocabulary) - size(poorer))


def words_of(source: SourceDocument) -> str:
    """All words of a document, normalised, without spaces, one line or cell a line."""
    lines: list[str] = []
    for item in items(source):
        if isinstance(item, Table):
            lines += [normalise(cell.text).text for row in item.rows for cell in row]
        else:
            lines.append(item.text)
    return "\n".join(lines).replace(" ", "")


def restricted(vocabulary: Vocabulary, texts: Sequence[str]) -> Vocabulary:
    """The vocabulary with what occurs in ``texts`` only; suffixes and kinds of documents are left as they are."""
    lists = {name: _kept(getattr(vocabulary, name), texts) for name in _LISTS}
    labels = {slot: _kept(words, texts) for slot, words in vocabulary.labels.items()}
    sentences = [sentence for text in texts for sentence in _SENTENCE_ENDS.split(text)]
    rules = tuple(_rule(vocabulary, number, sentences) for number in range(len(vocabulary.rules)))
    return replace(vocabulary, labels=labels, rules=rules, **lists)


def _kept(words: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if any(word in text for text in texts))


def _rule(vocabulary: Vocabulary, number: int, sentences: Sequence[str]) -> RuleWords:
    words, patterns = vocabulary.rules[number], vocabulary.recognisers[number].patterns
    kept = [i for i, pattern in enumerate(patterns) if any(pattern.search(s) for s in sentences)]
    return replace(
        words,
        phrases=tuple(words.phrases[i] for i in kept),
        examples=tuple(words.examples[i] for i in kept),
    )


def size(vocabulary: Vocabulary) -> int:
    """How many words, labels and phrases a vocabulary holds."""
    labels: Mapping[str, Sequence[str]] = vocabulary.labels
    lists = sum(len(getattr(vocabulary, name)) for name in _LISTS)
    return lists + sum(map(len, labels.values())) + sum(len(rule.phrases) for rule in vocabulary.rules)
