"""What the registers hold of people: titles and terms, debarments, past projects they led."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable
from keqiao.web.registers.models import Debarment, Recognition, TrackRecord

WITH_THE_REGISTER = _("随名册长期保存，不删除")
PUBLIC_RECORD = _("名册须能追溯，按档案法留存")
WHY_RECOGNISED = _("核对认定、聘任是否有效，供公众查询编号")
WHY_DEBARRED = _("核对是否在禁报期内")
WHY_LED = _("核对以往项目完成情况")


def _kept(name: str, purpose: Any) -> PersonalField:
    """A column of a register: kept by duty, put right on request, never erased."""
    return PersonalField(
        name, purpose, Basis.DUTY, WITH_THE_REGISTER, correction=Correction.REQUEST, held=PUBLIC_RECORD
    )


def _about(table: Any, column: str) -> Any:
    """The rows of ``table`` whose ``column`` is the person behind an account; none without one."""

    def own(account: Any) -> QuerySet[Any]:
        person = getattr(account, "person_id", None)
        return table.objects.filter(**{column: person}) if person else table.objects.none()

    return own


TABLES = (
    PersonalTable(
        Recognition,
        _("获得认定、聘任或表彰的个人"),
        tuple(
            _kept(name, WHY_RECOGNISED)
            for name in ("item", "number", "grade", "issuer", "valid_from", "valid_until")
        ),
        own=_about(Recognition, "party_id"),
    ),
    PersonalTable(
        Debarment,
        _("被禁止申报的个人"),
        tuple(_kept(name, WHY_DEBARRED) for name in ("cause", "basis", "valid_from", "valid_until")),
        own=_about(Debarment, "party_id"),
    ),
    PersonalTable(
        TrackRecord,
        _("以往项目的负责人"),
        tuple(_kept(name, WHY_LED) for name in ("title", "year")),
        own=_about(TrackRecord, "leader_id"),
    ),
)

EXCUSED = {"registers.recognitionscheme.name": "the name of a scheme of recognition"}
