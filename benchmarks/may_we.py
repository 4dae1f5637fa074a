"""The page "what may we apply for" of one unit over 500 open categories: server time, and beside naive asking.

The five calls of the demonstration, each made again until 500 categories are open; a unit of the demonstration's first
association asks. The peer is the same page's work done plainly: the rules of each category compiled and asked one by
one, with all reasons, as a page without kept rules would. Checked first: both give the same verdicts.
Bound: under 100 ms of processor time of the server for a page, and at least 10 times better than the plain way.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
INSIDE = "import sys, django; django.setup(); from benchmarks import _may_we_page as page; sys.exit(page.measure())"
"""Django has to be told its settings before any of its models is imported: hence a process of its own."""


def main(argv: list[str]) -> int:
    """Run in a fresh database; 0 the bounds hold, 1 an answer is wrong or a bound is broken."""
    assert not argv, "no arguments"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEQIAO_")}
    kept.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        environment = kept | {
            "DJANGO_SETTINGS_MODULE": "keqiao.web.config.settings",
            "KEQIAO_DATA": folder,
            "KEQIAO_DEMONSTRATION": "1",
            "KEQIAO_LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(HERE),
        }
        return subprocess.run([sys.executable, "-c", INSIDE], env=environment, check=False).returncode
