"""Runs a converter program: without network where the system allows it, bounded in time."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

SECONDS = 45
WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net", "--")


def installed(names: Sequence[str]) -> str | None:
    """Return the first of the programs that is installed."""
    return next((found for name in names if (found := shutil.which(name))), None)


def run(command: Sequence[str], folder: Path) -> bytes | None:
    """Run ``command`` in ``folder``, which is also its home, and return what it prints; None when it fails.

    The limits of the reading child on memory, processor time and file size hold for it as well; the parent
    ends the whole process group, so that nothing outlives the reading.
    """
    home = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            [*without_network(), *command], cwd=folder, env=home, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout if done.returncode == 0 else None


@cache
def without_network() -> tuple[str, ...]:
    """A network name space of its own with no way out; not every system lets a plain user make one."""
    if shutil.which("unshare") is None:
        return ()
    tried = subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False)
    return WITHOUT_NETWORK if tried.returncode == 0 else ()
