"""What words that a person has picked out of a document say, taken to be of the kind that the person names.

The person has decided what the words are about; the readers of the guides only take the values out of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from keqiao.core.guides.applicants import ApplicantReader
from keqiao.core.guides.blocks import Paragraph, Place
from keqiao.core.guides.contacts import read_contacts
from keqiao.core.guides.facts import Fact
from keqiao.core.guides.flat import stated_by
from keqiao.core.guides.lines import paragraph_lines
from keqiao.core.guides.money import read_money
from keqiao.core.guides.particulars import read_particulars
from keqiao.core.guides.rules import read_rules
from keqiao.core.guides.schedule import Clock, read_completion, read_deadlines
from keqiao.core.guides.targets import TargetReader
from keqiao.core.guides.tree import Category
from keqiao.core.guides.vocabulary import Vocabulary

_NAME: Final = "·"
"""The category that the words are read for; it only has to have a name."""

Reader = Callable[[Category, Vocabulary, Clock], list[Fact]]


def facts_in(words: str, kind: str, vocabulary: Vocabulary, clock: Clock, *, at: Place) -> Mapping[str, Any]:
    """Return what ``words`` state if they are about ``kind``, in the shape of one category of the flat export.

    ``kind`` is a name of ``KINDS``, ``at`` the place that citations name. Amounts are in yuan. What cannot be
    read is left out; without any value the mapping is empty. Years that are not written come from ``clock``.

    Raises:
        KeyError: ``kind`` is not one of ``KINDS``.
    """
    slot, reader = KINDS[kind]
    category = Category(_NAME)
    category.put(slot, [line.piece() for line in paragraph_lines(Paragraph(words.strip(), at))])
    return stated_by(reader(category, vocabulary, clock))


def _money(category: Category, vocabulary: Vocabulary, _clock: Clock) -> list[Fact]:
    return [fact for fact in read_money(category, vocabulary.counts) if fact.kind == "funding"]


def _places(category: Category, vocabulary: Vocabulary, _clock: Clock) -> list[Fact]:
    return [fact for fact in read_money(category, vocabulary.counts) if fact.kind == "slots"]


def _deadline(category: Category, _vocabulary: Vocabulary, clock: Clock) -> list[Fact]:
    labelled = [("deadline", piece) for piece in category.slots.get("deadline", [])]
    due = read_deadlines(labelled, clock)
    return [Fact("deadline", category.path, {"deadline": due[-1].moment.iso()}, due[-1].words)] if due else []


def _completion(category: Category, _vocabulary: Vocabulary, clock: Clock) -> list[Fact]:
    return read_completion(category, clock)


def _targets(category: Category, vocabulary: Vocabulary, _clock: Clock) -> list[Fact]:
    return [_without_empty_name(fact) for fact in TargetReader(vocabulary).read(category)]


def _without_empty_name(fact: Fact) -> Fact:
    """Where only a number was picked out the reader names it after itself or its category: that says nothing."""
    if fact.value["metric_zh"] not in (fact.words.line.text, _NAME):
        return fact
    return replace(fact, value={**fact.value, "metric_zh": ""})


def _unit_limit(category: Category, _vocabulary: Vocabulary, _clock: Clock) -> list[Fact]:
    return [fact for fact in read_particulars(category) if fact.kind == "per_unit_limit"]


def _rules(category: Category, vocabulary: Vocabulary, _clock: Clock) -> list[Fact]:
    return read_rules(category, vocabulary.recognisers, vocabulary.counts, ())


def _applicants(category: Category, vocabulary: Vocabulary, _clock: Clock) -> list[Fact]:
    return ApplicantReader(vocabulary.applicant_words).read(category)


def _contacts(category: Category, _vocabulary: Vocabulary, _clock: Clock) -> list[Fact]:
    return read_contacts(category.slots.get("contact", []), category.path)


KINDS: Final[Mapping[str, tuple[str, Reader]]] = {
    "money": ("money", _money),
    "places": ("places", _places),
    "deadline": ("deadline", _deadline),
    "completion": ("completion", _completion),
    "target": ("targets", _targets),
    "unit_limit": ("conditions", _unit_limit),
    "rule": ("conditions", _rules),
    "applicants": ("applicants", _applicants),
    "contact": ("contact", _contacts),
}
"""Kind → the slot of a category in which such words stand, and who reads them there."""
