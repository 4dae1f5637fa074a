"""What the room keeps of people: reasons in formal checks and in review; what experts say and may be asked about."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.formal_check import DECIDED
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable
from keqiao.web.review.models import (
    CheckAnswer,
    Expert,
    FormalCheck,
    Outcome,
    Relation,
    Round,
    Settled,
    Sheet,
    Task,
)
from keqiao.web.review.permissions import own_experts

WITH_THE_PROJECT = _("随项目档案保存，期满销毁")
PUBLIC_RECORD = _("申报材料是项目评审的依据，按档案法留存")
WITH_THE_REGISTER = _("在专家库期间；出库后随评审档案保存，期满销毁")
WHY_EXPERT = _("按专业安排评审")
WHY_RELATION = _("安排评审时执行回避规定")
WHY_CHECKED = _("受理单位审查申报并说明理由")
WHY_JUDGED = _("组织专家评审，评审结果可以复核")
EXPERT_RECORD = _("专家评审记录是立项决定的依据，按档案法留存")


def _told(account: Any) -> QuerySet[FormalCheck]:
    """Results that were told, of the applications that the person behind an account leads."""
    person = getattr(account, "person_id", None)
    if not person:
        return FormalCheck.objects.none()
    return FormalCheck.objects.filter(
        state__in=[state.value for state in DECIDED], application__leader_id=person
    )


def _asked(account: Any) -> QuerySet[Task]:
    """What the person behind an account was asked to judge."""
    person = getattr(account, "person_id", None)
    return Task.objects.filter(expert__person_id=person) if person else Task.objects.none()


def _scored(account: Any) -> QuerySet[Sheet]:
    """What the person behind an account scored."""
    person = getattr(account, "person_id", None)
    return Sheet.objects.filter(task__expert__person_id=person) if person else Sheet.objects.none()


def _judged(name: str) -> PersonalField:
    return PersonalField(
        name, WHY_JUDGED, Basis.DUTY, WITH_THE_PROJECT, correction=Correction.NEVER, held=EXPERT_RECORD
    )


def _field(name: str) -> PersonalField:
    return PersonalField(
        name, WHY_CHECKED, Basis.DUTY, WITH_THE_PROJECT, correction=Correction.NEVER, held=PUBLIC_RECORD
    )


def _own_experts(account: Any) -> QuerySet[Expert]:
    return Expert.objects.filter(own_experts(account))


def _own_relations(account: Any) -> QuerySet[Relation]:
    return Relation.objects.filter(expert__in=_own_experts(account).values("pk"))


def _kept(name: str, why: Any) -> PersonalField:
    return PersonalField(name, why, Basis.DUTY, WITH_THE_REGISTER, correction=Correction.REQUEST)


TABLES = (
    PersonalTable(
        Expert,
        _("专家"),
        tuple(
            _kept(name, why)
            for name, why in (
                ("title", WHY_EXPERT),
                ("fields", WHY_EXPERT),
                ("state", WHY_EXPERT),
                ("reason", WHY_EXPERT),
            )
        ),
        own=_own_experts,
    ),
    PersonalTable(
        Relation,
        _("专家申报的回避关系，及其中写到的人"),
        tuple(_kept(name, WHY_RELATION) for name in ("kind", "name", "until")),
        own=_own_relations,
    ),
    PersonalTable(FormalCheck, _("形式审查理由中写到的个人"), (_field("words"), _field("found")), own=_told),
    PersonalTable(CheckAnswer, _("形式审查各项理由中写到的个人"), (_field("reason"),)),
    PersonalTable(Round, _("取消评审的理由中写到的个人"), (_judged("reason"),)),
    PersonalTable(Settled, _("核实回避情形的理由"), (_judged("about"), _judged("reason"))),
    PersonalTable(Task, _("专家谢绝或回避评审的理由"), (_judged("reason"),), own=_asked),
    PersonalTable(Sheet, _("专家的评分和评语"), (_judged("answers"),), own=_scored),
    PersonalTable(Outcome, _("评审结果中写到的个人"), (_judged("found"),)),
)

EXCUSED: dict[str, str] = {
    "review.round.name": "the name of a round",
}
