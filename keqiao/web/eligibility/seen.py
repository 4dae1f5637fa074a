"""What a rule saw, in words (单位类型：学会；级别：市级), so that whoever reads it can tell a wrong fact at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from keqiao.core.findings import Value
from keqiao.core.rules.asking import RECORD
from keqiao.core.rules.missing import REGISTERS
from keqiao.readers.messages import Language, sentences
from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.parties.showing import level_label
from keqiao.web.ui.templatetags.shell import cn_date

FACT, ITEM, REGISTER = "word.eligibility_fact.", "word.eligibility_item.", "word.eligibility_register."
CODED = {"state": "word.eligibility_state.", "outcome": "word.eligibility_outcome."}
DAYS = frozenset({"since", "until", "registered_on", "birth_date", "on"})
LIMITS = ("max", "held", "applied")
JOINED = {"zh": "、", "en": ", "}


@dataclass(frozen=True, slots=True)
class SeenFact:
    """A fact and its value, both in the language of the page. ``whose`` is empty for the applicant itself."""

    whose: str
    name: str
    value: str


def seen_in_words(seen: Mapping[str, Value]) -> tuple[SeenFact, ...]:
    """Return what was seen as far as it says something to a reader, in the order in which rules looked.

    Ids, the day of asking and what stands in for an answer are left out.
    """
    return tuple(_facts(seen, "en" if (get_language() or "").startswith("en") else "zh"))


def _facts(seen: Mapping[str, Value], language: Language) -> Iterator[SeenFact]:
    for label, value in seen.items():
        register = label.removeprefix("records.")
        if register in REGISTERS and isinstance(value, int):
            yield SeenFact("", _word(REGISTER + register, language), str(value))
            continue
        whose, fact = _place(label, language)
        name = _name(fact, language)
        said = _said(fact.partition(".")[0], value, language)
        if name and said:
            yield SeenFact(whose, name, said)


def _place(label: str, language: Language) -> tuple[str, str]:
    """Whose fact a label means, in words, and which one; no fact where it is none that can be shown."""
    if label in LIMITS:
        return "", label
    root, _, rest = label.partition(".")
    if root == "applicant":
        return "", rest
    if root == "subjects":
        body, _, fact = rest.partition(".")
        return (_word("word.eligibility_record", language) if body == RECORD[1] else body), fact
    return _word(ITEM + root, language), rest if ITEM + root in sentences() else ""


def _name(fact: str, language: Language) -> str:
    first, _, rest = fact.partition(".")
    if first in ("traits", "counts"):
        return rest
    words = (
        (_word(FACT + first, language), _word(FACT + rest, language))
        if rest
        else (_word(FACT + first, language),)
    )
    return " ".join(words) if all(words) else ""


def _word(code: str, language: Language) -> str:
    return sentences()[code][language] if code in sentences() else ""


def _said(fact: str, value: Value, language: Language) -> str:
    """A value as it is read; a fact that several have is said for each, one after the other."""
    if isinstance(value, tuple):
        between = "" if fact == "areas" and language == "zh" else JOINED[language]
        return between.join(filter(None, (_said(fact, each, language) for each in value)))
    if isinstance(value, bool):
        return _word(f"word.eligibility_{'yes' if value else 'no'}", language)
    return "" if value is None else _text(fact, str(value), language)


def _text(fact: str, text: str, language: Language) -> str:
    """Codes and days in words, all else as it stands."""
    if fact == "kind":
        return organisation_kinds()[text].label(language)
    if fact == "level":
        return level_label(text)
    if fact in DAYS:
        return cn_date(date.fromisoformat(text))
    return _word(CODED[fact] + text, language) if fact in CODED else text
