"""The console script ``keqiao``: reading and checking without a database, the rest by Django's commands.

Exit status: 0 done, 1 the answer is no, 2 could not be done, with one line on standard error that says why.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

# Each command's module is imported by name, so that reading starts without definitions and both without Django.
READ, CHECK, MANAGE = "keqiao.cli.read", "keqiao.cli.check", "keqiao.cli.manage"

USAGE = """\
keqiao read FILE [--format json|yaml|table]       what a call document states
keqiao programme check FILE.yaml …                every fault of a definition, with its line
keqiao programme list | export ID | load FILE     the definitions in the database
keqiao programme publish ID --by MAIL             publish a draft in the name of an officer
keqiao init                                       set up a real installation: association, administrators
keqiao keys status|rotate|index|copy|forget       the keys of ID numbers and bank accounts
keqiao retention [--do]                           personal values whose time is over: count them, erase them
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
        return _command(READ, arguments[1:])
    if arguments[:2] == ["programme", "check"]:
        return _command(CHECK, arguments[2:])
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(USAGE, end="", file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    return _command(MANAGE, arguments)


def _command(module: str, arguments: Sequence[str]) -> int:
    status: int = import_module(module).run(arguments)
    return status
