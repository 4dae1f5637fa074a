"""Forked children answer, are ended and told of as those are that the program starts."""

import sys
import tempfile
import time
from types import ModuleType

import pytest

from keqiao.confined import CRASHED, TOO_SLOW, Ended, Streams, limit
from tests.web.forked import run_forked


def told(monkeypatch, tmp_path, work, seconds=20.0, given=b""):
    """What a child wrote that does ``work``."""
    module = ModuleType("keqiao_child_of_tests")
    module.main = work
    monkeypatch.setitem(sys.modules, module.__name__, module)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as asked:
        asked.write(given)
        asked.seek(0)
        run_forked(module.__name__, ["one"], Streams(output, asked), folder=tmp_path, seconds=seconds)
        output.seek(0)
        return output.read()


def test_it_reads_what_it_is_given_and_writes_its_answer_in_its_folder(monkeypatch, tmp_path):
    def work(arguments):
        (tmp_path.cwd() / "left").write_text("here")
        sys.stdout.write(f"{arguments} {sys.stdin.read()}")
        return 0

    assert told(monkeypatch, tmp_path, work, given=b"words") == b"['one'] words"
    assert (tmp_path / "left").read_text() == "here"


def fails(_arguments):
    raise RuntimeError


def refuses(_arguments):
    return 3


def takes_too_much(_arguments):
    limit(5, 64)
    return len(bytearray(256 << 20)) and 0


@pytest.mark.parametrize("work", [fails, refuses, takes_too_much])
def test_a_child_without_an_answer_is_told(monkeypatch, tmp_path, work):
    with pytest.raises(Ended, match=CRASHED):
        told(monkeypatch, tmp_path, work)


def test_a_slow_child_is_ended(monkeypatch, tmp_path):
    begun = time.monotonic()

    with pytest.raises(Ended, match=TOO_SLOW):
        told(monkeypatch, tmp_path, lambda _arguments: time.sleep(60), seconds=0.3)

    assert time.monotonic() - begun < 60
