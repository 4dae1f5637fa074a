"""What the room keeps of people: who objected, and what was written about others in it."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable, Sensitivity
from keqiao.web.public_notice.models import Objection
from keqiao.web.public_notice.permissions import in_charge

TWO_YEARS = _("公示办结后两年内删除")
WHY_NAMED = _("受理实名异议，答复提出人")
WHY_SAID = _("调查异议涉及的事实")
PUBLIC_RECORD = _("异议的处理是立项决定的依据，按档案法留存")


def _revealable(viewer: Any, at: datetime) -> Q:
    return in_charge(viewer, at)


def _locked(name: str) -> PersonalField:
    return PersonalField(
        name,
        WHY_NAMED,
        Basis.DUTY,
        TWO_YEARS,
        Sensitivity.SENSITIVE,
        Correction.REQUEST,
        cleared_by_room=True,
    )


def _said(name: str) -> PersonalField:
    return PersonalField(
        name,
        WHY_SAID,
        Basis.DUTY,
        _("随项目档案保存，期满销毁"),
        correction=Correction.NEVER,
        held=PUBLIC_RECORD,
    )


TABLES = (
    PersonalTable(
        Objection,
        _("对公示提出异议的人"),
        (_locked("name"), _locked("contact"), _locked("mail"), _said("grounds"), _said("finding")),
        revealable=_revealable,
        address=lambda row: reverse("public_notice:objection", args=[row.pk]),
    ),
)

EXCUSED: dict[str, str] = {}
