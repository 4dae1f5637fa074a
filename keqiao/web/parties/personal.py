"""What the room keeps of people, for what, and who may open a locked number."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.audit.log import Chain
from keqiao.web.parties.models import Office, Organisation, Party, PartyName, Person, Tie
from keqiao.web.parties.permissions import NOTHING, OFFICER, Viewer
from keqiao.web.parties.queries import units_tied_to
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable, Sensitivity

FINANCE, UNIT_ADMIN = "finance", "unit_admin"

WHILE_TIED = _("在册期间；任职、项目等办结后按档案规定的期限保存")
WITH_THE_ARCHIVE = _("随项目档案保存，期满后删除")
ARCHIVE_LAW = _("项目和会员档案须按档案法和财政资金管理规定留存")


def people_to_open(viewer: Viewer, at: datetime) -> Q:
    """People of units that the viewer's associations work with, for their officers; of the own unit, for its keeper."""
    if not viewer.is_authenticated:
        return NOTHING
    units = _units_of(viewer, (OFFICER,), at)
    return Q(pk__in=Tie.objects.filter(organisation_id__in=units).values("party_id"))


def accounts_to_open(viewer: Viewer, at: datetime) -> Q:
    """Units that the viewer's associations work with, for officers and finance; the own unit, for its keeper."""
    if not viewer.is_authenticated:
        return NOTHING
    return Q(pk__in=_units_of(viewer, (OFFICER, FINANCE), at))


def _units_of(viewer: Viewer, roles: tuple[str, ...], at: datetime) -> frozenset[object]:
    associations = frozenset[object]().union(*(viewer.organisations_as(role, at) for role in roles))
    return units_tied_to(associations, at) | associations | viewer.organisations_as(UNIT_ADMIN, at)


def own_person(account: Viewer) -> QuerySet[Person]:
    """The person behind an account; none where no person is tied to it."""
    return Person.objects.filter(pk=account.person_id) if account.person_id else Person.objects.none()


def _chain(row: Party) -> Chain:
    return Chain("parties.party", str(row.pk))


TABLES = (
    PersonalTable(
        Person,
        _("人员库中的个人"),
        (
            PersonalField(
                "birth_date",
                _("核对年龄条件（如青年人才、首席专家）"),
                Basis.DUTY,
                WHILE_TIED,
                held=ARCHIVE_LAW,
            ),
            PersonalField("phone", _("联系本人，通知评审、答辩和活动安排"), Basis.DUTY, WHILE_TIED),
            PersonalField(
                "identity_number",
                _("核对身份和出生日期，按人计算限项，发放专家酬金"),
                Basis.CONSENT,
                WITH_THE_ARCHIVE,
                sensitivity=Sensitivity.SENSITIVE,
                held=ARCHIVE_LAW,
            ),
            PersonalField(
                "identity_key",
                _("不解密即可查找同一个人，防止重复登记"),
                Basis.CONSENT,
                WITH_THE_ARCHIVE,
                sensitivity=Sensitivity.SENSITIVE,
                correction=Correction.NEVER,
                held=ARCHIVE_LAW,
            ),
        ),
        own=own_person,
        revealable=people_to_open,
        case=_chain,
    ),
    PersonalTable(
        Party,
        _("人员库中的个人和单位"),
        (PersonalField("name", _("确认办事的人和单位"), Basis.DUTY, WHILE_TIED, held=ARCHIVE_LAW),),
    ),
    PersonalTable(
        PartyName,
        _("人员库中的个人和单位"),
        (PersonalField("text", _("按曾用名查找旧材料"), Basis.DUTY, WHILE_TIED, held=ARCHIVE_LAW),),
        own=lambda account: PartyName.objects.filter(party__in=own_person(account).values("pk")),
    ),
    PersonalTable(
        Tie,
        _("在单位任职的个人"),
        (PersonalField("post", _("确认任职和回避关系"), Basis.DUTY, WHILE_TIED, held=ARCHIVE_LAW),),
        own=lambda account: Tie.objects.filter(party__in=own_person(account).values("pk")),
    ),
    PersonalTable(
        Organisation,
        _("单位"),
        (
            PersonalField(
                "bank_account",
                _("拨付项目经费"),
                Basis.CONTRACT,
                WITH_THE_ARCHIVE,
                sensitivity=Sensitivity.SENSITIVE,
                held=ARCHIVE_LAW,
            ),
        ),
        revealable=accounts_to_open,
        case=_chain,
    ),
    PersonalTable(
        Office,
        _("责任部室的办公联系方式"),
        (
            PersonalField("phones", _("公布咨询电话"), Basis.PUBLIC, _("部室存续期间，随已发布的通知保存")),
            PersonalField("email", _("公布咨询邮箱"), Basis.PUBLIC, _("部室存续期间，随已发布的通知保存")),
        ),
    ),
)

EXCUSED = {
    "parties.organisation.bank_name": "the name of a bank",
    "parties.organisation.address": "the address of a unit",
    "parties.organisation.postcode": "the address of a unit",
    "parties.region.name": "the name of a place",
    "parties.office.name": "the name of a department",
    "parties.office.address": "the address of an office",
    "parties.office.postcode": "the address of an office",
    "parties.association.site_name": "the name of a web site",
    "parties.association.mail_sender": "the name of a web site in mails",
    "parties.association.reply_to": "the public mailbox of an association",
    "parties.personqualification.name": "the name of a qualification",
    "parties.association.complaints": "the public contact of an association",
}
