"""Reads the columns of summary tables (``keqiao/data/vocabulary/summary_columns.yaml``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """A column: what it is, its words, what stands in it (``Kind`` of the writer), its share of the width.

    ``is_known`` is false for a column that only its call knows: it stays empty, to be written in by hand.
    """

    key: str
    zh: str
    en: str
    kind: str
    share: float
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class SummaryColumns:
    """All columns by key, by each of their labels, and the table for calls that state none."""

    by_key: Mapping[str, ColumnWords]
    by_label: Mapping[str, str]
    general: tuple[ColumnWords, ...]

    def named(self, labels: Iterable[str]) -> tuple[ColumnWords, ...]:
        """Return the columns of a table that a call states, under the labels that it gives them."""
        return tuple(self._named(place, label) for place, label in enumerate(labels))

    def _named(self, place: int, label: str) -> ColumnWords:
        known = self.by_key.get(self.by_label.get(label.strip(), ""))
        if known is None:
            return ColumnWords(f"own{place}", label, label, "text", 1.0, is_known=False)
        en = known.en if label.strip() == known.zh else label
        return ColumnWords(known.key, label, en, known.kind, known.share)


@cache
def summary_columns() -> SummaryColumns:
    """Return the columns, read once."""
    text = files("keqiao.data").joinpath("vocabulary", "summary_columns.yaml").read_text(encoding="utf-8")
    read = YAML(typ="safe", pure=False).load(text)
    entries = read["columns"]
    by_key = {
        key: ColumnWords(key, said["zh"], said["en"], said["kind"], said["share"])
        for key, said in entries.items()
    }
    labels = {label: key for key, said in entries.items() for label in (said["zh"], *said["also"])}
    general = tuple(by_key[key] for key in read["general"])
    return SummaryColumns(MappingProxyType(by_key), MappingProxyType(labels), general)
