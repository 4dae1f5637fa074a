"""What the room keeps of people: who spoke, took part, is named on a list; certificates; reasons of the office."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.activities.models import Activity
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable

WITH_THE_PROJECT = _("随项目档案保存，期满销毁")
PUBLIC_RECORD = _("活动登记是项目结项和绩效评价的依据，按档案法留存")
WHY_NAMED = _("核实参加活动的专家和人员，计算绩效指标")
WHY_SAID = _("说明退回、不予认定的理由")


def _named(account: Any) -> QuerySet[Activity]:
    """Records whose certificate is that of the person behind an account, or that the account entered."""
    person = getattr(account, "person_id", None)
    own = Q(entered_by_id=account.pk)
    return Activity.objects.filter(own | Q(qualification__person_id=person) if person else own)


def _field(name: str, why: Any) -> PersonalField:
    return PersonalField(
        name, why, Basis.DUTY, WITH_THE_PROJECT, correction=Correction.REQUEST, held=PUBLIC_RECORD
    )


TABLES = (
    PersonalTable(
        Activity,
        _("活动登记中写到的个人"),
        (
            *(_field(name, WHY_NAMED) for name in ("title", "values", "certificate")),
            _field("words", WHY_SAID),
        ),
        own=_named,
    ),
)

EXCUSED = {
    "activities.evidenceuse.measured": "length of a film, pages and characters of a document",
    "activities.evidenceuse.link": "an address of the web",
}
