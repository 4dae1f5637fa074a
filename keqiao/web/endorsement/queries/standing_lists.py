"""What stands on a list now: in a queue, and under what was forwarded; by its fingerprint two lists are compared."""

from collections.abc import Iterable

from django.db.models import QuerySet

from keqiao.core.endorsing.lists import digest_of_list
from keqiao.core.lifecycle.batch import LIVE, BatchState
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.endorsement.models import Batch, BatchLine, Endorsement, Passage, Queue
from keqiao.web.filing.queries import Stamped, stamped_as_one

Listed = list[tuple[Passage, Endorsement]]
OVER = frozenset({BatchState.REFUSED.value, BatchState.VOID.value, BatchState.RECALLED.value})
"""States of lists that hold no more: another one takes their place."""
LIVE_STATES = frozenset(state.value for state in LIVE)


def listed(queue: Queue) -> Listed:
    """Return what is recommended in a queue, in order, each with the opinion that counts."""
    rows = list(
        queue.passages.filter(state=PassageState.RECOMMENDED.value)
        .select_related("application")
        .order_by("place")
    )
    opinions = Endorsement.objects.filter(passage__in=rows, act=Endorsement.Act.RECOMMEND.value).order_by(
        "ordinal"
    )
    last = {each.passage_id: each for each in opinions}
    return [(row, last[row.pk]) for row in rows]


def digest_of(lines: Listed) -> str:
    """Return the fingerprint of what is recommended in a queue: its applications, order, contents and opinions."""
    return digest_of_list(
        (str(row.application_id), row.digest, rank, str(opinion.pk))
        for rank, (row, opinion) in enumerate(lines, 1)
    )


def fingerprint_now(batch: Batch) -> str:
    """Return the fingerprint of a list as it stands now.

    A list with the co-signer stands as it was made: the first change makes it void. Of one that was forwarded, what
    was withdrawn since is missing, and what was corrected since has its new content. In the place of one that holds no
    more stands the list that followed it, or what is recommended in the queue now.
    """
    if batch.state in LIVE_STATES:
        return batch.digest
    if batch.state not in OVER:
        return digest_of_list(_lines(lines_that_stand(batch)))
    following = batch.queue.batches.filter(ordinal__gt=batch.ordinal).exclude(state__in=OVER)
    after = following.select_related("queue").order_by("ordinal").first()
    return fingerprint_now(after) if after else digest_of(listed(batch.queue))


def _lines(lines: Iterable[BatchLine]) -> Iterable[tuple[str, str, int, str]]:
    for line in lines:
        passage = line.passage
        yield str(passage.application_id), passage.digest, line.rank, str(line.endorsement_id)


def changed_since(batch: Batch) -> list[str]:
    """Return the titles of what is not on a list any more as it was made: withdrawn, moved, corrected, added."""
    then = {line.passage_id: (line.digest, line.rank) for line in batch.lines.all()}
    rows = _now(batch)
    now = {row.pk: (row.digest, rank) for row, rank in rows}
    differ = {pk for pk in then.keys() | now.keys() if then.get(pk) != now.get(pk)}
    found = Passage.objects.filter(pk__in=differ).select_related("application").order_by("since", "pk")
    return [row.application.title or row.application.number for row in found]


def _now(batch: Batch) -> list[tuple[Passage, int]]:
    if batch.state in OVER:
        return [(row, rank) for rank, (row, _opinion) in enumerate(listed(batch.queue), 1)]
    return [(line.passage, line.rank) for line in lines_that_stand(batch)]


def is_over(batch: Batch) -> bool:
    """Does another list take the place of this one?"""
    return batch.state in OVER


def lines_that_stand(batch: Batch) -> QuerySet[BatchLine]:
    """Return the lines of a list; of one that was forwarded, those that were not withdrawn since."""
    lines = batch.lines.select_related("passage__application__unit").order_by("rank")
    is_sent = batch.state not in OVER and batch.state not in LIVE_STATES
    return lines.filter(stands=True) if is_sent else lines


def stamped_list(batch: Batch) -> Stamped:
    """Return what is known of the stamped page of a list.

    A page that was stamped for a list before it fits as well where nothing on the list has changed: it was taken back
    and forwarded again. Else it is outdated, and only this page is to be done again.
    """
    kind = Batch._meta.label_lower
    abouts = [(kind, row.pk) for row in (batch, *_before(batch))]
    return stamped_as_one(abouts, fingerprint_now(batch))


def _before(batch: Batch) -> list[Batch]:
    """The lists whose place this one takes: those before it that hold no more, back to one that does."""
    before = batch.queue.batches.filter(ordinal__lt=batch.ordinal).order_by("-ordinal")
    found: list[Batch] = []
    for row in before:
        if row.state not in OVER:
            break
        found.append(row)
    return found
