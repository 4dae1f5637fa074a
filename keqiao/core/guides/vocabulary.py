"""The words the guides know, as a value; ``keqiao.readers.vocabulary`` reads it from ``data/vocabulary``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from keqiao.core.guides.quantities.counts import CountGrammar
from keqiao.core.guides.rules.recognisers import Recogniser, RuleWords, recognisers

_OPENS = r"(?::| (?=[^ ]{4})|(?=不超过|最高|每[个项人家所]|共\d|\d))"
"""What may stand behind a label: its colon, a space in its place, or an amount right away."""

_ACTS = "奖补|资助|支持|申报|征集|托举|推荐|遴选|立项"
_THINGS = "课题|项目|选题|人选|专项|重点|内容"
_ORDERS = "类别|种类|类型|方向|范围|设置|安排|名额"
_GENERIC = re.compile(
    rf"^(?:(?:{_ACTS})+(?:{_THINGS})|(?:{_ACTS}|{_THINGS}|{_ORDERS}|[与及和、])*(?:{_ORDERS})(?:[与及和、](?:{_THINGS}|{_ORDERS}))?)$"
)

COLUMN_SLOTS = frozenset({"category", "name", "serial", "remarks", "code"})
"""Slots that only a table's header opens; in running text these words are part of names."""


@dataclass(frozen=True)
class Vocabulary:
    """Word lists of ``guides.yaml``: labels by slot, headings, units, verbs, kinds of applicants and documents."""

    units: Sequence[str]
    labels: Mapping[str, Sequence[str]]
    containers: Sequence[str]
    sections: Sequence[str]
    verbs: Sequence[str]
    light_verbs: Sequence[str]
    periods: Sequence[str]
    pers: Sequence[str]
    applicant_words: Sequence[str]
    document_kinds: Mapping[str, Sequence[str]]
    suffixes: Mapping[str, Sequence[str]]
    rules: tuple[RuleWords, ...]
    roles: tuple[str, ...]
    forms: Sequence[str]
    guides: Sequence[str]

    @cached_property
    def counts(self) -> CountGrammar:
        """The count grammar over ``units``."""
        return CountGrammar(self.units)

    @cached_property
    def recognisers(self) -> Sequence[Recogniser]:
        """The recognisers of rules."""
        return recognisers(self.rules, self.roles)

    @cached_property
    def slot_of_label(self) -> dict[str, str]:
        """Label → slot; the first slot that lists a label owns it."""
        found: dict[str, str] = {}
        for slot, words in self.labels.items():
            for word in words if slot not in COLUMN_SLOTS else ():
                found.setdefault(word, slot)
        return found

    @cached_property
    def slot_of_column(self) -> dict[str, str]:
        """Header of a table column → slot; the labels of text are known there too."""
        columns = {word: slot for slot in COLUMN_SLOTS for word in self.labels.get(slot, ())}
        return {**self.slot_of_label, **columns}

    @cached_property
    def label_pattern(self) -> re.Pattern[str]:
        """One or more labels joined by 与, 及, 和, 、 (``申报对象与条件``), the longest first."""
        word = "|".join(re.escape(w) for w in sorted(self.slot_of_label, key=len, reverse=True))
        return re.compile(
            rf"(?P<first>{word})(?:(?:以及|与|及|和|、)(?P<second>{word}))?(?:(?:以及|与|及|和|、)(?P<third>{word}))?"
        )

    @cached_property
    def inline_labels(self) -> re.Pattern[str]:
        """A label with its colon at the start of a line or behind a stop: ``…。考核指标：``."""
        word = "|".join(re.escape(w) for w in sorted(self.slot_of_label, key=len, reverse=True))
        return re.compile(rf"(?:^|(?<=[。;,， ]))(?P<label>(?:{word})(?:(?:与|及|和)(?:{word}))?){_OPENS}")

    def slot_of_suffix(self, heading: str) -> str:
        """Return the slot that a short numbered heading opens by its last word (``被托举人条件``), or ``""``."""
        for slot, words in self.suffixes.items():
            if any(heading.endswith(word) and heading != word for word in words):
                return slot
        return ""

    def is_container(self, title: str) -> bool:
        """Tell whether a heading only holds categories (``项目内容及要求``): a known one, or generic words only."""
        return title in self._containers or (len(title) >= 4 and bool(_GENERIC.match(title)))

    def is_section(self, title: str) -> bool:
        """Tell whether a heading is about procedure (``组织实施``)."""
        return title in self._sections

    @cached_property
    def _containers(self) -> frozenset[str]:
        return frozenset(self.containers)

    @cached_property
    def _sections(self) -> frozenset[str]:
        return frozenset(self.sections)
