"""Children that stand ready: one failure never reaches the next piece of work, and none outlives who asked."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from keqiao import standing
from keqiao.confined import ROOT, Ended
from keqiao.standing import Work, ask, end_all

WORK = Work("tests.standing_child", 5, 256)


def told(order: str, work: Work = WORK) -> dict[str, Any]:
    return json.loads(ask(work, order.encode()))


def is_there(pid: int) -> bool:
    """Does it run? One that has ended and was not yet waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def test_one_child_does_one_piece_after_another():
    answers = [told("go") for _ in range(4)]

    assert len({answer["pid"] for answer in answers}) == 1
    assert [answer["before"] for answer in answers] == [0, 1, 2, 3]
    assert standing.standing() == [answers[0]["pid"]]


def test_an_order_may_be_larger_than_what_the_line_holds():
    assert told("go" + "x" * 8_000_000)["length"] == 8_000_002


def test_nothing_of_the_server_reaches_the_child(monkeypatch):
    monkeypatch.setenv("KEQIAO_SECRET", "x")

    assert told("go")["names"] == ["HOME", "LANG", "PATH", "PYTHONPATH", "TMPDIR"]


def test_a_child_that_crashed_is_never_asked_again():
    first = told("go")["pid"]

    with pytest.raises(Ended, match="crashed"):
        told("crash")

    assert standing.standing() == []
    assert told("go")["pid"] != first


def test_what_earlier_work_left_behind_is_not_the_fault_of_the_next():
    first = told("go")["pid"]

    answer = told("crash unless-fresh")

    assert (answer["pid"] != first, answer["before"]) == (True, 0)


def test_what_takes_too_long_is_ended_and_the_next_piece_is_done():
    quick = Work(WORK.module, 1, WORK.memory_mb)
    first = told("go", quick)["pid"]

    with pytest.raises(Ended, match="too_slow"):
        told("sleep 30", quick)

    assert not is_there(first)
    assert told("go", quick)["before"] == 0


def test_each_piece_has_the_processor_time_for_itself():
    child = standing._Child(Work(WORK.module, 4, WORK.memory_mb))

    answers = [json.loads(child.ask(b"spin 1.1", seconds=60)) for _ in range(4)]

    child.end()
    assert [answer["before"] for answer in answers] == [0, 1, 2, 3]


@pytest.mark.parametrize("order", [b"spin 60", b"sleep 60"])
def test_the_child_itself_sees_to_its_end(order):
    """Whoever would end it could be gone: its own bounds are of processor time, and a little later of wall time."""
    child = standing._Child(Work(WORK.module, 1, WORK.memory_mb))

    with pytest.raises(Ended):
        child.ask(order, seconds=60)

    assert child.process.returncode in {-signal.SIGXCPU, -signal.SIGALRM}


def test_memory_has_an_end():
    with pytest.raises(Ended, match="crashed"):
        told("fill 400")


def test_a_child_that_has_grown_goes_after_its_answer():
    first = told("fill 150")["pid"]

    assert within(5, lambda: not is_there(first))
    assert told("go")["before"] == 0


def test_a_child_goes_after_so_many_pieces(monkeypatch):
    monkeypatch.setattr(standing, "WORKS_MAX", 2)

    pids = [told("go")["pid"] for _ in range(4)]

    assert (pids[0] == pids[1], pids[2] == pids[3], pids[1] != pids[2]) == (True, True, True)
    assert not any(map(is_there, pids))


def test_a_child_goes_when_nobody_asks_for_a_while_and_another_comes():
    first = told("rest 0.1")["pid"]

    assert within(5, lambda: not is_there(first))
    assert told("go")["before"] == 0


def test_threads_get_the_answers_to_their_own_orders():
    lengths = range(3, 43)
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda length: told("x" * length), lengths))

    assert [answer["length"] for answer in answers] == list(lengths)
    assert len(standing.standing()) <= standing.KEPT_MAX


def test_a_fork_leaves_the_children_to_whom_they_belong():
    told("go")
    forked = os.fork()
    if not forked:
        os._exit(len(standing.standing()))

    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert told("go")["before"] == 1


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pid = told("go")["pid"]
    assert len(list(tmp_path.iterdir())) == 1

    end_all()

    assert (is_there(pid), list(tmp_path.iterdir())) == (False, [])


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)", "time.sleep(60)", "print()"])
def test_no_child_outlives_who_asked_however_that_ended(tmp_path, end):
    asks = (
        "import os, time; from keqiao.standing import Work, ask;"
        f"print(ask(Work('tests.standing_child', 5, 256), b'go').decode(), flush=True); {end}"
    )
    environment = {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", asks]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as asking:
        pid = json.loads(asking.stdout.readline())["pid"]
        if "sleep" in end:
            assert is_there(pid)
            asking.send_signal(signal.SIGTERM)

    assert within(5, lambda: not is_there(pid))
    assert within(5, lambda: not list(tmp_path.iterdir()))
