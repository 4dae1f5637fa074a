"""Pages of the room."""

from keqiao.web.review.views.boards import board, pair
from keqiao.web.review.views.calls import begin, call, calls
from keqiao.web.review.views.checks import check, refuse, reopen
from keqiao.web.review.views.desk import task, task_file, task_leave, task_save, tasks
from keqiao.web.review.views.outcomes import outcomes, task_seen
from keqiao.web.review.views.rounds import (
    round_cancel,
    round_close,
    round_new,
    round_open,
    round_seen,
    round_take_in,
    rounds,
)

__all__ = [
    "begin",
    "board",
    "call",
    "calls",
    "check",
    "outcomes",
    "pair",
    "refuse",
    "reopen",
    "round_cancel",
    "round_close",
    "round_new",
    "round_open",
    "round_seen",
    "round_take_in",
    "rounds",
    "task",
    "task_file",
    "task_leave",
    "task_save",
    "task_seen",
    "tasks",
]
