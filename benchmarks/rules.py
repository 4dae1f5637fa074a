"""100,000 generated units times 30 rules: our closures beside two rule engines, verdict by verdict.

Each engine gets the facts as plain data made before its time is taken. The Common Expression Language takes them over
into a Context for each unit; that counts, and a line of its own says what its expressions take without it. All
verdicts must be the same, unknown ones included. JsonLogic in Python is interpreted and runs on a part of the units.
Processor time; bounds: 1.5 and 10 times theirs.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from typing import Any

from cel import Context
from cel import compile as compile_cel
from json_logic import jsonLogic

from benchmarks import line
from benchmarks.rule_engines.as_cel import cel
from benchmarks.rule_engines.as_json_logic import HALF, json_logic, with_outer_facts
from benchmarks.rule_engines.flat import Names, flat
from benchmarks.rule_engines.thirty import RULES
from benchmarks.rule_engines.units import units
from keqiao.core.rules.engine.compiled import compile_rule
from keqiao.core.rules.facts import UNKNOWN, Case, Known

UNITS, BATCH, PART = 100_000, 5_000, 2_000
SEED = 20230301
CEL, JSON_LOGIC = "common-expression-language", "json-logic-qubit"
CEL_RATIO_MIN, JSON_LOGIC_RATIO_MIN = 1.5, 10
CEL_ERRORS = (RuntimeError, KeyError, TypeError)
"""How that engine says that a name, a key or an operation is not there: for us, that a fact is unknown."""

SAID: dict[Any, Known[bool]] = {True: True, False: False, UNKNOWN: UNKNOWN, None: UNKNOWN, HALF: UNKNOWN}
"""The verdicts of all engines in our words (1 and 0 are true and false)."""


@dataclass
class Engine:
    """One engine: how it wants its facts, how it judges a batch, on how many units, and what it has needed."""

    name: str
    package: str
    prepare: Callable[[Case], Any]
    judge: Callable[[list[Any]], list[Any]]
    most: int = UNITS
    seconds: float = 0.0
    judged: int = 0
    verdicts: list[Any] = field(default_factory=list)

    def run(self, batch: list[Case]) -> None:
        """Judge as much of a batch as is its part; only the judging is timed."""
        facts = [self.prepare(case) for case in batch[: max(0, self.most - self.judged // len(RULES))]]
        begun = time.process_time()
        self.verdicts = self.judge(facts)
        self.seconds += time.process_time() - begun
        self.judged += len(self.verdicts)

    @property
    def rate(self) -> float:
        """Verdicts per second of processor time."""
        return self.judged / self.seconds


def closures() -> Engine:
    """Our closures, asked about the cases themselves."""
    truths = [compile_rule(rule).truth for rule in RULES]

    def judge(cases: list[Case]) -> list[Any]:
        return [truth(case) for case in cases for truth in truths]

    return Engine("ours", "keqiao", lambda case: case, judge)


def expressions(names: Names) -> tuple[Engine, Engine]:
    """The Common Expression Language in Rust: all that it needs for a unit, and its expressions alone."""
    programs = [compile_cel(cel(rule, names)) for rule in RULES]
    nothing = compile_cel("true")

    def in_contexts(contexts: Iterator[Context]) -> list[Any]:
        verdicts: list[Any] = []
        for context in contexts:
            for program in programs:
                try:
                    verdicts.append(program.execute(context))
                except CEL_ERRORS:
                    verdicts.append(None)
        return verdicts

    def judge(facts: list[dict[str, Any]]) -> list[Any]:
        return in_contexts(Context(variables=variables) for variables in facts)

    def taken_over(case: Case) -> Context:
        context = Context(variables=flat(case, names))
        nothing.execute(context)  # the first use converts its variables
        return context

    whole = Engine(CEL, CEL, lambda case: flat(case, names), judge)
    return whole, Engine(f"{CEL}-expressions", CEL, taken_over, lambda ready: in_contexts(iter(ready)), PART)


def interpreted(names: Names) -> Engine:
    """JsonLogic in Python."""
    rules = [json_logic(rule, names) for rule in RULES]

    def judge(facts: list[dict[str, Any]]) -> list[Any]:
        return [jsonLogic(rule, data) for data in facts for rule in rules]

    return Engine(
        JSON_LOGIC, JSON_LOGIC, lambda case: with_outer_facts(flat(case, names), names), judge, PART
    )


def named_facts() -> Names:
    """Short names for all facts that the rules ask for."""
    names = Names()
    names.learn(RULES)
    names.fact(("approved",))
    return names


def batches() -> Iterator[list[Case]]:
    """The units, some thousand at a time."""
    rest = units(UNITS, SEED)
    while batch := list(islice(rest, BATCH)):
        yield batch


def differing(ours: Engine, peer: Engine) -> Counter[int]:
    """For each rule, how many verdicts of the last batch differ."""
    pairs = enumerate(zip(ours.verdicts, peer.verdicts, strict=False))  # a peer may have judged a part
    return Counter(number % len(RULES) for number, (one, other) in pairs if SAID[one] is not SAID[other])


def report(ours: Engine, peer: Engine) -> float:
    """Print one line of comparison; give the ratio."""
    ratio = ours.rate / peer.rate
    size = f"{peer.judged // len(RULES):,} units x {len(RULES)} rules"
    about = (
        f"{peer.name} {version(peer.package)}; {size}, unknown facts included; verdicts per processor second"
    )
    rates = {"ours": f"{ours.rate / 1e6:.2f}M/s", "peer": f"{peer.rate / 1e6:.3f}M/s"}
    print(line(f"rules-{peer.name}", **rates, ratio=ratio, about=about))
    return ratio


def main(argv: list[str]) -> int:
    """Run; 0 the bounds hold, 1 a verdict differs or a bound is broken."""
    assert not argv, "no arguments"
    names = named_facts()
    ours, peers = closures(), (*expressions(names), interpreted(names))
    wrong: Counter[int] = Counter()
    said: Counter[Known[bool]] = Counter()
    for batch in batches():
        ours.run(batch)
        said.update(SAID[verdict] for verdict in ours.verdicts)
        for peer in peers:
            peer.run(batch)
            wrong += differing(ours, peer)
    shares = f"true {said[True]:,}, false {said[False]:,}, unknown {said[UNKNOWN]:,}"
    print(f"rules: {ours.judged:,} verdicts ({shares}); differing by rule: {dict(wrong) or 'none'}")
    ratios = {peer.name: report(ours, peer) for peer in peers}
    bounds = {CEL: CEL_RATIO_MIN, JSON_LOGIC: JSON_LOGIC_RATIO_MIN}
    broken = [
        f"{name} {ratios[name]:.2f}, not {bound}" for name, bound in bounds.items() if ratios[name] < bound
    ]
    for fault in broken:
        print(f"rules: bound broken: {fault}", file=sys.stderr)
    return 1 if broken or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
