"""The boxes of an application's signature page: the unit, then everybody in the chain that the call states for it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.endorsing.chains import chain_for
from keqiao.core.endorsing.stages import LEADERS, Stage, Taker, stages_of, taker_of
from keqiao.core.forms.signature_page import MOST_BOXES
from keqiao.core.programme import effective
from keqiao.core.programme.endorsement import EndorsementStep
from keqiao.core.rules.facts import Case
from keqiao.core.rules.kinds import Setting
from keqiao.core.rules.regions import region_named
from keqiao.readers.endorsing_words import endorsing_words
from keqiao.readers.rule_words import rule_words
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.filing.stampable import Box
from keqiao.web.parties.facts import units_on
from keqiao.web.parties.queries import local_day

SEALING, LETTER = "seal", "letter"
SEAL = "章"


def boxes_of(application: Any, at: datetime) -> list[Box]:
    """Return the boxes to print, at most as many as a page has room for.

    Steps of leaders have a box each: each of them signs. Where the facts do not tell which chain holds, only the
    unit's own box is there: a page with boxes of the wrong bodies would be stamped in vain.
    """
    return boxes_for(_stages(application, at))


def boxes_for(stages: Iterable[Stage]) -> list[Box]:
    """Return the boxes of a chain with these stages: the unit's own first; for no stages, that one only."""
    unit = Box(_("申报单位"), _("申报单位意见"), seal=True)
    others = [box for stage in stages if stage.taker is not Taker.APPLICANT for box in _boxes(stage)]
    return [unit, *others][:MOST_BOXES]


def _stages(application: Any, at: datetime) -> tuple[Stage, ...]:
    ready = ready_call(application.revision_id)
    found = effective(ready.programme, ready.path(application.node))
    words, day = rule_words().applicants, local_day(at)
    region = ready.region or region_named(ready.programme.region, words)
    case = Case(on=day, applicant=units_on(day, [application.unit_id])[application.unit_id])
    held = chain_for(found, case, Setting(words, region), endorsing_words().chains)
    return stages_of(held.chain.fact, endorsing_words().takers) if held.chain else ()


def _boxes(stage: Stage) -> Iterator[Box]:
    """One box for a body, one for each leader. Whoever writes a letter seals that letter, not this page."""
    here = [step for step in stage.steps if step.act != LETTER]
    if here and stage.taker not in LEADERS:
        yield _box(stage.by or here[0].words, here)
        return
    takers = endorsing_words().takers
    parts: list[tuple[Any, list[EndorsementStep]]] = []
    for step in here:
        taker = taker_of(step, takers)
        if parts and taker in (None, parts[-1][0]):
            parts[-1][1].append(step)
        else:
            parts.append((taker, [step]))
    for _taker, steps in parts:
        yield _box(next((step.by for step in steps if step.by), steps[0].words), steps)


def _box(title: str, steps: Sequence[EndorsementStep]) -> Box:
    words = "、".join(step.words for step in steps if step.words != title)
    return Box(title, words, seal=asks_for_seal(steps))


def asks_for_seal(steps: Iterable[EndorsementStep]) -> bool:
    """Does the call ask for a seal at one of these steps: by naming it, by the act, or in its words?"""
    return any(step.seal or step.act == SEALING or SEAL in step.words for step in steps)
