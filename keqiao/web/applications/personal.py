"""What applications hold of people: what the forms ask about leaders, contacts, teams and mentors."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.applications.models import Application, Submission, Version
from keqiao.web.applications.permissions import associations_in_charge
from keqiao.web.audit.log import Chain
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable, Sensitivity

WITH_THE_PROJECT = _("随项目档案保存，期满销毁")
PUBLIC_RECORD = _("申报材料是项目评审的依据，按档案法留存")
WHY_APPLIED = _("申报项目：核对负责人、联系人和团队成员")
WHY_LOCKED = _("核对身份、拨付经费")


def _of_leader(table: Any, through: str) -> Any:
    """The rows of ``table`` about applications that the person behind an account leads; none without one."""

    def own(account: Any) -> QuerySet[Any]:
        person = getattr(account, "person_id", None)
        return table.objects.filter(**{f"{through}leader_id": person}) if person else table.objects.none()

    return own


def _received(viewer: Any, at: Any) -> Q:
    """Versions that were submitted to an association on whose staff the viewer is."""
    received = Submission.objects.filter(association_id__in=associations_in_charge(viewer, at))
    return Q(pk__in=received.values("saved_id"))


def _chain(row: Any) -> Chain:
    return Chain(Application._meta.label_lower, str(row.application_id))


TABLES = (
    PersonalTable(
        Version,
        _("申报书中写到的个人"),
        (
            PersonalField("answers", WHY_APPLIED, Basis.CONTRACT, WITH_THE_PROJECT, held=PUBLIC_RECORD),
            PersonalField(
                "sealed",
                WHY_LOCKED,
                Basis.CONTRACT,
                WITH_THE_PROJECT,
                Sensitivity.SENSITIVE,
                held=PUBLIC_RECORD,
            ),
        ),
        own=_of_leader(Version, "application__"),
        revealable=_received,
        case=_chain,
    ),
    PersonalTable(
        Submission,
        _("已提交的申报书中写到的个人"),
        (
            PersonalField(
                "content",
                WHY_APPLIED,
                Basis.CONTRACT,
                WITH_THE_PROJECT,
                correction=Correction.NEVER,
                held=PUBLIC_RECORD,
            ),
        ),
        own=_of_leader(Submission, "application__"),
        case=_chain,
    ),
)

EXCUSED: dict[str, str] = {}
