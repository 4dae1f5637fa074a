"""``make test``: set up what tests need, run them stage by stage, and say what ran on what.

All stages run even when one fails. ``make test`` is green only if every stage ran at least one test.
"""

import os
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.browser import browser_environment
from scripts.postgres import throw_away_server
from scripts.setup import set_up
from scripts.workshop import BUILD, PYTHON, ROOT, Stopped, clean_environment, say, script

REPORTS = BUILD / "tests"
WITHOUT_DATABASE = ("core", "readers", "writers", "cli", "architecture", "readings")
WORKERS = os.environ.get("KEQIAO_TEST_WORKERS", "2")


@dataclass(frozen=True)
class Stage:
    """One run of pytest: what the summary calls it, its folders, and what its environment has beside ours."""

    name: str
    folders: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    workers: str = WORKERS


@dataclass(frozen=True)
class Outcome:
    """What a stage came to. Errors count as failed."""

    stage: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    @property
    def ran(self) -> int:
        """How many tests ran."""
        return self.passed + self.failed


def run_stage(stage: Stage) -> Outcome:
    """Run one stage and read its counts from pytest's report."""
    folders = [f"tests/{name}" for name in stage.folders if (ROOT / "tests" / name).is_dir()]
    if not folders:
        say(f"{stage.name}: no folder of tests")
        return Outcome(stage.name)
    say(f"\n== {stage.name}: {' '.join(folders)}")
    report = REPORTS / f"{stage.name.replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    command = [PYTHON, "-m", "pytest", *folders, "-q", "-n", stage.workers, f"--junitxml={report}"]
    begun = time.monotonic()
    status = subprocess.run(
        command, cwd=ROOT, env=clean_environment(**stage.environment), check=False
    ).returncode
    return read_report(stage.name, report, status, time.monotonic() - begun)


def read_report(name: str, report: Path, status: int, seconds: float) -> Outcome:
    """Counts of one run; a run that ended badly without a failed test counts as one failure of its own."""
    if not report.is_file():
        return Outcome(name, failed=1, seconds=seconds)
    suites = ET.parse(report).getroot().iter("testsuite")
    counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in suites:
        counts = {key: counts[key] + int(suite.get(key, "0")) for key in counts}
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    if status and not failed:
        failed = 1
    return Outcome(name, passed, failed, counts["skipped"], seconds)


def run_proofs() -> Outcome:
    """Run every long proof small, with its planted faults."""
    say("\n== proofs at small size")
    begun = time.monotonic()
    status = subprocess.run(
        [PYTHON, "-m", "proofs", "--small"], cwd=ROOT, env=clean_environment(), check=False
    )
    seconds = time.monotonic() - begun
    return Outcome(
        "proofs", passed=int(status.returncode == 0), failed=int(status.returncode != 0), seconds=seconds
    )


def seeds_folder() -> Path:
    """Where the call documents lie that readings are compared with."""
    return (ROOT / os.environ.get("KEQIAO_SEEDS", "../shared/seeds")).resolve()


def report(outcomes: list[Outcome], *, seeds: bool) -> int:
    """Print what ran on what and the closing line; exit status 1 if anything failed or a stage ran nothing."""
    tests = [outcome for outcome in outcomes if outcome.stage != "proofs"]
    say("")
    for outcome in outcomes:
        say(f"{outcome.stage}: {outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"
            f" in {outcome.seconds:.0f} s")  # fmt: skip
    named = {outcome.stage: outcome.ran for outcome in tests}
    say(
        f"{named['without a database']} tests without a database, {named['on SQLite']} on SQLite, "
        f"{named['on PostgreSQL']} on PostgreSQL, {named['journeys']} journeys"
    )
    empty = [outcome.stage for outcome in tests if not outcome.ran]
    for name in empty:
        say(f"no test ran: {name}")
    failed = sum(outcome.failed for outcome in outcomes) + len(empty)
    passed, skipped = (
        sum(outcome.passed for outcome in outcomes),
        sum(outcome.skipped for outcome in outcomes),
    )
    say(f"{passed} passed, {failed} failed, {skipped} skipped")
    if not seeds:
        say(f"The comparison with the call documents was not run: there is no folder {seeds_folder()}")
    return 1 if failed else 0


def main() -> int:
    """Set up, run all stages, report."""
    seeds = seeds_folder().is_dir()
    if not seeds and os.environ.get("REQUIRE_SEEDS") == "1":
        raise Stopped(f"REQUIRE_SEEDS is set, but there is no folder {seeds_folder()} (KEQIAO_SEEDS)")
    set_up(frozenset({"dev"}))
    browser = browser_environment()
    REPORTS.mkdir(parents=True, exist_ok=True)
    data = {"KEQIAO_DATA": str(BUILD / "tests" / "var"), "KEQIAO_SEEDS": str(seeds_folder())}
    sqlite = data | {"DATABASE_URL": ""}
    with throw_away_server() as server:
        outcomes = [
            run_stage(Stage("without a database", WITHOUT_DATABASE, sqlite)),
            run_stage(Stage("on SQLite", ("web",), sqlite)),
            run_stage(Stage("on PostgreSQL", ("web",), data | {"DATABASE_URL": server.url})),
            run_stage(Stage("journeys", ("journeys",), sqlite | browser, workers="0")),
            run_proofs(),
        ]
    return report(outcomes, seeds=seeds)


if __name__ == "__main__":
    script(main)
