"""What the room keeps of people: reasons of decisions, which may speak of those who lead a project."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.selection import PUBLIC
from keqiao.web.allocation.models import Selection
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable

WITH_THE_PROJECT = _("随项目档案保存，期满销毁")
PUBLIC_RECORD = _("申报材料是项目评审的依据，按档案法留存")
WHY_DECIDED = _("受理单位决定立项并说明理由")


def _released(account: Any) -> QuerySet[Selection]:
    """What was released of the applications that the person behind an account leads."""
    person = getattr(account, "person_id", None)
    if not person:
        return Selection.objects.none()
    states = [state.value for state in PUBLIC]
    return Selection.objects.filter(state__in=states, application__leader_id=person)


TABLES = (
    PersonalTable(
        Selection,
        _("遴选理由中写到的个人"),
        (
            PersonalField(
                "reason",
                WHY_DECIDED,
                Basis.DUTY,
                WITH_THE_PROJECT,
                correction=Correction.NEVER,
                held=PUBLIC_RECORD,
            ),
        ),
        own=_released,
    ),
)

EXCUSED: dict[str, str] = {}
