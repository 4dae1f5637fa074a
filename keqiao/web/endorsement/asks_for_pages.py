"""Which applications have their stamped page asked for by their stage on paper (found by ``filing.asked_elsewhere``).

One sheet goes through the hands of the unit and of everybody who signs on paper: it is asked for once.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from keqiao.core.endorsing.endorsers import Manner
from keqiao.core.endorsing.stages import Stage
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.endorsement.definitions import way_at
from keqiao.web.endorsement.models import Endorsement, Passage
from keqiao.web.filing.boxes import LETTER

SIGN = Endorsement.Act.SIGN.value


def asks(arrived: Mapping[UUID, datetime]) -> frozenset[UUID]:
    """Return those that wait at a stage on paper, and those whose page was signed there since they arrived."""
    waiting = Passage.objects.filter(
        application__in=arrived, state=PassageState.WAITING.value, manner=Manner.PAPER.value
    )
    rows = waiting.select_related("application").only(
        "stage", "chain", "revision_id", "application_id", "application__node"
    )
    signed = Endorsement.objects.filter(passage__application__in=arrived, act=SIGN)
    signed = signed.select_related("passage__application").order_by("ordinal")
    return frozenset(
        [row.application_id for row in rows if is_signed_on_the_page(row)]
        + [
            each.passage.application_id
            for each in signed
            if each.at >= arrived[each.passage.application_id]
            and is_signed_on_the_page(each.passage, each.stage)
        ]
    )


def is_signed_on_the_page(passage: Passage, position: int = 0) -> bool:
    """Is a stage on paper (the present one unless ``position`` names another) signed on the application's own page?

    A letter is written on a sheet of its own; of a chain that nobody knows, the page is what can be brought.
    """
    stage = stage_of(passage, position)
    return stage is None or any(step.act != LETTER for step in stage.steps)


def stage_of(passage: Passage, position: int = 0) -> Stage | None:
    """Return the stage at which a passage lies, or the one with this number; None where its chain is not known."""
    way = way_at(passage.revision_id, passage.application.node, passage.chain) if passage.chain else None
    number = position or passage.stage
    return way.stage(number) if way and number <= len(way.stages) else None
