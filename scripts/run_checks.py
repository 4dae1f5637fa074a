"""``make check``: format, lint, types, imports, templates, migrations, translations, contrast.

All checks run, two at a time, even when one fails; a failing one shows what it printed.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scripts.setup import set_up
from scripts.workshop import BUILD, PYTHON, ROOT, VENV, clean_environment, say, script

CODE = ("keqiao", "scripts", "tests", "proofs", "benchmarks")
CONTRAST = "tests/web/ui/test_contrast.py"


@dataclass(frozen=True)
class Check:
    """A check is a command that ends with exit status 0 when all is well."""

    name: str
    command: tuple[str, ...]


def checks() -> list[Check]:
    """All checks, the long ones first."""
    python = str(PYTHON)
    manage = (python, "-m", "django")
    return [
        Check("types", (_tool("mypy"),)),
        Check("templates", (_tool("djlint"), "--lint", "--quiet", "keqiao/web")),
        Check("missing migrations", (*manage, "makemigrations", "--check", "--dry-run")),
        Check("contrast", (python, "-m", "pytest", "-q", CONTRAST)),
        Check("translations", (python, "-m", "scripts.translations", "check")),
        Check("imports", (_tool("lint-imports"),)),
        Check("lint", (_tool("ruff"), "check", "--quiet", *CODE)),
        Check("format", (_tool("ruff"), "format", "--check", "--quiet", *CODE)),
    ]


def _tool(name: str) -> str:
    return str(VENV / "bin" / name)


def passes(check: Check) -> bool:
    """Run one check; show what it printed if it fails."""
    begun = time.monotonic()
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="keqiao.web.config.settings",
        KEQIAO_DATA=os.environ.get("KEQIAO_DATA", str(BUILD / "tests" / "var")),
        PYTHONPATH=str(ROOT),
    )
    done = subprocess.run(
        check.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - begun
    if done.returncode == 0:
        say(f"{check.name}: passes ({seconds:.1f} s)")
        return True
    say(f"{check.name}: FAILS ({seconds:.1f} s)\n{done.stdout}{done.stderr}")
    return False


def main() -> int:
    """Run all checks; exit status 1 if one fails. Names on the command line choose among them."""
    set_up(frozenset({"dev"}))
    chosen = [check for check in checks() if not sys.argv[1:] or check.name in sys.argv[1:]]
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(passes, chosen))
    say(f"checks: {results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    script(main)
