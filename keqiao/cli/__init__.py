"""The console script ``keqiao``: reading and checking without a database, the rest by Django's commands.

Exit status: 0 done, 1 the answer is no, 2 could not be done, with one line on standard error that says why.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from keqiao.cli import check, read

USAGE = """\
keqiao read FILE [--format json|yaml|table]       what a call document states
keqiao programme check FILE.yaml …                every fault of a definition, with its line
keqiao programme list | export ID | load FILE     the definitions in the database
keqiao serve | verify | backup DIR | restore DIR  the running program; `keqiao COMMAND --help` says more
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. ``argv`` is without the program's name."""
    try:
        status = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads our output has enough of it (`keqiao read … | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["read"]:
        return read.run(arguments[1:])
    if arguments[:2] == ["programme", "check"]:
        return check.run(arguments[2:])
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(USAGE, end="", file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    # By name, so that reading and checking start without Django.
    status: int = import_module("keqiao.cli.manage").run(arguments)
    return status
