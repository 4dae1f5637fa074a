"""Sets up an installation: the association that keeps the site, three administrators, the first officer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.actions import Terms
from keqiao.web.accounts.people.invitations import Invited, invite
from keqiao.web.accounts.people.queries import invitations_by_program
from keqiao.web.accounts.roles import Role
from keqiao.web.config.installation import kind_of_database, kind_of_directory, wanted_kind
from keqiao.web.config.models import Installation, InstallationKind
from keqiao.web.parties.actions import (
    NewAssociation,
    NewOrganisation,
    found_association,
    register_organisation,
)
from keqiao.web.parties.profile.site import site_keeper
from keqiao.web.parties.queries import associations

ROLE = "installation"
REASON = "初始化"
KIND = "association"

GUARDS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
"""Three people, because one account holds at most one of these roles. Source: GB/T 22239-2019."""


class AlreadySetUp(Exception):
    """The installation is a demonstration or has its association already; the text says what to do."""


@dataclass(frozen=True)
class Setup:
    """What an installation begins with. ``people`` are mail addresses by role: the three guards and the officer."""

    organisation: NewOrganisation
    slug: str
    site_name: str
    people: dict[Role, str]


def refuse_demonstration() -> None:
    """Raise AlreadySetUp where the settings, the database or the data directory are those of a demonstration."""
    kinds = (wanted_kind(), kind_of_database(), kind_of_directory())
    if InstallationKind.DEMONSTRATION in kinds:
        raise AlreadySetUp(
            "This is a demonstration, and no real installation can be made of it. Name a new data directory "
            "(KEQIAO_DATA) and, on PostgreSQL, a new database (DATABASE_URL), leave KEQIAO_DEMONSTRATION out, "
            "and say `keqiao init`. Definitions are carried over with `keqiao programme export` and `programme load`."
        )


@transaction.atomic
def initialise(wanted: Setup, at: datetime) -> list[Any]:
    """Register and found the association, invite the four people, and return the invitations.

    The installation's row is locked, so that of two runs at once the second finds everything done.

    Raises:
        AlreadySetUp: there is an association already.
        ValidationError: something given is wrong; nothing is written then.
    """
    Installation.objects.select_for_update().get(pk=1)
    keeper = site_keeper()
    if keeper is not None or associations().exists():
        raise AlreadySetUp(
            f"This installation is set up already ({keeper or associations().first()}). Further people are invited on "
            "the page 人员与授权; open links of the first invitations: `keqiao init --links`."
        )
    _require_different_people(wanted.people)
    body = register_organisation(wanted.organisation, actor=None, role=ROLE, at=at)
    shown = NewAssociation(wanted.slug, wanted.site_name, keeps_the_site=True)
    found_association(body, shown, actor=None, role=ROLE, at=at)
    places = dict.fromkeys(GUARDS) | {Role.OFFICER: body.pk}
    return [
        invite(Invited(wanted.people[role], Terms(role, place)), actor=None, at=at, reason=REASON)
        for role, place in places.items()
    ]


def open_invitations(at: datetime) -> list[Any]:
    """Return the invitations of the first people that wait to be accepted."""
    return [invitation for invitation in invitations_by_program() if invitation.is_open(at)]


def _require_different_people(people: dict[Role, str]) -> None:
    if len({address.strip().lower() for address in people.values()}) != len(people):
        raise ValidationError(
            _("系统管理员、安全管理员、审计管理员和工作人员应为四个不同的邮箱：三员分立，互不兼任。"),
            code="init.people_meet",
        )
