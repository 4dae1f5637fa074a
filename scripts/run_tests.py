"""``make test``: set up what tests need, run them stage by stage, and say what ran on what.

All stages run even when one fails. It is green only if every stage ran at least one test.
"""

import os
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts import empty_databases, mail_server, postgres
from scripts.browser import browser_environment
from scripts.office import get_office
from scripts.setup import set_up
from scripts.workshop import BUILD, PYTHON, ROOT, Stopped, clean_environment, say, script

TESTS = ROOT / "tests"
REPORTS = BUILD / "tests"
WITH_DATABASE = {"web", "journeys"}
WATCH = "journeys/test_watching.py"
LONGEST = 40 * 60  # seconds a stage may take before it counts as hanging
WORKERS = os.environ.get("KEQIAO_TEST_WORKERS", "2")


@dataclass(frozen=True)
class Stage:
    """One run of pytest: its name in the summary, folders or files, what its environment has beside ours."""

    name: str
    folders: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    workers: str = WORKERS
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a stage came to. Errors count as failed."""

    stage: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    named: tuple[str, ...] = ()
    """The failed ones by name."""

    @property
    def ran(self) -> int:
        """How many tests ran."""
        return self.passed + self.failed


def run_stage(stage: Stage) -> Outcome:
    """Run one stage and read its counts from pytest's report."""
    folders = [f"tests/{name}" for name in stage.folders if (TESTS / name).exists()]
    say(f"\n== {stage.name}: {' '.join(folders) or 'no folder of tests'}")
    if not folders:
        return Outcome(stage.name)
    report = REPORTS / f"{stage.name.replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    options = ["-q", "-n", stage.workers, f"--junitxml={report}", *stage.options]
    begun = time.monotonic()
    environment = clean_environment(**stage.environment)
    command = [PYTHON, "-m", "pytest", *folders, *options]
    try:
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=LONGEST).returncode
    except subprocess.TimeoutExpired:
        say(f"{stage.name}: stopped after {LONGEST // 60} minutes")
        status = 1
    return read_report(stage.name, report, status=status, seconds=time.monotonic() - begun)


def read_report(name: str, report: Path, *, status: int, seconds: float) -> Outcome:
    """Counts of one run; a run that ended badly without a failed test counts as one failure of its own."""
    if not report.is_file():
        return Outcome(name, failed=1, seconds=seconds)
    root = ET.parse(report).getroot()
    counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in root.iter("testsuite"):
        counts = {key: counts[key] + int(suite.get(key, "0")) for key in counts}
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    no_test_ran = 5
    if status not in {0, no_test_ran} and not failed:
        failed = 1
    return Outcome(name, passed, failed, counts["skipped"], seconds, tuple(failed_names(root)))


def failed_names(root: ET.Element) -> Iterator[str]:
    """The failed tests of a report, as pytest is asked for them."""
    for case in root.iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            yield f"{case.get('classname')}::{case.get('name')}"


def folders_without_database() -> tuple[str, ...]:
    """Every folder of tests but those of the shell: nothing in them needs a database."""
    holding = {file.relative_to(TESTS).parts[0] for file in TESTS.rglob("test_*.py")}
    return tuple(sorted(holding - WITH_DATABASE))


def run_proofs(environment: Mapping[str, str]) -> Outcome:
    """Run every long proof small, with its planted faults; each counts as one test."""
    say("\n== proofs at small size")
    report = REPORTS / "proofs.xml"
    report.unlink(missing_ok=True)
    begun = time.monotonic()
    command = [PYTHON, "-m", "proofs", "--small", f"--junitxml={report}"]
    done = subprocess.run(command, cwd=ROOT, env=clean_environment(**environment), check=False)
    return read_report("proofs", report, status=done.returncode, seconds=time.monotonic() - begun)


def run_all_stages(browser: Mapping[str, str]) -> list[Outcome]:
    """Run every stage, with a throw-away PostgreSQL beside them; new databases are copies of one migrated now."""
    say("\n== empty databases")
    empty_databases.make(REPORTS / "empty")
    os.environ[empty_databases.NAMED] = str(REPORTS / "empty")
    data = {"KEQIAO_DATA": str(REPORTS / "var"), "KEQIAO_SEEDS": str(seeds_folder())}
    sqlite = data | {"DATABASE_URL": ""}
    browsing = {**sqlite, **browser}
    with postgres.throw_away_server() as server:
        return [
            run_stage(Stage("without a database", folders_without_database(), sqlite)),
            run_stage(Stage("on SQLite", ("web",), sqlite)),
            run_stage(Stage("on PostgreSQL", ("web",), data | {"DATABASE_URL": server.url})),
            run_stage(Stage("watch over journeys", (WATCH,), browsing, workers="0")),
            run_stage(Stage("journeys", ("journeys",), browsing, options=(f"--ignore=tests/{WATCH}",))),
            run_proofs(sqlite),
        ]


def seeds_folder() -> Path:
    """Where the call documents lie that readings are compared with."""
    return (ROOT / os.environ.get("KEQIAO_SEEDS", "../shared/seeds")).resolve()


def report_on(outcomes: list[Outcome], *, seeds: bool, no_office: str = "") -> int:
    """Print what ran on what and the closing line; exit status 1 if anything failed or a stage was empty.

    ``no_office`` is why LibreOffice is not there.
    """
    say("")
    for outcome in outcomes:
        counts = f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"
        say(f"{outcome.stage}: {counts} in {outcome.seconds:.0f} s")
    for outcome in outcomes:
        for name in outcome.named:
            say(f"failed: {outcome.stage}: {name}")
    ran = {outcome.stage: outcome.ran for outcome in outcomes}
    say(
        f"{ran['without a database']} tests without a database, {ran['on SQLite']} on SQLite, "
        f"{ran['on PostgreSQL']} on PostgreSQL, {ran['journeys']} journeys"
    )
    empty = [name for name, number in ran.items() if not number]
    for name in empty:
        say(f"no test ran: {name}")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes) + len(empty)
    say(f"{passed} passed, {failed} failed, {sum(outcome.skipped for outcome in outcomes)} skipped")
    if not seeds:
        say(f"The comparison with the call documents was not run: there is no folder {seeds_folder()}")
    if no_office:
        say(f"No Word file went through LibreOffice: {no_office}")
    return 1 if failed else 0


def main() -> int:
    """Set up, run all stages, report."""
    seeds = seeds_folder().is_dir()
    if not seeds and os.environ.get("REQUIRE_SEEDS") == "1":
        raise Stopped(f"REQUIRE_SEEDS is set, but there is no folder {seeds_folder()} (KEQIAO_SEEDS)")
    set_up(frozenset({"dev"}))
    REPORTS.mkdir(parents=True, exist_ok=True)
    postgres.get_programs()
    mail_server.get_programs()
    browser, no_office = browser_environment(), get_office()
    return report_on(run_all_stages(browser), seeds=seeds, no_office=no_office)


if __name__ == "__main__":
    script(main)
