"""In which case targets are judged: whose, when, where, against which figures, by which choices of the office."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from keqiao.core.programme.facts import Number

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """From the first to the last day, both inside.

    Raises:
        ValueError: it ends before it starts.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a term without a day."""
        if self.end < self.start:
            raise ValueError(f"a term from {self.start} to {self.end} has no day")

    def until(self, day: date) -> "Term | None":
        """The part of it up to ``day``; None where nothing is left."""
        return Term(self.start, min(self.end, day)) if day >= self.start else None


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of one project on the day ``on``; what is missing here is unknown and never guessed.

    ``term``: the project's first and last day. ``year``: that of the call. ``areas``: by group or area of a target the
    codes of the regions meant (``county``: all counties that each have to reach a floor); ``area_counts``: how many
    there are where only that is known. ``figures``: base figures by the words by which targets name them. ``promised``:
    what was agreed in place of the call's value (a higher promise, the share of a partial award), by target.
    ``tolerance_percent``: what the office takes for 左右. ``shares_of_one_payer``: may a record that was entered for
    one project of a payer count for another project of the same payer?
    """

    project: str
    on: date
    term: Term | None = None
    year: int | None = None
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    area_counts: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, Number] = field(default_factory=dict)
    promised: Mapping[str, Number] = field(default_factory=dict)
    tolerance_percent: Number | None = None
    payer: str | None = None
    shares_of_one_payer: bool = False
