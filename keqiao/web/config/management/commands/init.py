"""``keqiao init``: set up a real installation, by questions or by options; safe to run again."""

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from keqiao.web.accounts.people.links import address_of
from keqiao.web.accounts.roles import Role
from keqiao.web.config.initialising import (
    AlreadySetUp,
    Setup,
    initialise,
    open_invitations,
    refuse_demonstration,
)
from keqiao.web.config.postgres.owner import make_tables
from keqiao.web.config.starting import require_fit
from keqiao.web.parties.actions import NewOrganisation
from keqiao.web.parties.queries import LEVELS, local_day, region_on, regions_under

QUESTIONS = {
    "name": "单位全称（例如 某某市科学技术协会）",
    "level": f"级别（{' '.join(LEVELS)}）",
    "region": "行政区划代码，可留空（例如 411200）",
    "credit_code": "统一社会信用代码，可留空",
    "slug": "网址标识，小写字母和连字符（例如 sanmenxia）",
    "system_admin": "系统管理员的邮箱",
    "security_admin": "安全管理员的邮箱（另一人）",
    "audit_admin": "审计管理员的邮箱（又一人）",
    "officer": "第一位工作人员的邮箱",
}
MAY_BE_EMPTY = frozenset({"region", "credit_code"})
PEOPLE = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.OFFICER)


class Command(BaseCommand):
    help = "Set up a real installation: the association, three administrators, the first officer."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)
        parser.add_argument(
            "--links", action="store_true", help="print the open links again and change nothing"
        )

    def handle(self, *, links: bool, **options: Any) -> None:
        now = datetime.now(UTC)
        make_tables()
        try:
            refuse_demonstration()
            require_fit(now)
            made = open_invitations(now) if links else initialise(self._setup(options, now), now)
        except ValidationError as wrong:
            raise CommandError("；".join(wrong.messages), returncode=2) from wrong
        except (AlreadySetUp, ImproperlyConfigured) as refused:
            raise CommandError(str(refused), returncode=2) from refused
        self._say(made)

    def _setup(self, options: dict[str, Any], now: datetime) -> Setup:
        said = {name: self._answer(name, options[name]) for name in QUESTIONS}
        if said["level"] not in LEVELS:
            raise CommandError(f"--level: {said['level']!r} is not one of {', '.join(LEVELS)}.", returncode=2)
        organisation = NewOrganisation(
            said["name"],
            "association",
            credit_code=said["credit_code"],
            level=said["level"],
            region=self._region(said["region"], now),
        )
        people = {role: said[role.value] for role in PEOPLE}
        return Setup(organisation, said["slug"], said["name"], people)

    def _answer(self, name: str, given: str | None) -> str:
        """Return the option, or ask; without a terminal a missing one that is needed stops."""
        if given is None and sys.stdin.isatty():
            given = input(f"{QUESTIONS[name]}: ")
        answer = (given or "").strip()
        if not answer and name not in MAY_BE_EMPTY:
            raise CommandError(f"--{name.replace('_', '-')} is missing: {QUESTIONS[name]}.", returncode=2)
        return answer

    def _region(self, code: str, now: datetime) -> Any:
        """Return the region; the tree of regions is brought in first where there is none."""
        if not code:
            return None
        if not regions_under(None, local_day(now)).exists():
            call_command("regions", "import", verbosity=0, stdout=self.stdout)
        found = region_on(code, local_day(now))
        if found is None:
            raise CommandError(
                f"--region: there is no region {code}. Leave it out, or correct it.", returncode=2
            )
        return found

    def _say(self, made: list[Any]) -> None:
        """Print each link once: whoever has it sets the password of that account."""
        for invitation in made:
            self.stdout.write(
                f"{invitation.get_role_display()}\t{invitation.email}\t{address_of(invitation)}"
            )
        if made:
            self.stdout.write(
                "Each link works once, for seven days; give it to that person only. The same links go out by mail "
                "when a mail server is set. Then: keqiao serve, and open the page /first-steps/."
            )
        else:
            self.stdout.write("No invitation is open.")
