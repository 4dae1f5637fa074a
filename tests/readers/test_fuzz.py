"""Files changed at random are read or refused and nothing else: the proof ``upload_fuzz``, small."""

import resource

import pytest

from proofs import upload_fuzz


@pytest.fixture(autouse=True)
def limits_stay_as_they_were(monkeypatch):
    """The proof bounds its own process; here that is the process of all tests."""
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)


def test_changed_files_are_read_or_refused(capsys):
    assert upload_fuzz.main(["--size", str(upload_fuzz.SMALL), "--seed", "1"]) == 0
    assert capsys.readouterr().out.startswith("upload_fuzz: holds; files=")


def test_the_proof_notices_a_reader_whose_errors_are_not_caught():
    assert upload_fuzz.main(["--size", str(upload_fuzz.SMALL), "--seed", "1", "--fault", "unwrapped"]) == 1
