"""What pages show of records: words and marks, so that templates decide nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.core.lifecycle.activity import TABLE, ActivityState
from keqiao.readers.fact_kinds import fact_words
from keqiao.readers.lifecycle_words import Language, case_words
from keqiao.web.activities.measuring import UNREADABLE
from keqiao.web.activities.models import Activity, EvidenceUse
from keqiao.web.activities.queries import Elsewhere

S = ActivityState
STATE_KINDS = {
    S.PLANNED: "",
    S.FILED: "",
    S.POSTPONED: "warn",
    S.HELD: "active",
    S.REPORTED: "active",
    S.RETURNED: "warn",
    S.VERIFIED: "done",
    S.LOCKED: "done",
    S.NOT_COUNTED: "refuse",
    S.CANCELLED: "",
}
SIXTY = 60


@dataclass(frozen=True, slots=True)
class Measured:
    """A length read from a file beside what was typed: they differ, or one of them is not known."""

    label: str
    read: str
    typed: str = ""
    differs: bool = False


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """One piece of evidence on a page, what was read from it, and the records that the same file serves besides."""

    use: EvidenceUse
    measured: Sequence[Measured]
    waits: bool
    unreadable: bool
    also: Sequence[Elsewhere]

    @property
    def is_elsewhere(self) -> bool:
        """Does it serve a record of another project?"""
        return any(each.other_project for each in self.also)


def language() -> Language:
    """Return the language that is spoken now, as the vocabulary names it."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def state_words(state: str) -> str:
    """Return what a state is called."""
    return case_words(TABLE.case, language()).states[state]


def act_words(act: str) -> str:
    """Return what an act is called."""
    return case_words(TABLE.case, language()).acts[act]


def event_words(event: str) -> str:
    """Return what an event is called."""
    named = {said: act for act, said in TABLE.events.items()}
    if event in named:
        return act_words(named[event])
    return {
        "planned": _("登记计划"),
        "recorded": _("登记"),
        "evidence_added": _("添加证明材料"),
        "evidence_taken_away": _("移除证明材料"),
    }.get(event, event)


def kind_words(kind: str) -> str:
    """Return what a kind of record is called."""
    return fact_words().kinds[kind].name[language()]


def kind_choices() -> list[tuple[str, str]]:
    """Return all kinds of record with their names, in the order of the vocabulary."""
    return [(code, kind.name[language()]) for code, kind in fact_words().kinds.items()]


def values_shown(row: Activity) -> list[tuple[str, str]]:
    """Return the fields of a record with their names and units, those of its kind in their order."""
    words = fact_words()
    found = []
    for name in words.kinds[row.kind].fields:
        field, value = words.fields[name], row.values.get(name, "")
        text = "、".join(value) if isinstance(value, list) else str(value)
        unit = (field.unit or {}).get(language(), "") if text else ""
        found.append((field.name[language()], f"{text} {unit}".strip()))
    return found


def in_short(row: Activity) -> str:
    """Return what stands in the fields of a record, on one line."""
    return " · ".join(value for _name, value in values_shown(row) if value)


def evidence_shown(
    row: Activity, evidence: Sequence[EvidenceUse], also: Mapping[str, Sequence[Elsewhere]]
) -> list[ShownEvidence]:
    """Return evidence for a page."""
    return [
        ShownEvidence(
            use,
            measured_of(row, use.measured),
            waits=use.file is not None and use.measured_at is None,
            unreadable=bool(use.measured.get(UNREADABLE)),
            also=also.get(use.sha256, ()),
        )
        for use in evidence
    ]


def measured_of(row: Activity, measured: Mapping[str, Any]) -> list[Measured]:
    """Return what was read from a file beside what was typed, for the fields that the kind of record has."""
    words = fact_words()
    fields = words.kinds[row.kind].fields
    found = []
    for name, read in _readings(measured):
        if name not in fields:
            found.append(Measured(*_loose(name, read)))
            continue
        typed, field = str(row.values.get(name, "")), words.fields[name]
        unit = (field.unit or {}).get(language(), "")
        found.append(Measured(field.name[language()], f"{read} {unit}".strip(), typed, _differs(typed, read)))
    if pages := measured.get("pages"):
        found.append(Measured(_("页数"), str(pages)))
    return found


def _readings(measured: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    if seconds := measured.get("seconds"):
        found.append(("minutes", f"{(Decimal(seconds) / SIXTY).quantize(Decimal('0.01'), ROUND_HALF_UP)}"))
    if width := measured.get("width"):
        found.append(("orientation", "横版" if width >= measured["height"] else "竖版"))
    if characters := measured.get("characters"):
        found.append(("characters", str(characters)))
    return found


def _loose(name: str, read: str) -> tuple[str, str]:
    field = fact_words().fields[name]
    return field.name[language()], f"{read} {(field.unit or {}).get(language(), '')}".strip()


def _differs(typed: str, read: str) -> bool:
    """Is what was typed another value, at as many decimals as it was typed with?"""
    if not typed:
        return False
    try:
        given = Decimal(typed)
    except ArithmeticError:
        return typed != read
    return given != Decimal(read).quantize(Decimal(1).scaleb(int(given.as_tuple().exponent)), ROUND_HALF_UP)
