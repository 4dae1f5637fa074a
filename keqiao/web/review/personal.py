"""What the room keeps of people: reasons in formal checks, which may speak of those who lead a project."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.formal_check import DECIDED
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable
from keqiao.web.review.models import CheckAnswer, FormalCheck

WITH_THE_PROJECT = _("随项目档案保存，期满销毁")
PUBLIC_RECORD = _("申报材料是项目评审的依据，按档案法留存")
WHY_CHECKED = _("受理单位审查申报并说明理由")


def _told(account: Any) -> QuerySet[FormalCheck]:
    """Results that were told, of the applications that the person behind an account leads."""
    person = getattr(account, "person_id", None)
    if not person:
        return FormalCheck.objects.none()
    return FormalCheck.objects.filter(
        state__in=[state.value for state in DECIDED], application__leader_id=person
    )


def _field(name: str) -> PersonalField:
    return PersonalField(
        name, WHY_CHECKED, Basis.DUTY, WITH_THE_PROJECT, correction=Correction.NEVER, held=PUBLIC_RECORD
    )


TABLES = (
    PersonalTable(FormalCheck, _("形式审查理由中写到的个人"), (_field("words"), _field("found")), own=_told),
    PersonalTable(CheckAnswer, _("形式审查各项理由中写到的个人"), (_field("reason"),)),
)

EXCUSED: dict[str, str] = {}
