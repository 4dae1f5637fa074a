"""What the worker does between tasks: work that falls due with time, and tasks whose worker died.

What is due is asked of the database each time and never held in memory, so a worker may stop at any moment.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from keqiao.web.acceptance.actions import expire_due as expire_credit
from keqiao.web.accounts.actions import tell_of_locks
from keqiao.web.api.tasks import tell_due
from keqiao.web.applications.actions import let_stand_due, thin_due
from keqiao.web.approvals.actions import expire_due
from keqiao.web.config.beats import living_workers
from keqiao.web.config.demonstration import is_loading
from keqiao.web.duties.actions import let_lapse
from keqiao.web.duties.reminding import remind_due
from keqiao.web.filing.collecting import read_due
from keqiao.web.imports.clearing import clear_old_contents
from keqiao.web.notifications.tasks import deliver_due
from keqiao.web.privacy.retention import erase_due
from keqiao.web.programmes.actions import close_due, open_due
from keqiao.web.public_notice.actions import end_due, forget_objectors_due, post_due, take_down_due
from keqiao.web.review.actions import close_rounds_due, open_rounds_due
from keqiao.web.tasks import TaskResultStatus

# Each looks in the database for what is due at the given time and does or enqueues it, in under a second.
DUE_WORK: tuple[Callable[[datetime], None], ...] = (
    deliver_due,
    tell_due,
    expire_due,
    expire_credit,
    open_due,
    close_due,
    open_rounds_due,
    close_rounds_due,
    post_due,
    end_due,
    take_down_due,
    forget_objectors_due,
    let_stand_due,
    thin_due,
    let_lapse,
    remind_due,
    clear_old_contents,
    read_due,
    erase_due,
    tell_of_locks,
)

RESULTS_ARE_KEPT = timedelta(days=30)
WORKER_COUNTS_AS_DEAD = timedelta(seconds=90)
ATTEMPTS = 3


def do_due_work(now: datetime) -> None:
    """Do one round of everything that falls due with time; while a demonstration is loaded, nothing falls due."""
    take_up_orphans(now)
    forget_old_results(now)
    if is_loading():
        return
    for work in DUE_WORK:
        work(now)


@transaction.atomic
def take_up_orphans(now: datetime) -> None:
    """Give tasks of dead workers back to the queue; after ``ATTEMPTS`` runs they count as failed."""
    living = living_workers(now, WORKER_COUNTS_AS_DEAD)
    for result in DBTaskResult.objects.running().select_for_update(skip_locked=True):
        if result.worker_ids[-1] not in living:
            give_back(result, now)


@transaction.atomic
def take_up_own(worker_id: str, now: datetime) -> None:
    """At the start of a worker: give back what its predecessor of the same name was working on."""
    for result in DBTaskResult.objects.running().select_for_update(skip_locked=True):
        if result.worker_ids[-1] == worker_id:
            give_back(result, now)


def give_back(result: DBTaskResult, now: datetime) -> None:
    """Put one task back into the queue, or mark it failed if its workers died too often."""
    if len(result.worker_ids) < ATTEMPTS:
        result.status, result.started_at = TaskResultStatus.READY, None
    else:
        result.status, result.finished_at = TaskResultStatus.FAILED, now
        result.traceback = f"The worker died during each of {ATTEMPTS} attempts."
    result.save(update_fields=["status", "started_at", "finished_at", "traceback"])


def forget_old_results(now: datetime) -> None:
    """Delete results of tasks that ended long ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - RESULTS_ARE_KEPT).delete()
