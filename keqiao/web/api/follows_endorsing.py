"""Tells other programs how applications and lists go their way (found by ``endorsement.followers``)."""

from datetime import datetime
from typing import Any

from keqiao.web.api.actions import tell
from keqiao.web.api.kinds import Happening, Kind
from keqiao.web.endorsement.followers import BATCH, PASSAGE, Noted

OF_PASSAGES = {
    (PASSAGE, "passed_on"): Kind.PASSED_ON,
    (PASSAGE, "signed"): Kind.PASSED_ON,
    (PASSAGE, "filed"): Kind.FILED,
    (PASSAGE, "filed_on_paper"): Kind.FILED,
    (PASSAGE, "received"): Kind.RECEIVED,
    (PASSAGE, "recalled"): Kind.RECALLED,
}
OF_BATCHES = {(BATCH, "forwarded"): Kind.BATCH_FORWARDED, (BATCH, "recalled"): Kind.BATCH_RECALLED}
"""By the case and the act that the event names. What an endorser decides is told to nobody before the list goes on."""


def follow(noted: Noted) -> None:
    """Tell of each case that comes through this act."""
    found = [_happening(act, case, noted.at) for act, case in noted.acts]
    tell(each for each in found if each is not None)


def _happening(act: str, case: Any, at: datetime) -> Happening | None:
    what = (case._meta.label_lower, act)
    if what in OF_PASSAGES:
        return _of_passage(OF_PASSAGES[what], case, at)
    return _of_batch(OF_BATCHES[what], case, at) if what in OF_BATCHES else None


def _of_passage(kind: Kind, passage: Any, at: datetime) -> Happening:
    told = {
        "application": passage.application_id,
        "call": passage.call_id,
        "unit": passage.unit_id,
        "stage": passage.stage,
        "state": passage.state,
    }
    return Happening(kind, passage.association_id, frozenset({passage.unit_id}), told, at)


def _of_batch(kind: Kind, batch: Any, at: datetime) -> Happening:
    queue = batch.queue
    told = {
        "batch": batch.pk,
        "queue": queue.pk,
        "call": queue.call_id,
        "endorser": queue.taker_id,
        "state": batch.state,
    }
    return Happening(kind, batch.association_id, frozenset({queue.taker_id}), told, at)
