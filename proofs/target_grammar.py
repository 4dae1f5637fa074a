"""The grammar of targets equals naive counting on random sets of records; what is unknown is never guessed.

Each round is one random target (every way of counting, conditions, groups, floors, share caps, parts, bounds) over one
random set of records. First everything is known: the answers are the same, whatever the order of records; a record
more never lowers a floor. Then up to three things are forgotten and filled in in every way there is: what is said for
certain has to be so in all of them. Size counts rounds.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from keqiao.core.targets import Index, Result, judge
from keqiao.readers.fact_kinds import fact_words
from proofs.printed.naive import counted, progress, value
from proofs.printed.planted import FAULTS as PLANTED
from proofs.printed.planted import planted
from proofs.printed.random_sets import Drawn, draw, forgetting

FULL, SMALL, PIECE = 100_000, 2_000, 25_000
FAULTS = tuple(name for name in PLANTED if name != "one-alternative-is-not-enough")


def faults_of(chance: random.Random, told: Counter[str]) -> Iterator[str]:
    """What differs in one round."""
    drawn = draw(chance)
    found, expected = judged(drawn), progress(drawn.target, drawn.records, drawn.setting, drawn.whole)
    told[expected] += 1
    if found.progress != expected:
        yield f"{found.progress} instead of {expected}"
    yield from _of_order(drawn, found, chance)
    yield from _of_one_more(drawn, found)
    yield from _of_the_unknown(drawn, chance, told)


def judged(drawn: Drawn) -> Result:
    """The core's answer."""
    targets = [drawn.target, *([drawn.whole] if drawn.whole else [])]
    return judge(targets, Index(drawn.records, fact_words()), drawn.setting).of("t")


def _of_order(drawn: Drawn, found: Result, chance: random.Random) -> Iterator[str]:
    shuffled = chance.sample(drawn.records, k=len(drawn.records))
    if judged(replace(drawn, records=tuple(shuffled))) != found:
        yield "another order of records, another answer"


def _of_one_more(drawn: Drawn, found: Result) -> Iterator[str]:
    """One more of a record that counts never lowers what is counted together, nor a floor that is met."""
    measure = drawn.target.measure
    counting = [record for record in drawn.records if record.id in found.counting]
    if not counting or not measure or measure.each or found.value is None:
        return
    more = judged(replace(drawn, records=(*drawn.records, replace(counting[0], id="one more"))))
    if more.value is None or more.value < found.value:
        yield "one record more, and less is counted"
    if drawn.target.comparator in {">=", "==", ">"} and found.progress == "met" and more.progress != "met":
        yield "one record more, and a floor is no longer met"


def _of_the_unknown(drawn: Drawn, chance: random.Random, told: Counter[str]) -> Iterator[str]:
    forgotten, ways = forgetting(drawn, chance)
    found = judged(forgotten)
    possible = {progress(drawn.target, way, drawn.setting, drawn.whole) for way in ways}
    told["unknown"] += found.progress == "person"
    if found.progress != "person" and possible != {found.progress.value}:
        yield f"{found.progress} although it could be {sorted(possible)}"
    measure = drawn.target.measure
    is_plain = measure and not (
        measure.each or measure.group_floor or measure.share_cap or measure.kind == "ratio"
    )
    numbers = {value(drawn.target, counted(drawn.target, way, drawn.setting, drawn.whole)) for way in ways}
    if is_plain and found.value is not None and found.value > min(numbers):
        yield f"at least {found.value} although it could be {min(numbers)}"
    if is_plain and found.most is not None and found.most < max(numbers):
        yield f"at most {found.most} although it could be {max(numbers)}"


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.target_grammar")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=PLANTED)
    asked = parser.parse_args(argv)
    told: Counter[str] = Counter()
    differing = 0
    with planted(asked.fault):
        for number in range(asked.size):
            found = list(faults_of(random.Random(f"{asked.seed}-{number}"), told))
            differing += bool(found)
            if found and asked.fault:
                break  # it was noticed
            if found and differing <= 5:
                print(f"target_grammar: round {asked.seed}-{number}: {'; '.join(found)}", file=sys.stderr)
    said = " ".join(f"{name}={told[name]}" for name in ("met", "behind", "missed", "person", "unknown"))
    print(
        f"target_grammar: {'BROKEN' if differing else 'holds'}; rounds={asked.size} {said} "
        f"differing={differing} seed={asked.seed}"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
