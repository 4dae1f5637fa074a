"""What the room keeps of people: words about projects and their leaders, entries about a person, their answers."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.acceptance.models import Acceptance, CreditEntry, RowWords
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable

WITH_THE_PROJECT = _("随项目档案保存，期满销毁")
PUBLIC_RECORD = _("验收结论和信用记录是管理专项经费的依据，按档案法留存")
WHY = _("受理单位验收项目并说明理由")
WHY_CREDIT = _("按通知写明的规定处理失信行为")


def _about(account: Any) -> QuerySet[CreditEntry]:
    """Entries about the person behind an account."""
    person = getattr(account, "person_id", None)
    return CreditEntry.objects.filter(party_id=person) if person else CreditEntry.objects.none()


def _field(name: str, purpose: Any = WHY) -> PersonalField:
    return PersonalField(
        name, purpose, Basis.DUTY, WITH_THE_PROJECT, correction=Correction.NEVER, held=PUBLIC_RECORD
    )


TABLES = (
    PersonalTable(
        Acceptance,
        _("结项说明和验收理由中写到的个人"),
        (_field("summary"), _field("words"), _field("found")),
    ),
    PersonalTable(RowWords, _("指标说明中写到的个人"), (_field("reason"), _field("why"))),
    PersonalTable(
        CreditEntry,
        _("信用记录"),
        tuple(_field(name, WHY_CREDIT) for name in ("party", "summary", "answer", "appeal", "words")),
        own=_about,
    ),
)

EXCUSED: dict[str, str] = {"acceptance.owedpaper.name": "the name of a paper that the call asks for"}
