"""Hostile and odd files: each is answered in time, within bounds, and nothing is left behind."""

import os
import resource
import tempfile
import time
from pathlib import Path

import pytest

from keqiao.confined import environment
from keqiao.core.guides.blocks import SourceDocument
from keqiao.readers.sandbox import read_document_safely
from keqiao.readers.unreadable import Unreadable
from tests.readers.hostile import HOSTILE, ODD
from tests.readers.word_files import docx, p

SECONDS = 5
CHILD_MEMORY_MB = 512


@pytest.fixture(autouse=True)
def nothing_is_left_behind(tmp_path, monkeypatch):
    """Temporary files go to a folder that must be empty afterwards; no process may outlive the reading."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []
    assert children() == []


def children() -> list[int]:
    """The processes whose parent is this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[1]) == os.getpid():
            found.append(int(status.parent.name))
    return found


def answer(path: Path) -> SourceDocument | Unreadable:
    """Read the file and check the time; anything but these two answers is an error of ours."""
    begun = time.monotonic()
    try:
        found: SourceDocument | Unreadable = read_document_safely(path)
    except Unreadable as refusal:
        found = refusal
    assert time.monotonic() - begun < SECONDS
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < most_kilobytes()
    return found


def most_kilobytes() -> int:
    """A child begins as this process, whose own size counts as the child's until it has become the reader."""
    return max(CHILD_MEMORY_MB * 1024, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 1)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(tmp_path, name):
    make, code = HOSTILE[name]

    found = answer(make(tmp_path / name))

    assert isinstance(found, Unreadable)
    assert (found.code, found.values["name"]) == (f"unreadable.{code}", name)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read_or_refused_and_nothing_else(tmp_path, name):
    assert isinstance(answer(ODD[name](tmp_path / name)), SourceDocument | Unreadable)


def test_there_are_at_least_sixty_such_files():
    assert len(HOSTILE) + len(ODD) >= 60


def test_a_sound_file_passes_the_same_way(tmp_path):
    found = answer(docx(tmp_path / "a.docx", p("正文")))

    assert isinstance(found, SourceDocument)
    assert found.blocks[0].text == "正文"


def test_the_child_is_ended_when_its_time_is_over(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("通知\n" * 10)

    with pytest.raises(Unreadable) as refusal:
        read_document_safely(path, seconds=0)

    assert refusal.value.code == "unreadable.too_slow"


def test_the_child_may_not_use_more_memory_than_it_is_given(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("通知\n" * 600_000)

    with pytest.raises(Unreadable) as refusal:
        read_document_safely(path, memory_mb=60)

    assert refusal.value.code in {"unreadable.too_much_memory", "unreadable.crashed"}


def test_no_secret_of_the_server_reaches_the_child(monkeypatch):
    monkeypatch.setenv("KEQIAO_SECRET_KEY", "x")

    assert sorted(environment(Path("/nowhere"))) == ["HOME", "LANG", "PATH", "PYTHONPATH", "TMPDIR"]
