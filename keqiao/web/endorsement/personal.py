"""What the room keeps of people: opinions on applications, which may speak of those who lead them."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.batch import BatchState
from keqiao.web.endorsement.models import Batch, BatchLine, Endorsement
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable

WITH_THE_PROJECT = _("随项目档案保存，期满销毁")
PUBLIC_RECORD = _("申报材料是项目评审的依据，按档案法留存")
WHY_ENDORSED = _("推荐单位审核申报并签署意见")


def _own(account: Any) -> QuerySet[Endorsement]:
    """What has been told by now of the applications that the person behind an account leads.

    Until a list is forwarded its opinions are nobody's to read but the endorser's: a copy of one's own data is no way
    round that.
    """
    person = getattr(account, "person_id", None)
    if not person:
        return Endorsement.objects.none()
    forwarded = BatchLine.objects.filter(batch__state=BatchState.FORWARDED.value, stands=True)
    told = Q(pk__in=forwarded.values("endorsement_id")) | Q(act=Endorsement.Act.SIGN.value)
    declined = Q(act=Endorsement.Act.DECLINE.value, passage__told_at__gte=F("at"))
    return Endorsement.objects.filter(told | declined, passage__application__leader_id=person)


def _field(name: str) -> PersonalField:
    return PersonalField(
        name,
        WHY_ENDORSED,
        Basis.DUTY,
        WITH_THE_PROJECT,
        correction=Correction.NEVER,
        held=PUBLIC_RECORD,
    )


TABLES = (
    PersonalTable(Endorsement, _("推荐意见中写到的个人"), (_field("words"),), own=_own),
    PersonalTable(Batch, _("会签意见中写到的个人"), (_field("decision"),)),
)

EXCUSED: dict[str, str] = {}
