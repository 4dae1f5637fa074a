"""What may be found out about one application: bars that nobody has settled, preferences, votes, parts."""

from dataclasses import dataclass
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme import effective
from keqiao.web.allocation.frozen import Frozen
from keqiao.web.allocation.gathering import preferences_at
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.naming import Names
from keqiao.web.allocation.parts import PartShown, parts_of
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.ui.templatetags.shell import say

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what was said of it before."""

    name: str
    words: str
    clause: str
    said: str


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """Everything that may be asked about one application. ``votes`` is None where no vote decides."""

    bars: tuple[Asked, ...]
    preferences: tuple[Asked, ...]
    parts: tuple[PartShown, ...]
    by_vote: bool
    votes: int | None

    @property
    def bar_kinds(self) -> list[str]:
        """The kinds of bars that are asked about."""
        return [each.name for each in self.bars]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the preferences."""
        return [int(each.name) for each in self.preferences]

    @property
    def part_ids(self) -> list[str]:
        """The ids of the parts."""
        return [each.id for each in self.parts]


def asked_about(decision: Decision, frozen: Frozen | None, row: Selection, names: Names) -> OpenFacts:
    """Return what may be found out about an application."""
    ready, application = ready_call(decision.revision_id), _application(row)
    path = ready.path(application.node)
    holds = effective(ready.programme, path)
    card = holds.scorecard.fact if holds.scorecard else None
    return OpenFacts(
        tuple(_bars(frozen, row)),
        tuple(
            Asked(str(number), each.words, _clause(each), _said(row.known.get("met", {}).get(str(number))))
            for number, each in enumerate(preferences_at(ready.programme, path))
        ),
        tuple(parts_of(frozen, row, names)),
        card is not None and any(each.by == "vote" for each in card.tie_breaks),
        row.known.get("votes"),
    )


def _application(row: Selection) -> Any:
    return row.application


def _bars(frozen: Frozen | None, row: Selection) -> list[Asked]:
    """Bars of which nobody knows, and those that an officer settled."""
    settled: dict[str, bool] = row.known.get("bars", {})
    asked: dict[str, str] = dict.fromkeys(settled, "")
    for candidate in frozen.case.of([str(row.application_id)]) if frozen else ():
        asked |= {bar.kind.value: _clause(bar) for bar in candidate.bars if bar.holds is None}
    return [
        Asked(kind, say(Finding(f"word.reason_{kind}", Weight.ASK)), clause, _said(settled.get(kind)))
        for kind, clause in asked.items()
    ]


def _clause(stated: Any) -> str:
    return stated.source.clause if stated.source else ""


def _said(known: bool | None) -> str:  # noqa: FBT001
    return "" if known is None else YES if known else NO
