"""The runners behind make test, make prove and make bench tell the truth about what ran."""

import pytest

import benchmarks
from benchmarks.__main__ import LINE
from proofs.__main__ import pieces
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


@pytest.mark.parametrize("planted", [{"passed": 0}, {"passed": 5, "failed": 1}])
def test_an_empty_stage_and_a_failed_test_make_the_run_fail(planted):
    outcomes = [Outcome(name, passed=1) for name in STAGES[:3]]

    assert report_on([*outcomes, Outcome("journeys", **planted)], seeds=True) == 1


def test_a_proof_is_cut_into_pieces_that_sum_up():
    assert list(pieces(10, 4)) == [4, 4, 2]
    assert list(pieces(3, 3)) == [3]


def test_a_line_of_comparison_has_the_agreed_form():
    line = benchmarks.line("read", ours="0.8s", peer="1.2s", ratio=1.5, about="seconds a document, x 1.0")

    assert line == "read: ours=0.8s peer=1.2s ratio=1.50 (seconds a document, x 1.0)"
    assert LINE.search(line)
    assert not LINE.search("read: ours=0.8s ratio=1.50")
