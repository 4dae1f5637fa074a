"""The runners behind make test, make prove and make bench tell the truth about what ran."""

import sys
from threading import Barrier
from types import ModuleType, SimpleNamespace

import pytest

import benchmarks
from benchmarks.__main__ import LINE
from proofs import __main__ as runner
from proofs import _piece
from proofs.__main__ import closing, pieces, prove_small, report
from scripts.office import get_office
from scripts.run_tests import Outcome, read_report, report_on

JUNIT = """<testsuite tests="{tests}" failures="{failures}" errors="0" skipped="1" />"""
STAGES = ("without a database", "on SQLite", "on PostgreSQL", "journeys")


def test_the_counts_of_a_stage_come_from_its_report(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(JUNIT.format(tests=10, failures=2))

    assert read_report("on SQLite", report, status=1, seconds=3.0) == Outcome("on SQLite", 7, 2, 1, 3.0)


def test_a_run_that_ends_badly_without_a_failed_test_has_failed(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(JUNIT.format(tests=10, failures=0))

    assert read_report("on SQLite", report, status=2, seconds=0.0).failed == 1
    assert read_report("on SQLite", tmp_path / "none.xml", status=3, seconds=0.0).failed == 1


def test_the_summary_names_the_tests_of_each_engine_and_closes_with_the_counts(capsys):
    outcomes = [Outcome(name, passed=number) for number, name in enumerate(STAGES, 1)]

    assert report_on(outcomes, seeds=True) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "1 tests without a database, 2 on SQLite, 3 on PostgreSQL, 4 journeys",
        "10 passed, 0 failed, 0 skipped",
    ]


def test_the_last_line_says_that_the_comparison_with_the_documents_was_not_run(capsys, monkeypatch):
    monkeypatch.setenv("KEQIAO_SEEDS", "/nowhere")

    assert report_on([Outcome(name, passed=1) for name in STAGES], seeds=False) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "The comparison with the call documents was not run: there is no folder /nowhere"
    )


def test_the_last_line_says_that_nothing_went_through_libreoffice(capsys, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    missing = get_office()

    assert missing.startswith("LibreOffice is missing; install it")
    assert report_on([Outcome(name, passed=1) for name in STAGES], seeds=True, no_office=missing) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"No Word file went through LibreOffice: {missing}"


@pytest.mark.parametrize("planted", [{"passed": 0}, {"passed": 5, "failed": 1}])
def test_an_empty_stage_and_a_failed_test_make_the_run_fail(planted):
    outcomes = [Outcome(name, passed=1) for name in STAGES[:3]]

    assert report_on([*outcomes, Outcome("journeys", **planted)], seeds=True) == 1


def test_the_failed_tests_are_named_before_the_counts(tmp_path, capsys):
    file = tmp_path / "report.xml"
    file.write_text(
        '<testsuites><testsuite tests="3" failures="1" errors="1" skipped="0">'
        '<testcase classname="tests.web.test_it" name="test_whole"/>'
        '<testcase classname="tests.web.test_it" name="test_torn[1]"><failure/></testcase>'
        '<testcase classname="tests.web.test_it" name="test_stuck"><error/></testcase>'
        "</testsuite></testsuites>"
    )
    torn = read_report("on SQLite", file, status=1, seconds=0.0)
    others = [Outcome(name, passed=1) for name in STAGES if name != "on SQLite"]

    assert report_on([torn, *others], seeds=True) == 1
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "failed: on SQLite: tests.web.test_it::test_torn[1]",
        "failed: on SQLite: tests.web.test_it::test_stuck",
        "1 tests without a database, 3 on SQLite, 1 on PostgreSQL, 1 journeys",
        "4 passed, 2 failed, 0 skipped",
    ]


def test_the_last_line_of_the_proofs_names_those_that_failed():
    assert closing({"matrix": 1, "rules": 0, "wal": 2, "notice": 3}) == (
        "proofs: 1 passed, 2 failed (matrix, wal), 1 unfinished"
    )
    assert closing({"rules": 0}) == "proofs: 1 passed, 0 failed, 0 unfinished"


def test_each_proof_counts_as_a_test_in_the_summary(tmp_path):
    report({"matrix": 1, "rules": 0, "wal": 0}, tmp_path / "proofs.xml")

    outcome = read_report("proofs", tmp_path / "proofs.xml", status=1, seconds=5.0)

    assert outcome == Outcome("proofs", 2, 1, 0, 5.0, ("proofs::matrix",))


def test_a_proof_that_breaks_off_has_noticed_no_planted_fault(monkeypatch, capsys):
    torn = ModuleType("proofs.torn")
    torn.main = lambda arguments: arguments[9]
    monkeypatch.setitem(sys.modules, "proofs.torn", torn)

    assert _piece.main("torn", ["--fault", "any"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "IndexError: list index out of range"


def test_a_proof_that_was_killed_has_failed(monkeypatch, tmp_path, capsys):
    killed = tmp_path / "killed"
    killed.write_text("#!/bin/sh\nkill -9 $$\n")
    killed.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(killed))

    assert prove_small("rules", seed=1) == 2
    assert capsys.readouterr().out == "rules: BROKEN at small size, seed 1: status 2\n"


def test_proofs_that_look_at_the_clock_run_alone_after_the_others(monkeypatch):
    side_by_side, ended = Barrier(2, timeout=60), []

    def proved(name, _seed):
        if name != "watch":
            side_by_side.wait()
        ended.append(name)
        return len(name)

    monkeypatch.setattr(runner, "prove_small", proved)
    monkeypatch.setattr(runner, "_module", lambda name: SimpleNamespace(ALONE=name == "watch"))

    assert runner.prove_all_small(["watch", "ab", "c"], 1) == {"watch": 5, "ab": 2, "c": 1}
    assert ended[2] == "watch"


def test_a_proof_is_cut_into_pieces_that_sum_up():
    assert list(pieces(10, 4)) == [4, 4, 2]
    assert list(pieces(3, 3)) == [3]


def test_a_line_of_comparison_has_the_agreed_form():
    line = benchmarks.line("read", ours="0.8s", peer="1.2s", ratio=1.5, about="seconds a document, x 1.0")

    assert line == "read: ours=0.8s peer=1.2s ratio=1.50 (seconds a document, x 1.0)"
    assert LINE.search(line)
    assert not LINE.search("read: ours=0.8s ratio=1.50")
