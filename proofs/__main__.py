"""Run proofs piece by piece, remembering the pieces done, so that a run that was stopped goes on.

What is remembered belongs to one commit and one seed; it lies under ``build/proofs``.
"""

import argparse
import importlib
import json
import pkgutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

import proofs

ROOT = Path(__file__).resolve().parent.parent
STATES = ROOT / "build" / "proofs"
FAILED, UNFINISHED = {1, 2}, 3
SIDE_BY_SIDE = 2  # most of a proof waits for a database or a child of its own


@dataclass
class State:
    """How far one proof has come at one commit: pieces done and the seconds that they took."""

    proof: str
    commit: str
    seed: int
    size: int
    done: int = 0
    seconds: float = 0.0

    @property
    def file(self) -> Path:
        """Where this state is remembered."""
        return STATES / f"{self.proof}-{self.seed}-{self.size}-{self.commit}.json"

    def recall(self) -> "State":
        """Give what was remembered of this proof, or this state where nothing was."""
        return State(**json.loads(self.file.read_text())) if self.file.is_file() else self

    def remember(self) -> None:
        """Write this state down, unless files differ from the commit: then nobody knows what was proved."""
        if self.commit.endswith("-changed"):
            return
        STATES.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(asdict(self)))


def commit_name() -> str:
    """The commit proved, with ``-changed`` where files differ from it."""
    described = ["git", "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty=-changed"]
    answer = subprocess.run(described, cwd=ROOT, capture_output=True, text=True, check=False)
    return answer.stdout.strip() or "no-commit"


def proof_names() -> list[str]:
    """The modules of this package that are proofs."""
    found = (module.name for module in pkgutil.iter_modules(proofs.__path__) if not module.ispkg)
    return sorted(name for name in found if name != "__main__" and hasattr(_module(name), "FULL"))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"proofs.{name}")


def pieces(size: int, piece: int) -> Iterator[int]:
    """Part ``size`` into calls of at most ``piece``."""
    for start in range(0, size, piece):
        yield min(piece, size - start)


def call(name: str, size: int, seed: int, *more: str) -> int:
    """Run one piece in a process of its own: 0 holds, 1 broken, 2 could not be run, nor if it was killed."""
    command = [sys.executable, "-m", "proofs._piece", name, "--size", str(size), "--seed", str(seed), *more]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    return status if status in {0, 1} else 2


def prove(name: str, *, seed: int, until: float) -> int:
    """Run what is left of one proof; 0 holds, 1 broken, 2 could not be run, 3 stopped before its end."""
    size = _module(name).FULL
    state = State(name, commit_name(), seed, size).recall()
    calls = list(pieces(size, getattr(_module(name), "PIECE", size)))
    for number, amount in list(enumerate(calls))[state.done :]:
        if time.monotonic() >= until:
            print(f"{name}: {number} of {len(calls)} pieces done; the same command goes on")
            return UNFINISHED
        begun = time.monotonic()
        if status := call(name, amount, seed + number):
            print(
                f"{name}: BROKEN in piece {number + 1} of {len(calls)}, seed {seed + number}: status {status}"
            )
            return status
        state.done, state.seconds = number + 1, state.seconds + time.monotonic() - begun
        state.remember()
    print(
        f"{name}: holds; size={size} seed={seed} commit={state.commit} seconds={state.seconds:.0f}",
        flush=True,
    )
    return 0


def prove_small(name: str, seed: int) -> int:
    """Run the proof small, then with each planted fault, which it must notice."""
    module = _module(name)
    if status := call(name, module.SMALL, seed):
        print(f"{name}: BROKEN at small size, seed {seed}: status {status}")
        return status
    for fault in getattr(module, "FAULTS", ()):
        if (status := call(name, module.SMALL, seed, "--fault", fault)) != 1:
            print(f"{name}: the planted fault {fault!r} went unnoticed (status {status})")
            return 1
    print(f"{name}: holds at small size and notices its planted faults", flush=True)
    return 0


def prove_all_small(names: list[str], seed: int) -> dict[str, int]:
    """Run proofs small, two side by side; those that look at the clock (``ALONE``) after them, one by one."""
    alone = [name for name in names if getattr(_module(name), "ALONE", False)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as lanes:
        begun = {name: lanes.submit(prove_small, name, seed) for name in names if name not in alone}
        statuses = {name: each.result() for name, each in begun.items()}
    statuses |= {name: prove_small(name, seed) for name in alone}
    return {name: statuses[name] for name in names}


def closing(statuses: Mapping[str, int]) -> str:
    """The last line: how many passed, failed and are unfinished, and which failed."""
    failed = [name for name, status in statuses.items() if status in FAILED]
    given = list(statuses.values())
    named = f" ({', '.join(failed)})" if failed else ""
    return (
        f"proofs: {given.count(0)} passed, {len(failed)} failed{named}, {given.count(UNFINISHED)} unfinished"
    )


def report(statuses: Mapping[str, int], file: Path) -> None:
    """Write the outcome as pytest writes its own, for the summary of ``make test``."""
    failed = [name for name, status in statuses.items() if status in FAILED]
    counts = {"tests": str(len(statuses)), "failures": str(len(failed))}
    suite = ET.Element("testsuite", name="proofs", **counts)
    for name in statuses:
        case = ET.SubElement(suite, "testcase", classname="proofs", name=name)
        if name in failed:
            ET.SubElement(case, "failure")
    ET.ElementTree(suite).write(file, encoding="utf-8")


def main() -> int:
    """Prove what was asked for; the exit status is the worst of all."""
    parser = argparse.ArgumentParser(prog="python -m proofs", description="Run the long proofs.")
    parser.add_argument("only", nargs="?", help="one proof; all where none is given")
    parser.add_argument("--small", action="store_true", help="as make test runs them, with planted faults")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no piece after this time")
    parser.add_argument("--seed", type=int, default=20230101)
    parser.add_argument("--junitxml", type=Path, help="write the outcome here, as pytest does")
    asked = parser.parse_args()
    names = proof_names()
    if asked.only and asked.only not in names:
        print(f"no proof {asked.only!r}; there are: {', '.join(names) or 'none'}", file=sys.stderr)
        return 2
    until = time.monotonic() + asked.minutes * 60
    wanted = [asked.only] if asked.only else names
    if asked.small:
        statuses = prove_all_small(wanted, asked.seed)
    else:
        statuses = {name: prove(name, seed=asked.seed, until=until) for name in wanted}
    if asked.junitxml:
        report(statuses, asked.junitxml)
    print(closing(statuses))
    return max(statuses.values(), default=0)


if __name__ == "__main__":
    sys.exit(main())
