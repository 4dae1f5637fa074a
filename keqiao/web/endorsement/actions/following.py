"""What becomes of a passage when its application is submitted, returned, corrected, let stand or withdrawn."""

from django.db.models import Q

from keqiao.core.endorsing.endorsers import Manner
from keqiao.core.lifecycle.endorsement import APPLICANT, BEFORE_A_TAKER, PassageState
from keqiao.web.applications.followers import Change
from keqiao.web.endorsement.actions.arriving import arrive
from keqiao.web.endorsement.actions.co_signing import void_if_changed
from keqiao.web.endorsement.actions.writing import Acting, locked_passage, locked_queue, note, state_after
from keqiao.web.endorsement.definitions import Endorsing, endorsing_at
from keqiao.web.endorsement.models import BatchLine, Passage
from keqiao.web.endorsement.owed import follow_lists, follow_paper, follow_queues
from keqiao.web.endorsement.takers import chain_of_unit
from keqiao.web.endorsement.telling_units import tell_queues, tell_sent_back


def begin(change: Change) -> None:
    """Send what was submitted on its way, where the category states one for the applicant. Costs no query otherwise."""
    endorsing = endorsing_at(change.revision_id, change.node)
    if not endorsing.is_needed:
        return
    passage = Passage.objects.select_for_update().filter(application_id=change.application_id).first()
    act = "begun_again" if passage is not None else "begun"
    passage = passage or Passage(
        association_id=change.association_id,
        call_id=change.call_id,
        application_id=change.application_id,
        unit_id=change.unit_id,
    )
    passage.revision_id, passage.digest = change.revision_id, change.digest
    if _sent_on_its_way(passage, endorsing, change):
        passage.save()
        data = {"chain": passage.chain, "stage": passage.stage, "manner": passage.manner}
        note(act, passage, Acting(change.actor, change.role, change.at), **data)
        follow_queues([passage.queue_id], change.at, act)
        tell_queues([passage], (change.actor, change.at))
        if passage.manner == Manner.PAPER.value:
            follow_paper(Q(pk=passage.pk), change.at, act)


def _sent_on_its_way(passage: Passage, endorsing: Endorsing, change: Change) -> bool:
    """Lay it before whoever comes first; false where it is filed directly."""
    held = chain_of_unit(endorsing, change.unit_id, change.at)
    if held.needs_person:
        passage.chain, passage.manner, passage.queue, passage.taker = "", Manner.UNASSIGNED.value, None, None
        passage.state, passage.stage, passage.since = PassageState.WAITING.value, 1, change.at
        passage.place, passage.handled_at, passage.told_at = None, None, None
        return True
    way = endorsing.ways.get(held.chain.fact.id) if held.chain else None
    return way is not None and arrive(passage, way, 1, change.at)


def carry_over(change: Change) -> None:
    """Take over what became of an application that is on its way: returned, corrected, let stand, withdrawn."""
    found = Passage.objects.filter(application_id=change.application_id).values_list("pk", "queue_id").first()
    if found is None:
        return
    queue = locked_queue(found[1]) if found[1] else None
    passage = locked_passage(found[0])
    acting = Acting(change.actor, change.role, change.at)
    CARRIED[change.act](passage, acting, change.digest)
    if passage.manner == Manner.PAPER.value:
        follow_paper(Q(pk=passage.pk), change.at, change.act)
    follow_lists([passage], change.at, change.act)
    if queue is not None:
        void_if_changed(queue, change.at, actor=change.actor)
        follow_queues([queue.pk], change.at, change.act)
    _tell(passage, change)


def _tell(passage: Passage, change: Change) -> None:
    """What was corrected or stands is before its endorser again; of what was returned, those who forwarded it know."""
    by = (change.actor, change.at)
    if change.act in ("corrected", "stood"):
        tell_queues([passage], by)
    elif change.act == "returned":
        tell_sent_back(passage, by)


def _returned(passage: Passage, acting: Acting, _digest: str) -> None:
    """Its place in the order stays; what has reached the association is corrected there and stays filed."""
    if PassageState(passage.state) not in BEFORE_A_TAKER:
        return
    passage.state = state_after(passage.state, "return", {acting.role}).value
    passage.handled_at = passage.handled_at or acting.at
    passage.save(update_fields=["state", "handled_at"])
    note("returned", passage, acting)


def _corrected(passage: Passage, acting: Acting, digest: str) -> None:
    passage.digest = digest
    if passage.state == PassageState.RETURNED.value:
        passage.state = state_after(passage.state, "correct", {APPLICANT}).value
        note("corrected", passage, acting)
    passage.save(update_fields=["state", "digest"])


def _stood(passage: Passage, acting: Acting, _digest: str) -> None:
    if passage.state != PassageState.RETURNED.value:
        return
    passage.state = state_after(passage.state, "let_stand", {acting.role}).value
    passage.save(update_fields=["state"])
    note("stood", passage, acting)


def _withdrawn(passage: Passage, acting: Acting, _digest: str) -> None:
    """It leaves the list, and its seat is free."""
    if passage.state == PassageState.WITHDRAWN.value:
        return
    passage.state = state_after(passage.state, "withdraw", {APPLICANT}).value
    passage.place = None
    passage.save(update_fields=["state", "place"])
    BatchLine.objects.filter(passage=passage, stands=True).update(stands=False, seat=None)
    note("withdrawn", passage, acting)


CARRIED = {"returned": _returned, "corrected": _corrected, "stood": _stood, "withdrawn": _withdrawn}
"""What the acts on an application mean for its passage; the others mean nothing."""
