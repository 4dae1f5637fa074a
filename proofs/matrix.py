"""Every route, role and association: who is not meant finds nothing, and not even that there was something.

Each piece sends all requests of one association's people (and of nobody, the three administrators, and somebody
without a role) for the objects of three associations; a smaller size asks for one route in so many. Size counts
twentieths of one association's routes.
"""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

FULL, SMALL, PIECE = 60, 1, 20
FAULTS = ("forgotten-filter",)
FORGETFUL = ("registers:line", "programmes:draft")
"""Routes whose filters the planted fault takes away: a part of the routes by number may hold none of them."""
ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "web" / "matrix"
ASSOCIATIONS = 3
FIGURES = re.compile(
    r"requests=(\d+) refused=(\d+) answered_as_to_an_absent_id=(\d+) routes_reached=\d+ faults=(\d+)"
)


def command(fault: str | None) -> list[str]:
    """The tests that are the matrix; with a fault, on the page that was planted."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--tb=short"]
    wanted = "test_access_matrix.py::test_who_is_not_meant_finds_nothing"
    return [*pytest, str(TESTS / wanted), *(["-p", "tests.web.matrix.forgetting"] if fault else [])]


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.matrix")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    home = 1 + asked.seed % ASSOCIATIONS
    part = f"{asked.seed % (PIECE // asked.size)}/{PIECE // asked.size}" if asked.size < PIECE else "0/1"
    environment = {**os.environ, "MATRIX": str(home), "MATRIX_PART": part}
    if asked.fault:
        environment["MATRIX_ROUTES"], part = ",".join(FORGETFUL), "forgetful"
    done = subprocess.run(
        command(asked.fault), cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    found = [[int(figure) for figure in figures] for figures in FIGURES.findall(done.stdout)]
    if not found:
        sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
        return 2
    requests, refused, compared, faults = (sum(column) for column in zip(*found, strict=True))
    broken = bool(faults) or (done.returncode != 0 and not asked.fault)  # only a finding notices a fault
    if broken and not asked.fault:
        sys.stderr.write(done.stdout[-4000:])
    sys.stdout.write(
        f"matrix: {'BROKEN' if broken else 'holds'}; requests={requests} refused={refused} "
        f"answered_as_to_an_absent_id={compared} faults={faults} home={home} part={part} seed={asked.seed}\n"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
