"""The demonstration: five associations, their people and their calls, made by the same acts as people use.

Each step is an act of its own with its own short transaction, and is passed over where it was done before: a
worker that was killed in the middle goes on where it stopped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.core.programme import Programme
from keqiao.readers.programmes import demonstration
from keqiao.web.accounts import actions as accounts
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.accounts.roles import Role
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.parties import actions as parties
from keqiao.web.parties.queries import associations, local_day, region_on
from keqiao.web.parties.region_data import BEGINNING, Area, import_areas, read_areas
from keqiao.web.portal.demonstration_figures import load_figures
from keqiao.web.portal.demonstration_library import with_library
from keqiao.web.portal.demonstration_registers import fill_registers
from keqiao.web.programmes.actions import Attached, Original, attach_document, publish, start_from_definition
from keqiao.web.programmes.documents import PURPOSE
from keqiao.web.programmes.notice_words import words_by_key
from keqiao.web.programmes.queries import call_named, draft_of, source_of
from keqiao.writers.notice import Notice, render, with_places

PROGRAM = "demonstration"
"""The part of the program that acts where no person does; events name it."""

PASSWORD = "keqiao-demonstration"  # noqa: S105  printed for everybody to read
REASON = "演示数据"
NOTE = "演示：按原通知发布，提醒事项保留。"
REGION_DATA = "node_modules/@vant/area-data/dist/index.js"

log = structlog.get_logger("keqiao.demonstration")


@dataclass(frozen=True, slots=True)
class Site:
    """An association of the demonstration: address, names, region code, level, 机关代字, office, its call."""

    slug: str
    name: str
    site_name: str
    region: str
    level: str
    mark: str
    office: str
    call: str

    @property
    def officer(self) -> "Person":
        """Who works on its calls."""
        return Person(f"officer@{self.slug}.example", f"{self.site_name}工作人员", Role.OFFICER)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demonstration: mail address to log in with, name, role."""

    mail: str
    name: str
    role: Role


SITES = (
    Site(
        "henan",
        "河南省科学技术协会",
        "河南省科协",
        "410000",
        "province",
        "豫科协",
        "学会学术部",
        "henan-2023",
    ),
    Site(
        "hunan",
        "湖南省科学技术协会",
        "湖南省科协",
        "430000",
        "province",
        "湘科协",
        "学会学术工作部",
        "hunan-2022",
    ),
    Site(
        "jining",
        "济宁市科学技术协会",
        "济宁市科协",
        "370800",
        "prefecture",
        "济科协字",
        "办公室",
        "jining-2023",
    ),
    Site(
        "sanmenxia",
        "三门峡市科学技术协会",
        "三门峡市科协",
        "411200",
        "prefecture",
        "三科协",
        "科普部",
        "sanmenxia-2023",
    ),
    Site(
        "yinchuan",
        "银川市科学技术协会",
        "银川市科协",
        "640100",
        "prefecture",
        "银科协",
        "学会部",
        "yinchuan-2022",
    ),
)
LEADER = Person("leader@henan.example", "河南省科协领导", Role.LEADER)
GUARDS = (
    Person("system@guards.example", "系统管理员", Role.SYSTEM_ADMIN),
    Person("security@guards.example", "安全管理员", Role.SECURITY_ADMIN),
    Person("audit@guards.example", "审计管理员", Role.AUDIT_ADMIN),
)


def log_in_lines() -> Iterator[str]:
    """Give the lines for the terminal: who logs in with which address."""
    yield f"演示账号 / Demonstration log-ins (密码 password: {PASSWORD})"
    for person in (*(site.officer for site in SITES), LEADER, *GUARDS):
        yield f"  {person.mail}  {person.name}"


def load(at: datetime) -> None:
    """Make what is not there yet. The home page shows how many calls are there already."""
    _regions()
    known = {site.slug: _association(site, at) for site in SITES}
    for site in SITES:
        association = known[site.slug]
        officer = _account(site.officer, association, at)
        _call(site, association, officer, at)
        fill_registers(site.slug, association.pk, officer=officer, at=at)
    load_figures(at, PROGRAM)
    _account(LEADER, known[SITES[0].slug], at)
    for guard in GUARDS:
        _account(guard, None, at)


def _regions() -> None:
    """The provinces, the prefectures of two of them, and three prefectures with their counties, where region data
    are set up: the areas of the five associations, and those right below.

    Not the whole tree: writing it would hold the only writer of SQLite for seconds.
    """
    data = settings.REPOSITORY / REGION_DATA
    if region_on(SITES[0].region, BEGINNING) is not None:
        return
    if not data.is_file():
        log.warning("no region data; associations stay without a region", path=str(data))
        return
    areas = [area for area in read_areas(data.read_text(encoding="utf-8")) if _is_needed(area)]
    import_areas(areas, day=BEGINNING, source="@vant/area-data")


def _is_needed(area: Area) -> bool:
    prefectures = {site.region[:4] for site in SITES if site.level == "prefecture"}
    provinces = {site.region[:2] for site in SITES if site.level == "province"}
    in_province = area.code[:2] in provinces and area.code.endswith("00")
    return area.code.endswith("0000") or in_province or area.code[:4] in prefectures


def _association(site: Site, at: datetime) -> Any:
    found = associations().filter(slug=site.slug).first()
    if found is not None:
        return found
    by: dict[str, Any] = {"actor": None, "role": PROGRAM, "at": at}
    region = region_on(site.region, local_day(at))
    wanted = parties.NewOrganisation(
        site.name, "association", site.site_name, level=site.level, region=region
    )
    body = parties.register_organisation(wanted, **by)
    shown = parties.NewAssociation(site.slug, site.site_name, site.mark, is_demonstration=True)
    made = parties.found_association(body, shown, **by)
    parties.open_office(made, parties.OfficeDetails(name=site.office), **by)
    return made


def _account(person: Person, association: Any, at: datetime) -> Any:
    account = user_with_mail(person.mail)
    if account is None:
        wanted = accounts.NewAccount(person.name, email=person.mail, password=PASSWORD, is_demonstration=True)
        account = accounts.open_account(wanted, actor=None, role=PROGRAM, at=at)
    if person.role not in account.roles_at(at):
        terms = accounts.Terms(person.role, association.organisation_id if association else None)
        accounts.grant(account, terms, actor=None, at=at, reason=REASON)
        account = user_with_mail(person.mail)  # the one above remembers that it holds no role
    return account


def _call(site: Site, association: Any, officer: Any, at: datetime) -> None:
    """Start, lay the notice beside, publish: three acts, each passed over where it was done."""
    call = call_named(site.call)
    if call is not None and call.published_at is not None:
        return
    notice, programme = _notice(site.call)
    programme = with_library(programme, association.pk, officer=officer, at=at)
    if call is None:
        call = start_from_definition(association.pk, programme, actor=officer, at=at)
    if source_of(call) is None:
        attach_document(call.pk, _attached(notice, programme, call, officer, at), actor=officer, at=at)
    draft = draft_of(call)
    if draft is not None:
        publish(call.pk, draft.version, actor=officer, at=at, note=NOTE)
    log.info("call loaded", programme=site.call)


def _notice(identifier: str) -> tuple[Notice, Programme]:
    """The notice in our own words, and the definition with its clauses pointing into it."""
    programme = demonstration(identifier)
    notice = render(programme)
    return notice, with_places(programme, notice.places())


def _attached(notice: Notice, programme: Programme, call: Any, officer: Any, at: datetime) -> Attached:
    name = f"{programme.title}.docx"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "notice.docx"
        notice.docx(path)
        content = path.read_bytes()
    announced = Announced(PURPOSE, name, len(content), call.association_id)
    file = store_upload(SimpleUploadedFile(name, content), announced, actor=officer, at=at)
    document = notice.source_document(name)
    words = words_by_key(programme, notice.places(), document)
    return Attached(Original(file.pk, file.name), document, words)
