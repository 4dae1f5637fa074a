"""``keqiao account``: open the first accounts of an installation from its console."""

import sys
from datetime import UTC, datetime
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from keqiao.web.accounts.actions import NewAccount, Terms, grant, open_account
from keqiao.web.accounts.roles import GUARDS, Role


class Command(BaseCommand):
    help = "Open an account that holds one of the three administrator roles."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        creating = verbs.add_parser(
            "create", help="open an account; the password is asked for, or read from a pipe"
        )
        creating.add_argument("name", help="name shown to others")
        creating.add_argument("--email", default="")
        creating.add_argument("--phone", default="")
        creating.add_argument("--role", choices=sorted(GUARDS), required=True)

    def handle(self, *_args: Any, name: str, email: str, phone: str, role: str, **_options: Any) -> None:
        wanted = NewAccount(display_name=name, email=email, phone=phone, password=read_password())
        now = datetime.now(UTC)
        try:
            with transaction.atomic():
                user = open_account(wanted, actor=None, role="console", at=now)
                grant(user, Terms(Role(role)), actor=None, at=now, reason="首批管理员")
        except ValidationError as wrong:
            raise CommandError("; ".join(wrong.messages), returncode=2) from wrong
        self.stdout.write(f"{user.pk}\t{user.email or user.phone}\t{role}")


def read_password() -> str:
    """Return the password typed twice, or the first line of a pipe. It never stands in the arguments."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first, second = getpass("Password: "), getpass("Again: ")
    if first != second:
        raise CommandError("The two passwords differ.", returncode=2)
    return first
