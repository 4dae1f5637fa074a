"""Records of what was done, as activities and registers hold them: entered once, counted by every target they meet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

Exact = int | Fraction
"""A number without rounding."""

Given = int | Decimal | Fraction | str | tuple[str, ...]
"""What a field of a record holds: a number, words, or several words (a person may have several roles)."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a kind of ``data/vocabulary/facts.yaml``.

    ``values`` are its fields; one that is missing is unknown, which is neither nought nor "no". Numbers are exact and
    not negative, in the unit of their field. ``start`` and ``end`` are its first and last day (Asia/Shanghai; ``end``
    None: one day; ``start`` None: unknown). ``areas`` are the regions in which it took place, by level (``city``,
    ``county`` …), as far as they are known. ``project`` is the one it was entered for, ``payer`` who pays for that;
    ``shared_with`` are other projects that refer to it.

    Raises:
        ValueError: a number is negative or a float, or the last day lies before the first.
    """

    id: str
    kind: str
    project: str
    start: date | None = None
    end: date | None = None
    values: Mapping[str, Given] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    payer: str | None = None
    shared_with: frozenset[str] = frozenset()
    verified_by: str | None = None
    has_evidence: bool = False

    def __post_init__(self) -> None:
        """Refuse what no count could use."""
        for name, value in self.values.items():
            if isinstance(value, float | bool) or (not isinstance(value, str | tuple) and value < 0):
                raise ValueError(f"{self.id}: {name} is {value!r}; it has to be exact and not below 0")
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"{self.id}: ends on {self.end}, before it starts on {self.start}")

    @property
    def last(self) -> date | None:
        """The day on which it was done: the last one."""
        return self.end or self.start

    def number(self, name: str) -> Exact | None:
        """The number in a field; None where it is unknown or holds words."""
        value = self.values.get(name)
        if isinstance(value, Decimal):
            return Fraction(value)
        return None if isinstance(value, str | tuple) else value

    def words(self, name: str) -> tuple[str, ...]:
        """The words in a field, none where they are unknown."""
        value = self.values.get(name)
        if isinstance(value, str):
            return (value,) if value.strip() else ()
        return value if isinstance(value, tuple) else ()
