"""Install Debian packages that tests need, where that is allowed."""

import os
import shutil
import subprocess

from scripts.workshop import Stopped, say

QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def install(what: str, *packages: str) -> None:
    """Install ``packages`` with apt as root.

    Raises:
        Stopped: this is not root on a Debian, or apt could not do it. The text says what to install.
    """
    advice = f"{what} is missing; install it (Debian: apt-get install {' '.join(packages)})"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stopped(advice)
    say(f"test set-up: {' '.join(packages)} (apt)")
    install_command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-q"], install_command):
        done = subprocess.run(command, env=os.environ | QUIET, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Stopped(f"{advice}; apt said: {(done.stderr.strip() or 'nothing').splitlines()[-1]}")
