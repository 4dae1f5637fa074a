"""All commands that need the database: they are Django's management commands."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, handle_default_options, load_command_class
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from keqiao.web.scope import work_as_program

SETTINGS = "keqiao.web.config.settings"


def run(arguments: Sequence[str]) -> int:
    """Run a management command. A ``CommandError`` is 2: it could not be done.

    To answer no, a command exits with 1.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    name, rest = arguments[0], list(arguments[1:])
    try:
        django.setup()
    except ImproperlyConfigured as error:
        return _refuse(_one_line(error))
    work_as_program()
    try:
        found = get_commands().get(name)
        if found is None:
            return _refuse(f"there is no command {name}; `keqiao --help` lists them")
        command = found if isinstance(found, BaseCommand) else load_command_class(found, name)
        _execute(command, name, rest)
    except (ImproperlyConfigured, CommandError) as error:
        return _refuse(_one_line(error))
    except DatabaseError as error:
        return _refuse(
            f"the database does not do it: {_one_line(error)}. Is it there, and made by `keqiao serve`?"
        )
    except SystemExit as stop:
        return _status(stop)
    finally:
        connections.close_all()
    return 0


def _execute(command: BaseCommand, name: str, arguments: list[str]) -> None:
    parser = command.create_parser("keqiao", name)
    parser.called_from_command_line = True  # argparse then ends by itself, with 2, on bad arguments
    options = vars(parser.parse_args(arguments))
    positional = options.pop("args", ())
    handle_default_options(Namespace(settings=options.get("settings"), pythonpath=options.get("pythonpath")))
    command.execute(*positional, **options)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _refuse(reason: str) -> int:
    print("keqiao:", reason, file=sys.stderr)
    return 2


def _status(stop: SystemExit) -> int:
    """The exit status of a command that ended by itself; a text it leaves is the reason why it could not go on."""
    if isinstance(stop.code, str):
        return _refuse(stop.code)
    return stop.code or 0
