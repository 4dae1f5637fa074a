"""What the room keeps of people: what agreements, reasons and receipts say of those who lead a project."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.grants.models import ChangeRequest, Grant, Receipt, Settlement
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable

WITH_THE_PROJECT = _("随项目档案保存，期满销毁")
PUBLIC_RECORD = _("项目经费的使用依据，按会计档案和档案法留存")
WHY = _("签订和履行任务书，核算项目经费")


def _of_leader(model: Any, before: str) -> Callable[[Any], QuerySet[Any]]:
    """Rows of the grants that the person behind an account leads."""

    def own(account: Any) -> QuerySet[Any]:
        person = getattr(account, "person_id", None)
        return model.objects.filter(**{f"{before}leader_id": person}) if person else model.objects.none()

    return own


def _field(name: str) -> PersonalField:
    return PersonalField(
        name, WHY, Basis.CONTRACT, WITH_THE_PROJECT, correction=Correction.NEVER, held=PUBLIC_RECORD
    )


TABLES = (
    PersonalTable(
        Grant,
        _("任务书内容和理由中写到的个人"),
        tuple(_field(name) for name in ("content", "rules", "words")),
        own=_of_leader(Grant, ""),
    ),
    PersonalTable(
        Receipt,
        _("票据用途和核减理由中写到的个人"),
        (_field("words"), _field("reason")),
        own=_of_leader(Receipt, "grant__"),
    ),
    PersonalTable(
        ChangeRequest,
        _("变更理由和批复中写到的个人"),
        (_field("words"), _field("answer")),
        own=_of_leader(ChangeRequest, "grant__"),
    ),
    PersonalTable(
        Settlement, _("决算说明中写到的个人"), (_field("words"),), own=_of_leader(Settlement, "grant__")
    ),
)

EXCUSED: dict[str, str] = {
    "grants.instalment.name": "the name of a payment",
}
