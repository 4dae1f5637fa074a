"""Reads uploaded files: gate first, then the parser in a child with limits, alone in its own process
group."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any, Final

import keqiao
from keqiao.core.guides.blocks import SourceDocument
from keqiao.readers.child import OUTPUT_MAX
from keqiao.readers.gate import pass_gate
from keqiao.readers.transfer import from_values
from keqiao.readers.unreadable import Unreadable

SECONDS: Final = 20
MEMORY_MB: Final = 512
# A converter is an office program of its own: it needs more of both.
CONVERTED: Final = frozenset({"doc", "wps"})
CONVERTER_SECONDS: Final = 60
CONVERTER_MEMORY_MB: Final = 4096
ROOT: Final = Path(keqiao.__file__).resolve().parent.parent
ENDED_BY: Final = {signal.SIGXCPU: "unreadable.too_slow", signal.SIGXFSZ: "unreadable.too_much_memory"}


def read_document_safely(
    path: Path, *, name: str = "", seconds: int = SECONDS, memory_mb: int = MEMORY_MB
) -> SourceDocument:
    """Read the uploaded file at ``path``; ``name`` is the name it was uploaded under.

    ``seconds`` bounds wall and processor time, ``memory_mb`` the address space of the child (mebibytes).
    Nothing is left behind: no process, no file.

    Raises:
        Unreadable: for every failure of any kind; its ``values`` always hold ``name``.
    """
    name = name or path.name
    try:
        return _read(path, name, seconds, memory_mb)
    except Unreadable as refusal:
        refusal.values = {"name": name, **refusal.values}
        raise
    except OSError as error:
        raise Unreadable("unreadable.damaged", name=name, detail=str(error)[:200]) from error


def _read(path: Path, name: str, seconds: int, memory_mb: int) -> SourceDocument:
    kind = pass_gate(path)
    if kind in CONVERTED:
        seconds, memory_mb = max(seconds, CONVERTER_SECONDS), max(memory_mb, CONVERTER_MEMORY_MB)
    arguments = [str(path.resolve()), name, kind, str(seconds), str(memory_mb)]
    with tempfile.TemporaryDirectory(prefix="keqiao-read-") as folder, tempfile.TemporaryFile() as output:
        status = _run(arguments, Path(folder), output, seconds)
        output.seek(0)
        data = output.read(OUTPUT_MAX)
    return _document(data, status, seconds)


def _run(arguments: list[str], folder: Path, output: IO[bytes], seconds: int) -> int:
    """Run the child in ``folder`` and return its exit status; its whole process group ends with it."""
    child = subprocess.Popen(
        [sys.executable, "-m", "keqiao.readers.child", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    )
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired as expired:
        raise Unreadable("unreadable.too_slow", seconds=seconds) from expired
    finally:
        _end_group(child)


def _end_group(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):  # all of the group have ended by themselves
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _environment(folder: Path) -> dict[str, str]:
    """No secret of the server reaches the child; home and temporary files lie in a folder that is removed."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
    }


def _document(data: bytes, status: int, seconds: int) -> SourceDocument:
    if status:
        ended_by = ENDED_BY.get(signal.Signals(-status)) if -status in signal.valid_signals() else None
        raise Unreadable(ended_by or "unreadable.crashed", seconds=seconds)
    try:
        answer: dict[str, Any] = json.loads(data)
        if "unreadable" not in answer:
            return from_values(answer["document"])
        refusal = Unreadable(str(answer["unreadable"]), **answer["values"])
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise Unreadable("unreadable.crashed", seconds=seconds) from error
    raise refusal
