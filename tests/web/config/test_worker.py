"""The worker: tasks are done once, and a task whose worker died is done by another."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from keqiao.web.config import demonstration, due
from keqiao.web.config.beats import beat
from keqiao.web.config.due import forget_old_results, take_up_orphans, take_up_own
from keqiao.web.config.models import WorkerBeat
from keqiao.web.tasks import TaskResultStatus, task, task_on_one

pytestmark = pytest.mark.django_db(transaction=True)

DEMONSTRATION_LOG_INS = ("officer@example.org / officer",)

SOUND, FAULTY = UUID(int=1), UUID(int=2)

ran = []


@task
def remember(word):
    ran.append(word)


def note_the_failure(pk, at):
    ran.append(("broken off", pk, at))


@task_on_one(break_off=note_the_failure)
def read_one(pk, at):
    ran.append(("read", pk, at))
    if pk == FAULTY:
        raise RuntimeError("the program's own fault")


@task
def load_demonstration():
    ran.append("demonstration")


@pytest.fixture(autouse=True)
def nothing_ran_yet():
    ran.clear()


@pytest.fixture
def a_demonstration(monkeypatch, settings):
    settings.DEMONSTRATION = True
    monkeypatch.setattr(demonstration, "MODULE", __name__)


def running_task(*workers):
    remember.enqueue("x")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=workers)
    return DBTaskResult.objects.get()


def test_the_worker_does_what_is_queued_and_signs_off():
    remember.enqueue("a")
    remember.enqueue("b")

    call_command("worker", batch=True)

    assert sorted(ran) == ["a", "b"]
    assert DBTaskResult.objects.successful().count() == 2
    assert not WorkerBeat.objects.exists()


def test_a_task_on_one_row_that_fails_says_so_on_the_row_and_to_the_worker():
    read_one.enqueue(str(SOUND))
    read_one.enqueue(str(FAULTY))

    call_command("worker", batch=True)

    assert [(act, pk) for act, pk, _at in ran] == [("read", SOUND), ("read", FAULTY), ("broken off", FAULTY)]
    (_sound, failed) = DBTaskResult.objects.order_by("enqueued_at")
    assert (failed.status, "the program's own fault" in failed.traceback) == (TaskResultStatus.FAILED, True)
    assert {at.tzinfo is not None for _act, _pk, at in ran} == {True}


def test_a_task_of_a_dead_worker_goes_back_into_the_queue():
    running_task("dead")
    now = beat("living")

    take_up_orphans(now)
    call_command("worker", batch=True)

    assert ran == ["x"]


def test_a_task_of_a_living_worker_is_left_alone():
    running_task("living")

    take_up_orphans(beat("living") + timedelta(seconds=80))

    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING


def test_a_task_of_a_worker_that_fell_silent_goes_back():
    running_task("silent")

    take_up_orphans(beat("silent") + timedelta(seconds=91))

    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_a_task_that_killed_three_workers_has_failed():
    running_task("one", "two", "three")

    take_up_orphans(beat("living"))

    result = DBTaskResult.objects.get()
    assert result.status == TaskResultStatus.FAILED
    assert result.traceback == "The worker died during each of 3 attempts."


def test_a_restarted_worker_takes_up_its_own_task_at_once():
    running_task("me")
    now = beat("me")

    take_up_own("me", now)

    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_old_results_are_forgotten_and_new_ones_kept():
    remember.enqueue("old")
    remember.enqueue("new")
    call_command("worker", batch=True)
    now = datetime.now(UTC)
    old = DBTaskResult.objects.order_by("enqueued_at").first()
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=now - timedelta(days=31))

    forget_old_results(now)

    assert [result.args_kwargs["args"] for result in DBTaskResult.objects.all()] == [["new"]]


def test_the_demonstration_is_loaded_once(a_demonstration):
    assert demonstration.enqueue_loading() is True
    assert demonstration.enqueue_loading() is False
    call_command("worker", batch=True)
    assert demonstration.enqueue_loading() is False
    assert ran == ["demonstration"]
    assert demonstration.log_ins() == ["officer@example.org / officer"]


def test_no_demonstration_is_loaded_elsewhere(a_demonstration, settings):
    settings.DEMONSTRATION = False

    assert demonstration.enqueue_loading() is False
    assert demonstration.log_ins() == []


def test_the_demonstration_is_tried_again_after_a_failure(a_demonstration):
    demonstration.enqueue_loading()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)

    assert demonstration.enqueue_loading() is True


def test_nothing_falls_due_while_a_demonstration_is_loaded(a_demonstration, monkeypatch):
    """It plays days that are past: the clock would close a call before anybody has applied."""
    done = []
    monkeypatch.setattr(due, "DUE_WORK", (done.append,))
    now = datetime.now(UTC)

    demonstration.enqueue_loading()
    due.do_due_work(now)
    assert done == []

    call_command("worker", batch=True)
    due.do_due_work(now)
    assert done[-1:] == [now]
