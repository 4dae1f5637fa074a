"""The demonstration: five associations, their officers, and their calls, made by the same acts as people use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from keqiao.core.findings import Weight
from keqiao.core.programme.types import Programme
from keqiao.readers.programmes import demonstration, shipped
from keqiao.web.accounts import actions as accounts
from keqiao.web.accounts.queries import demonstration_accounts
from keqiao.web.accounts.roles import Role
from keqiao.web.parties import actions as parties
from keqiao.web.parties.queries import associations, local_day, region_on
from keqiao.web.programmes.actions import publish, start_from_definition
from keqiao.web.programmes.actions.publication import objections
from keqiao.web.programmes.queries import call_named

PROGRAM = "demonstration"
"""The part of the program that acts where no person does; events name it."""

PASSWORD = "keqiao-demonstration"  # noqa: S105  printed for everybody to read
REASON = "演示数据"
NOTE = "演示：按原通知发布，提醒事项保留。"

log = structlog.get_logger("keqiao.demonstration")


@dataclass(frozen=True, slots=True)
class Site:
    """An association of the demonstration with its officer."""

    slug: str
    name: str
    site_name: str
    region: str
    level: str
    mark: str
    officer: str

    @property
    def mail(self) -> str:
        """The address with which its officer logs in."""
        return f"officer@{self.slug}.example"


SITES = (
    Site("henan", "河南省科学技术协会", "河南省科协", "410000", "province", "豫科协", "河南工作人员（演示）"),
    Site("hunan", "湖南省科学技术协会", "湖南省科协", "430000", "province", "湘科协", "湖南工作人员（演示）"),
    Site(
        "jining", "济宁市科学技术协会", "济宁市科协", "370800", "prefecture", "济科协", "济宁工作人员（演示）"
    ),
    Site(
        "sanmenxia",
        "三门峡市科学技术协会",
        "三门峡市科协",
        "411200",
        "prefecture",
        "三科协",
        "三门峡工作人员（演示）",
    ),
    Site(
        "yinchuan",
        "银川市科学技术协会",
        "银川市科协",
        "640100",
        "prefecture",
        "银科协",
        "银川工作人员（演示）",
    ),
)
GUARDS = (
    (Role.SYSTEM_ADMIN, "system@guards.example", "系统管理员（演示）"),
    (Role.SECURITY_ADMIN, "security@guards.example", "安全管理员（演示）"),
    (Role.AUDIT_ADMIN, "audit@guards.example", "审计管理员（演示）"),
)


def load(at: datetime) -> None:
    """Make what is not there yet: each call is an act of its own, so that the home page shows how far it is."""
    _regions(at)
    places = {site.slug: (_association(site, at), _officer(site, at)) for site in SITES}
    for identifier in shipped():
        association, officer = places[identifier.rsplit("-", 1)[0]]
        _call(identifier, association, officer, at)
    for role, mail, name in GUARDS:
        if _known(mail, at) is None:
            _account(name, mail, accounts.Terms(role), at)


def _regions(at: datetime) -> None:
    data = settings.REPOSITORY / "node_modules" / "@vant" / "area-data" / "dist" / "index.js"
    if region_on(SITES[0].region, local_day(at)) is not None:
        return
    if data.is_file():
        call_command("regions", "import", verbosity=0)
    else:
        log.warning("no region data; associations stay without a region", path=str(data))


@transaction.atomic
def _association(site: Site, at: datetime) -> Any:
    found = associations().filter(slug=site.slug).first()
    if found is not None:
        return found
    by: dict[str, Any] = {"actor": None, "role": PROGRAM, "at": at}
    region = region_on(site.region, local_day(at))
    body = parties.register_organisation(
        parties.NewOrganisation(site.name, "association", site.site_name, level=site.level, region=region),
        **by,
    )
    wanted = parties.NewAssociation(site.slug, site.site_name, site.mark, is_demonstration=True)
    made = parties.found_association(body, wanted, **by)
    parties.open_office(made, parties.OfficeDetails(name="学会学术部", phones=("0000-5550101",)), **by)
    return made


def _officer(site: Site, at: datetime) -> Any:
    known = _known(site.mail, at)
    if known is not None:
        return known
    organisation = associations().get(slug=site.slug).organisation_id
    return _account(site.officer, site.mail, accounts.Terms(Role.OFFICER, organisation), at)


def _known(mail: str, at: datetime) -> Any:
    return next((account for account in demonstration_accounts(at) if account.email == mail), None)


@transaction.atomic
def _account(name: str, mail: str, terms: accounts.Terms, at: datetime) -> Any:
    wanted = accounts.NewAccount(name, email=mail, password=PASSWORD, is_demonstration=True)
    user = accounts.open_account(wanted, actor=None, role=PROGRAM, at=at)
    accounts.grant(user, terms, actor=None, at=at, reason=REASON)
    return user


@transaction.atomic
def _call(identifier: str, association: Any, officer: Any, at: datetime) -> None:
    call = call_named(identifier)
    if call is None:
        call = start_from_definition(association.pk, demonstration(identifier), actor=officer, at=at)
    if call.slug is None:
        programme = demonstration(identifier)
        publish(call.pk, call.draft.version, actor=officer, at=at, note=_note(programme))
    log.info("call loaded", programme=identifier)


def _note(programme: Programme) -> str:
    has_warnings = any(finding.weight is Weight.WARN for finding in objections(programme))
    return NOTE if has_warnings else ""
