"""One process of ``lifecycle``: whole lives in any order, each act held against the declared tables.

Hypothesis would draw its first examples as simple as can be, and there are few at each depth: here chance draws evenly.
The ground goes the straight way, and stops at each depth for some examples, which are undone; half of them lean
towards a by-way. Goes on past its size, up to ``LONGEST`` times, until each act went once; a run that is too short for
that is held to ``FEWEST`` kinds. Prints one line of figures; what broke stands before it. Where fewer went, nothing
was shown: status 2. ``size`` counts what was drawn; the straight way is told apart.
"""

import random
import sys
import time
import traceback
from collections.abc import Callable
from itertools import count

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from keqiao.web.privacy.keyring import draw_ring
from keqiao.web.scope import work_as_program
from proofs.living import planted
from tests.web.whole_life.any_order import TIMES, Lives
from tests.web.whole_life.by_ways import BY_WAYS, DEPTHS, Step
from tests.web.whole_life.known import ACTS, Known

STEPS = 20
"""Of one example, fewer in a short run; nearly every one is an act."""
LONGEST = 4
WHOLE = 2_000
"""A run of this size or more has to let every kind of act go; a shorter one fewer."""
FEWEST = 50
RULES = ("act_by_right", "act_by_the_wrong_person", "act_out_of_turn", None)
WEIGHTS = (60, 15, 20, 5)
"""How often of a hundred; None: time passes."""
LEANS = 2
"""Every second example leans to a by-way: each of its depth in turn."""
EAGER = (0.95, 0.5)
"""How much of an example is that way: first it should come to its end, the next time much lies beside it."""
MOST_TURNS = 1_000_000
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
"""Nobody logs in here: the accounts need no slow hash."""


def main(size: int, chance: int, faults: list[str]) -> int:
    """Act ``size`` times in random orders; or show of each planted fault that it is noticed."""
    work_as_program()
    draw_ring()
    if faults:  # they stand in the code: tables without triggers will do, and are made in a tenth of the time
        settings.MIGRATION_MODULES = {name.rpartition(".")[2]: None for name in settings.INSTALLED_APPS}
    call_command("migrate", verbosity=0, run_syncdb=bool(faults))
    call_command("createcachetable", verbosity=0)
    return _planted(faults, chance) if faults else _healthy(size, chance)


def _healthy(size: int, chance: int) -> int:
    begun, rounds, broken = time.monotonic(), 0, ""
    while not broken and (Known.steps < size or (_lacks(size) and Known.steps < LONGEST * size)):
        number = max(1, (size - Known.steps) // STEPS // len(DEPTHS))
        steps = min(STEPS, 2 + size // len(DEPTHS))
        Lives.ground = None
        for depth in DEPTHS:
            drawn = random.Random(chance + 7_919 * rounds + depth)
            broken = broken or _attempt(
                lambda depth=depth, drawn=drawn: _at(depth, drawn, number, steps)  # noqa: B023  called at once
            )
            if Known.steps >= LONGEST * size:
                break
        broken = broken or _attempt(lambda: Lives.ground and Lives.ground.verify())
        rounds += 1
    return _told(size, broken, time.monotonic() - begun)


def _at(depth: int, drawn: random.Random, number: int, steps: int) -> None:
    Lives.reach(depth)
    for place in range(number):
        _example_at(depth, drawn, steps, place)


def _told(size: int, broken: str, seconds: float) -> int:
    if broken:
        print(f"FAULT {broken}")
    print(
        f"acts={Known.steps} went={Known.went.total()} kinds={len(+Known.went)} of {len(ACTS)} "
        f"refused={Known.refused.total()} examples={Lives.examples} on_the_way={Known.on_the_way} "
        f"seconds={seconds:.0f} faults={int(bool(broken))}"
    )
    if broken:
        return 1
    if _lacks(size):
        print(f"nothing was shown: never went: {', '.join(_idle())}", file=sys.stderr)
        return 2
    return 0


def _lacks(size: int) -> bool:
    """Did fewer kinds of act go than must?"""
    return bool(_idle()) if size >= WHOLE else len(ACTS) - len(_idle()) < FEWEST


def _idle() -> list[str]:
    """The acts that never went."""
    return [name for name in ACTS if not Known.went[name]]


def _planted(faults: list[str], chance: int) -> int:
    """Plant one after the other, as far on as it shows: 1 where each was noticed for its reason, as is asked of it."""
    missed = []
    for name, fault in sorted(planted.FAULTS.items(), key=lambda each: each[1].depth):
        if name not in faults:
            continue
        Known.steps, drawn = 0, random.Random(chance)
        Lives.reach(fault.depth)
        Lives.narrowed = fault.kind
        with planted.planted(fault):
            said, places = "", count()
            while not said and Known.steps < planted.MOST_ACTS:
                place = next(places)
                said = _attempt(
                    lambda fault=fault, drawn=drawn, place=place: _example_at(
                        fault.depth, drawn, STEPS, place
                    )
                )
        print(f"{name}: after {Known.steps} acts: {said or 'unnoticed'}")
        if not fault.reason.search(said):
            missed.append(name)
    print(f"planted={len(faults)} missed={len(missed)} faults={len(faults) - len(missed)}")
    return 0 if missed else 1


def _attempt(do: Callable[[], object]) -> str:
    """What broke, in one line, or nothing."""
    try:
        with override_settings(PASSWORD_HASHERS=[QUICK]):
            do()
    except Exception as error:  # noqa: BLE001  whatever breaks an act is a fault that is shown
        traceback.print_exc()
        return " ".join(f"{type(error).__name__} {error}".split())[:400]
    return ""


def _example_at(depth: int, drawn: random.Random, steps: int, place: int) -> None:
    life, ways = Lives(), BY_WAYS.get(depth, ())
    leaning, is_straight = divmod(place, LEANS)
    rounds, turn = divmod(leaning, max(1, len(ways)))
    way = [] if is_straight or not ways else list(ways[turn])
    eager = EAGER[rounds % len(EAGER)]
    life.begin()
    try:
        for _step in range(steps):
            if way and drawn.random() < eager:
                _on_the_by_way(life, way.pop(0), drawn)
            else:
                _anything(life, drawn)
            life.limits_hold_and_money_adds_up()
    finally:
        life.teardown()


def _on_the_by_way(life: Lives, step: Step, drawn: random.Random) -> None:
    if isinstance(step, str):
        life.act_if_it_can(step, drawn.randrange(MOST_TURNS))
    else:
        life.let_time_pass(step, 0)


def _anything(life: Lives, drawn: random.Random) -> None:
    """One act: mostly by right, else by the wrong person or out of turn; now and then time passes."""
    act, turn = drawn.choices(RULES, WEIGHTS)[0], drawn.randrange
    if act is None:
        life.let_time_pass(drawn.choice(TIMES), 0)
    else:
        getattr(life, act)(turn(MOST_TURNS), turn(MOST_TURNS), turn(MOST_TURNS))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
