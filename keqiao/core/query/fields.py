"""What a list can be asked: its keys with all their names, and what kind of value each takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a key is compared with.

    ``text`` holds the words; ``choice`` one of a closed list; ``number`` a whole number; ``money`` an amount in yuan
    (in fen inside); ``day`` a day, month or year; ``truth`` yes or no.
    """

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    TRUTH = "truth"


ORDERED = frozenset({Kind.NUMBER, Kind.MONEY, Kind.DAY})
"""Kinds whose values have an order, so that ``>`` and ranges mean something."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list: its code and the words people may type for it, the usual one first."""

    code: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One key. ``name`` is that of code and saved views, ``words`` what people may type, the usual one first.

    ``optional``: rows may have no value, so that ``无:key`` can be asked.
    """

    name: str
    words: tuple[str, ...]
    kind: Kind = Kind.TEXT
    choices: tuple[Choice, ...] = ()
    optional: bool = False


YES = Choice("yes", ("是", "yes", "有"))
NO = Choice("no", ("否", "no", "无"))


class Fields:
    """The keys of one list, found by any of their names, whatever the letters' case."""

    def __init__(self, fields: Sequence[Field]) -> None:
        """Take the keys.

        Raises:
            ValueError: two of them answer to the same word.
        """
        self._by_word: dict[str, Field] = {}
        for field in fields:
            for word in {field.name.casefold(), *(word.casefold() for word in field.words)}:
                if word in self._by_word:
                    raise ValueError(f"two keys are called {word}")
                self._by_word[word] = field
        self._fields = tuple(fields)

    def __iter__(self) -> Iterator[Field]:
        return iter(self._fields)

    def called(self, word: str) -> Field | None:
        """The key with this name, or nothing."""
        return self._by_word.get(word.casefold())


def choices_of(field: Field) -> tuple[Choice, ...]:
    """The values a key can have where they are a closed list; yes and no need not be listed."""
    return (YES, NO) if field.kind is Kind.TRUTH and not field.choices else field.choices
