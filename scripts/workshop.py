"""The places and the few ways of working that all scripts share."""

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
BUILD = ROOT / "build"
PYTHON = VENV / "bin" / "python"
MARK = ".keqiao-setup"


class Stopped(Exception):
    """What is needed could not be had; the text is the one line that says why and what to do."""


def say(line: str) -> None:
    """Print a line of progress at once, so that it stands before what a child process prints."""
    print(line, flush=True)


def run(command: Sequence[str | Path], *, failing: str, env: Mapping[str, str] | None = None) -> None:
    """Run ``command`` at the root. Raises Stopped with ``failing`` when its exit status is not 0."""
    status = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode
    if status:
        raise Stopped(f"{failing} (exit status {status} of {Path(command[0]).name})")


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment for child processes, without what another activated environment left in it."""
    kept = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONHOME"}}
    return kept | extra


def empty_databases() -> Path | None:
    """Where ``scripts.empty_databases`` made the databases that new ones are copied from, if it did."""
    folder = os.environ.get("KEQIAO_EMPTY_DATABASES")
    return Path(folder) if folder else None


def digest_of(files: Iterable[Path], *more: str) -> str:
    """One digest over the contents of ``files`` and the words ``more``."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    for word in more:
        total.update(word.encode())
    return total.hexdigest()


def is_made(folder: Path, digest: str) -> bool:
    """Was ``folder`` made from what ``digest`` names? The mark lies inside and goes with it."""
    mark = folder / MARK
    return mark.is_file() and mark.read_text() == digest


def mark_made(folder: Path, digest: str) -> None:
    """Remember what ``folder`` was made from."""
    (folder / MARK).write_text(digest)


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Let only one process of this tree do the work ``name``; others wait for it."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    raise KeyboardInterrupt


def script(main: object) -> None:
    """Run a script's ``main``; what stops it is one line on standard error and exit status 2.

    SIGTERM ends it as Ctrl-C does, so that it ends its children first.
    """
    signal.signal(signal.SIGTERM, _leave)
    try:
        status = main()  # type: ignore[operator]
    except Stopped as stopped:
        print(f"keqiao: {stopped}", file=sys.stderr)
        status = 2
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
