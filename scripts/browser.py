"""Find a Chromium and a CJK font for the journeys, or get them."""

import os
import shutil
import subprocess
from pathlib import Path

from scripts import debian, node
from scripts.workshop import BUILD, Stopped, run, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPACKED = BUILD / "chromium"
UNPACK = Path(__file__).with_name("unpack_chromium.mjs")


def browser_environment() -> dict[str, str]:
    """Give the variables that make the journeys find their browser; get browser and font if need be.

    Raises:
        Stopped: one of them could not be had.
    """
    found = os.environ.get("CHROMIUM") or _on_path() or _from_debian()
    variables = {"CHROMIUM": found} if found else _from_npm()
    if not _has_font():
        debian.install("a CJK font", "fonts-noto-cjk", "fontconfig")
    return variables


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_debian() -> str | None:
    if os.geteuid() != 0:
        return None
    debian.install("Chromium", "chromium", "fonts-noto-cjk", "fontconfig")
    return _on_path()


def _from_npm() -> dict[str, str]:
    """Unpack the Chromium of the npm package @sparticuz/chromium, which needs no root."""
    node.install_packages("browser")
    program = UNPACKED / "chromium"
    if not program.is_file():
        say("test set-up: Chromium from npm to build/chromium")
        package = node.MODULES / "@sparticuz" / "chromium" / "bin"
        command = [*node.node_command(), UNPACK, package, UNPACKED]
        run(command, failing="Chromium is missing and could not be unpacked from npm; install chromium")
    return {"CHROMIUM": str(program), "LD_LIBRARY_PATH": str(UNPACKED / "lib")}


def _has_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    if listed.returncode:
        raise Stopped(f"fc-list failed: {listed.stderr.strip()}")
    return bool(listed.stdout.strip())
