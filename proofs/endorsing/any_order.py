"""One process of ``chains``: endorsing in any order, each step checked against the model.

Goes on past its size, up to ``LONGEST`` times, until each act went once. Prints one line of figures, with how often
each act went; what broke stands before it. Where an act never went, nothing was shown of it: status 2.
"""

import sys
import time
import traceback
from collections.abc import Callable, Mapping

from django.core.management import call_command
from django.test import override_settings
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from keqiao.core.endorsing import lists
from keqiao.web.endorsement.actions import co_signing, deciding, forwarding
from keqiao.web.endorsement.models import BatchLine, Queue, Seat
from keqiao.web.privacy.keyring import draw_ring
from keqiao.web.scope import work_as_program
from tests.web.endorsement.any_order import Endorsing

STEPS, ACTS = 40, 40
"""Steps of one example, and about how many acts they come to."""
LONGEST = 4
FEWEST = 3
"""Examples at once: Hypothesis makes the first of them as simple as can be."""
ACTS_SHOWN = (
    "recommend",
    "decline",
    "give_back",
    "correct",
    "rank",
    "forward",
    "agree",
    "recall",
    "withdraw",
    "assign",
)
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
"""Nobody logs in here: the accounts of each example need no slow hash."""


def _no_quota() -> None:
    """The quota is not asked about, and what has no place goes without one."""
    lists._over = lambda _going, _terms: []  # type: ignore[assignment]
    by_right = forwarding._seat

    def seat(queue: Queue, lines: list[BatchLine]) -> None:
        """Past the table's own constraint: a line that is not limited needs no seat."""
        free = Seat.objects.filter(queue=queue, line__isnull=True).count()
        by_right(queue, lines if queue.quota is None else lines[:free])
        for line in lines[free:] if queue.quota is not None else ():
            line.stands = True
            line.save(update_fields=["stands"])

    forwarding._seat = seat  # type: ignore[assignment]


def _late_recall() -> None:
    """What the next step has acted on comes back all the same."""
    forwarding._require_untouched = lambda _lines, _rows: None  # type: ignore[assignment]


def _never_void() -> None:
    """A list that has changed is still agreed to."""
    for module in (co_signing, deciding):
        module.void_if_changed = lambda *_queue_and_moment, **_actor: None  # type: ignore[attr-defined]


FAULTS: Mapping[str, Callable[[], None]] = {
    "no-quota": _no_quota,
    "late-recall": _late_recall,
    "never-void": _never_void,
}


def main(size: int, chance: int, fault: str) -> int:
    """Act ``size`` times in random orders."""
    work_as_program()
    draw_ring()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if fault:
        FAULTS[fault]()
    begun, broken, examples = time.monotonic(), "", 0
    while not broken and (Endorsing.steps < size or (_idle() and Endorsing.steps < LONGEST * size)):
        broken = _examples(chance + 7_919 * examples, max(FEWEST, (size - Endorsing.steps) // ACTS))
        examples += 1
    seconds = time.monotonic() - begun
    if broken:
        print(f"FAULT {broken}")
    went = " ".join(f"{act}={Endorsing.acts[act]}" for act in ACTS_SHOWN)
    print(
        f"acts={Endorsing.steps} refused={Endorsing.refused} {went} seconds={seconds:.0f} faults={int(bool(broken))}"
    )
    if not broken and _idle():
        print(f"nothing was shown: never went: {', '.join(_idle())}", file=sys.stderr)
        return 2
    return 1 if broken else 0


def _idle() -> list[str]:
    """The acts that never went."""
    return [act for act in ACTS_SHOWN if not Endorsing.acts[act]]


def _examples(chance: int, number: int) -> str:
    """Run so many examples; what broke, in one line, or nothing."""
    given = settings(
        max_examples=number,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )

    @seed(chance)
    class Seeded(Endorsing):
        """The machine with a seed of its own."""

    try:
        with override_settings(PASSWORD_HASHERS=[QUICK]):
            run_state_machine_as_test(Seeded, settings=given)
    except Exception as error:  # noqa: BLE001  whatever breaks an act is a fault that is shown
        traceback.print_exc()
        return " ".join(f"{type(error).__name__} {error}".split())[:400]
    return ""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""))
