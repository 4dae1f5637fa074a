"""Each of the 282 targets of the five calls is judged as its printed words say, counted by a plain counter.

Each round draws for every target a term, a day, and records that come to just below, just at or above what is asked:
in all, in each session, work, week, month, half-year, year, county; some unverified, unproved, early, late, of another
project, too short, of another level, there twice; and the groups of alternatives, in every combination. Size counts
rounds over all targets.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction

from keqiao.core.programme.targets import Target
from keqiao.core.programme.validation.nodes import nodes
from keqiao.core.targets import Index, Result, judge
from keqiao.readers.fact_kinds import fact_words
from keqiao.readers.programmes import load
from proofs.printed.plain import AREAS, EVERY_ONE, answer, number
from proofs.printed.planted import FAULTS as PLANTED
from proofs.printed.planted import planted
from proofs.printed.worlds import World, alternatives, ask_for, setting, world

FULL, SMALL, PIECE = 600, 30, 150
CALLS = ("henan-2023", "hunan-2022", "jining-2023", "sanmenxia-2023", "yinchuan-2022")
FAULTS = tuple(PLANTED)
TARGETS = 282


def targets_of(call: str) -> dict[str, Target]:
    """All targets of a call, by id."""
    return {target.id: target for node in nodes(load(call)) for target in node.terms.targets}


def differences(
    targets: dict[str, Target], chance: random.Random, seen: dict[str, Counter[str]], call: str
) -> Iterator[str]:
    """What differs between core and counter for each target, and for each group of alternatives."""
    for target in targets.values():
        drawn = world(target, targets, ask_for(target, chance), chance)
        near = {name: targets[name] for name in (target.part_of, target.relative_to) if name}
        result = judge([target, *near.values()], Index(drawn.records, fact_words()), drawn.setting).of(
            target.id
        )
        expected = answer(drawn.printed, drawn.rows, drawn.ask)
        seen[f"{call} {target.id}"][expected] += 1
        if result.progress != expected:
            yield f"{call} {target.id}: {result.progress} instead of {expected}"
        elif not _same_number(result, drawn):
            yield f"{call} {target.id}: {result.value} counted otherwise"
    for name, members in alternatives(list(targets.values())).items():
        if fault := _of_alternatives(name, members, targets, chance):
            yield f"{call} {fault}"


def _same_number(result: Result, drawn: World) -> bool:
    """Is the value of a total the counter's, and the shortfall what is missing of it?"""
    if drawn.printed.per in {*EVERY_ONE, *AREAS} or result.groups or result.value is None:
        return True
    found: Fraction = number(drawn.printed, drawn.rows, drawn.ask)
    if drawn.printed.unit == "%":
        found = found * 100 / (drawn.ask.base or 1)
    missing = abs(drawn.printed.value - found) if result.progress != "met" else 0
    return result.value == found and result.shortfall in {missing, 0}


def _of_alternatives(
    name: str, members: list[Target], targets: dict[str, Target], chance: random.Random
) -> str | None:
    ask = ask_for(members[0], chance)
    drawn = [world(target, targets, ask, chance) for target in members]
    records = [record for each in drawn for record in each.records]
    judged = judge(members, Index(records, fact_words()), setting(ask, members[0]))
    if ask.places:
        said = [_lone(drawn, place) for place in ask.places]
    else:
        said = [_best([answer(each.printed, each.rows, ask) for each in drawn])]
    expected = next(word for word in ("missed", "behind", "person", "met") if word in said)
    found = {group.name: group.progress for group in judged.alternatives}[name]
    return None if found == expected else f"{name}: {found} instead of {expected}"


def _lone(drawn: list[World], place: str) -> str:
    """What the alternatives come to in one area alone."""
    asked = [(each, [row for row in each.rows if row.place == place]) for each in drawn]
    met = any(number(each.printed, rows, each.ask) >= each.printed.value for each, rows in asked)
    return "met" if met else "missed" if drawn[0].ask.today > drawn[0].ask.end else "behind"


def _best(said: list[str]) -> str:
    return next(word for word in ("met", "person", "behind", "missed") if word in said)


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.targets")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=PLANTED)
    asked = parser.parse_args(argv)
    calls = {call: targets_of(call) for call in CALLS}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    with planted(asked.fault):
        differing = _run(calls, asked, seen)
    both = sum(said["met"] > 0 and said["met"] < said.total() for said in seen.values())
    judged = sum(said.total() for said in seen.values())
    is_broken = bool(differing) or (asked.fault is None and asked.size >= PIECE and both < TARGETS)
    told = sum(seen.values(), Counter())
    print(
        f"targets: {'BROKEN' if is_broken else 'holds'}; targets={len(seen)} judged={judged} "
        f"met_and_not={both} met={told['met']} behind={told['behind']} missed={told['missed']} "
        f"person={told['person']} differing={differing} seed={asked.seed}"
    )
    return 1 if is_broken else 0


def _run(
    calls: dict[str, dict[str, Target]], asked: argparse.Namespace, seen: dict[str, Counter[str]]
) -> int:
    differing = 0
    for turn in range(asked.size):
        for call, targets in calls.items():
            found = list(differences(targets, random.Random(f"{asked.seed}-{turn}-{call}"), seen, call))
            differing += len(found)
            if found and asked.fault:
                return differing  # it was noticed
            for line in found[:5] if differing < 50 else ():
                print(f"targets: round {asked.seed}-{turn}: {line}", file=sys.stderr)
    return differing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
