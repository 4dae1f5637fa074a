"""``make setup``: everything that a machine with python3, venv and make needs to run the program.

Quick when nothing changed: each step leaves a mark, inside what it made, of what it was made from.
"""

import argparse
import json
import subprocess
import sys

from scripts import node, vendor
from scripts.workshop import (
    PYTHON,
    ROOT,
    TOOLS,
    VENV,
    Stopped,
    clean_environment,
    digest_of,
    one_at_a_time,
    run,
    say,
    script,
)

UV = "0.13.9"
OLDEST = (3, 11)
SYNCED = VENV / ".keqiao-groups"


def set_up(groups: frozenset[str] = frozenset(), purpose: str = "run") -> None:
    """Bring environment, packages, assets and translations up to date.

    ``groups`` are dependency groups of pyproject.toml beside the program's own; those asked for earlier stay.
    ``purpose`` is what the npm packages are for: "run" or "browser".

    Raises:
        Stopped: something could not be had.
    """
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise Stopped(f"python3 is {found}; Keqiao needs 3.11 or newer: make PYTHON=python3.12 …")
    with one_at_a_time("setup"):
        _get_uv()
        _sync_environment(groups)
        node.install_packages(purpose)
        vendor.copy_assets()
        compiling = [PYTHON, "-m", "scripts.translations", "compile"]
        run(compiling, failing="the translations could not be compiled")


def _get_uv() -> None:
    """Put the pinned uv into .tools, which stands apart because a sync would remove it from .venv."""
    uv = TOOLS / "bin" / "uv"
    if uv.is_file():
        version = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout
        if version.split()[1:2] == [UV]:
            return
    say(f"setup: uv {UV}")
    run([sys.executable, "-m", "venv", TOOLS], failing="python3 has no venv; on Debian install python3-venv")
    pip = [TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, f"uv=={UV}"], failing="uv could not be had; is PyPI reachable?")


def _sync_environment(groups: frozenset[str]) -> None:
    locked = digest_of([ROOT / "uv.lock", ROOT / "pyproject.toml"], sys.version)
    before = json.loads(SYNCED.read_text()) if SYNCED.is_file() else {"locked": "", "groups": []}
    wanted = groups | frozenset(before["groups"])
    if before["locked"] == locked and groups <= frozenset(before["groups"]):
        return
    say("setup: environment from uv.lock")
    chosen = [word for group in sorted(wanted) for word in ("--group", group)]
    python = () if PYTHON.exists() else ("--python", sys.executable)
    run(
        [TOOLS / "bin" / "uv", "sync", "--quiet", "--frozen", "--all-extras", *chosen, *python],
        failing="the environment could not be made from uv.lock; is PyPI reachable?",
        env=clean_environment(UV_PYTHON_DOWNLOADS="never", UV_LINK_MODE="copy"),
    )
    SYNCED.write_text(json.dumps({"locked": locked, "groups": sorted(wanted)}))


def main() -> int:
    """Set up with the groups and the purpose given on the command line."""
    parser = argparse.ArgumentParser(description="Make everything that Keqiao needs to run.")
    parser.add_argument(
        "--group", action="append", default=[], help="a dependency group beside the program's own"
    )
    parser.add_argument(
        "--purpose", choices=list(node.OMITTED), default="run", help="what npm packages are for"
    )
    asked = parser.parse_args()
    set_up(frozenset(asked.group), asked.purpose)
    return 0


if __name__ == "__main__":
    script(main)
