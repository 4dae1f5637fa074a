"""One process of ``limits_any_order``: random orders of acts, each checked against the model after every step.

Prints one line of figures, with how often each limit refused; what broke stands before it, how it came to it on
standard error. Where a limit never refused, nothing was shown: status 2.
"""

import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace

from django.core.management import call_command
from django.test import override_settings
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from keqiao.web.applications.limits import Applying
from keqiao.web.privacy.keyring import draw_ring
from keqiao.web.registers.actions import applied
from keqiao.web.scope import work_as_program
from tests.web.applications.any_order import LIMITS, Coming

STEPS, ACTS = 50, 100
"""Steps of one example, and about how many acts they come to: who comes first, and steps of several acts."""
FEWEST = 3
"""Examples at once: Hypothesis makes the first of them as simple as can be."""

QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
"""Nobody logs in here: the accounts of each example need no slow hash."""


def _no_host() -> None:
    Applying.counted = property(lambda self: self.units)  # type: ignore[assignment]


def _no_person() -> None:
    books = Applying.in_the_books
    Applying.in_the_books = lambda self: replace(books(self), person_id=None)  # type: ignore[method-assign]


def _revived_uncounted() -> None:
    applied.AGAIN = applied.AGAIN.replace("ended_on = NULL", "ended_on = registers_holding.ended_on")


FAULTS: Mapping[str, Callable[[], None]] = {
    "no-host": _no_host,
    "no-person": _no_person,
    "revived-uncounted": _revived_uncounted,
}
"""What is planted: the body in whose name one applies is not counted, nor the leader, nor what comes again."""


def main(size: int, chance: int, fault: str) -> int:
    """Act ``size`` times in random orders."""
    work_as_program()
    draw_ring()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if fault:
        FAULTS[fault]()
    begun, broken, examples = time.monotonic(), "", 0
    while Coming.steps < size and not broken:
        broken = _examples(chance + 7_919 * examples, max(FEWEST, (size - Coming.steps) // ACTS))
        examples += 1
    seconds = time.monotonic() - begun
    if broken:
        print(f"FAULT {broken}")
    by_limit = " ".join(f"{limit}={Coming.refused_by[limit]}" for limit in LIMITS)
    figures = f"acts={Coming.steps} refused={Coming.refused} {by_limit} seconds={seconds:.0f}"
    print(f"{figures} faults={int(bool(broken))}")
    if not broken and (idle := [limit for limit in LIMITS if not Coming.refused_by[limit]]):
        print(f"nothing was shown: never refused: {', '.join(idle)}", file=sys.stderr)
        return 2
    return 1 if broken else 0


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
    class Seeded(Coming):
        """The machine with a seed of its own."""

    try:
        with override_settings(PASSWORD_HASHERS=[QUICK]):
            run_state_machine_as_test(Seeded, settings=given)
    except AssertionError as error:
        traceback.print_exc()
        return " ".join(str(error).split())[:400] or "an invariant"
    return ""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""))
