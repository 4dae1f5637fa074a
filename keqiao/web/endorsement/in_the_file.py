"""The part of endorsing in the file of an application: its way, what was said, with which list it went on, by whom.

Each side is shown what its own pages show. What an endorsing unit decides is its own, and the office's, until its list
has been forwarded; the names of its people are never anybody else's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import OFFICER, PassageState
from keqiao.web.accounts.queries import names_of
from keqiao.web.audit.queries import timeline
from keqiao.web.endorsement import queries
from keqiao.web.endorsement.models import BATCH_WORDS, BatchLine, Endorsement, Passage, Queue
from keqiao.web.endorsement.permissions import queues_worked_on
from keqiao.web.scope import crossing
from keqiao.web.ui.in_file import Case, Entry, Part
from keqiao.web.ui.templatetags.shell import cn_time

APPLICATION = "applications.application"
PLACE = 25
WHY = "the file tells each side of an application what has been done on its way"
Act = Endorsement.Act
OPINIONS = {
    Act.RECOMMEND.value: gettext_lazy("审核意见：推荐"),
    Act.DECLINE.value: gettext_lazy("审核意见：不推荐"),
    Act.RECONSIDER.value: gettext_lazy("收回意见，重新审核"),
    Act.SIGN.value: gettext_lazy("纸质签章"),
}
DONE = {
    "begun": gettext_lazy("进入上报环节"),
    "begun_again": gettext_lazy("重新进入上报环节"),
    "assigned": gettext_lazy("指定了办理单位"),
    "filed_on_paper": gettext_lazy("经纸质办理报送"),
    "received": gettext_lazy("已受理"),
}
"""What is told of the events of a passage; opinions and lists say the rest better."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A passage as one side sees it: ``mine`` are the queues that the viewer's units take or co-sign."""

    case: Case
    passage: Passage
    mine: frozenset[UUID]
    names: Any

    def is_inside(self, queue_id: UUID | None) -> bool:
        """Does the viewer see what is decided in a queue before it is told?"""
        return self.case.is_office or queue_id in self.mine

    def person(self, account_id: Any, *, on_same_side: bool) -> str:
        """The name of whoever acted, for those on the same side."""
        return str(self.names.get(account_id, "")) if on_same_side else ""


def parts(case: Case) -> Iterable[Part]:
    """Give the way of an application where it goes through somebody; nothing of cases of other rooms."""
    if case.about[0] != APPLICATION:
        return
    with crossing(WHY):
        passage = queries.passage_of(case.row.pk)
        entries = _entries(case, passage) if passage is not None else []
    yield Part(_("上报"), entries, PLACE)


def _entries(case: Case, passage: Passage) -> list[Entry]:
    opinions = list(passage.endorsements.select_related("unit").order_by("ordinal"))
    lines = list(
        BatchLine.objects.filter(passage=passage)
        .select_related("batch", "queue__taker")
        .order_by("batch__made_at")
    )
    events = [event for event in timeline(passage) if event.act in DONE]
    mine = Queue.objects.filter(queues_worked_on(case.viewer, case.at), call_id=passage.call_id)
    actors = {each.given_by_id for each in opinions} | {each.actor_id for each in events}
    seen = _Seen(case, passage, frozenset(mine.values_list("pk", flat=True)), names_of(actors - {None}))
    found = [
        *_happened(events, seen),
        *_said(opinions, lines, seen),
        *_went(lines, seen),
        *_now(passage, seen),
    ]
    return sorted(found, key=lambda entry: entry.at)


def _happened(events: Iterable[Any], seen: _Seen) -> Iterator[Entry]:
    for event in events:
        is_office = event.role == OFFICER
        side = _("受理单位") if is_office else ""
        name = seen.person(event.actor_id, on_same_side=is_office and seen.case.is_office)
        yield Entry(event.at, DONE[event.act], who=f"{side} {name}".strip())


def _said(opinions: list[Endorsement], lines: list[BatchLine], seen: _Seen) -> Iterator[Entry]:
    """Opinions: all for those inside; to the others, what went on with a list or was told."""
    told = _told(opinions, lines, seen.passage)
    for each in opinions:
        inside = seen.is_inside(each.queue_id)
        if inside or each.pk in told:
            name = seen.person(each.given_by_id, on_same_side=each.queue_id in seen.mine)
            yield Entry(
                each.at,
                OPINIONS[each.act],
                who=f"{each.unit.name if each.unit else ''} {name}".strip(),
                note=each.words,
                link=reverse("endorsement:passage", args=[seen.passage.pk]) if _opens(seen) else "",
            )


def _told(opinions: list[Endorsement], lines: list[BatchLine], passage: Passage) -> set[UUID]:
    told = {line.endorsement_id for line in lines if line.stands}
    told |= {each.pk for each in opinions if each.act == Act.SIGN.value}
    if passage.state == PassageState.DECLINED.value and passage.told_at is not None:
        told |= {[each for each in opinions if each.act == Act.DECLINE.value][-1].pk}
    return told


def _opens(seen: _Seen) -> bool:
    """Does the page of the passage open to the viewer? To the office, and to the queue where it lies now."""
    return seen.case.is_office or seen.passage.queue_id in seen.mine


def _went(lines: list[BatchLine], seen: _Seen) -> Iterator[Entry]:
    """The lists it stood on; those that were not forwarded are known inside only."""
    for line in lines:
        batch, who, inside = line.batch, line.queue.taker.name, seen.is_inside(line.queue_id)
        link = reverse("endorsement:batch", args=[batch.pk]) if inside else ""
        rank = _("排序第 %(n)s 位") % {"n": line.rank} if inside else ""
        said = {"n": batch.ordinal}
        if inside and batch.forwarded_at != batch.made_at:
            state = str(BATCH_WORDS[BatchState(batch.state)])
            words = _("列入第 %(n)s 批名单（%(state)s）") % {**said, "state": state}
            yield Entry(batch.made_at, words, who=who, note=rank, link=link)
        if batch.forwarded_at:
            yield Entry(batch.forwarded_at, _("随第 %(n)s 批上报") % said, who=who, note=rank, link=link)
        if batch.recalled_at:
            yield Entry(batch.recalled_at, _("撤回第 %(n)s 批上报") % said, who=who, link=link)


def _now(passage: Passage, seen: _Seen) -> Iterator[Entry]:
    """Where it lies now, since when and until when, as those who wait are told."""
    for stage in queries.way_of(passage.application_id, seen.case.at):
        if stage.since and stage.state == PassageState.WAITING.value:
            until = _("%(until)s 前办理") % {"until": cn_time(stage.until)} if stage.until else ""
            words = _("等待办理：%(steps)s") % {"steps": "、".join(stage.steps) or _("待指定办理单位")}
            yield Entry(stage.since, words, who=stage.taker, note=until)
