"""Forms of the books: past projects, projects in hand, society affairs, platforms, incidents."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.forms import UploadForm
from keqiao.web.parties.finding import ORGANISATION, PERSON
from keqiao.web.registers.actions.history import Affair, Conclusion, InHand, NewIncident, PastProject
from keqiao.web.registers.actions.platforms import Counted, NewAccount
from keqiao.web.registers.forms.fields import DayField, LineForm, PartyField, RegionField, YuanField
from keqiao.web.registers.models.history import (
    FIRST_YEAR,
    LAST_YEAR,
    AffairKind,
    HoldingStage,
    OutcomeKind,
    PastKind,
    path_parts,
)
from keqiao.web.registers.models.platforms import CountKind, platform_choices
from keqiao.web.registers.papers import PURPOSE

UNIT_HELP = _("全称、简称、曾用名或统一社会信用代码")
SOURCE_HELP = _("从何处得知，如：2023年考核通报")
OUTCOMES = [("", _("未知")), *OutcomeKind.choices]


def _unit(**kwargs: Any) -> PartyField:
    return PartyField(kind=ORGANISATION, label=_("单位"), help_text=UNIT_HELP, **kwargs)


def _source() -> forms.CharField:
    return forms.CharField(label=_("来源"), max_length=120, help_text=SOURCE_HELP)


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR)


class PastForm(LineForm):
    """A past project or topic."""

    party = PartyField(label=_("承担单位"), help_text=UNIT_HELP)
    kind = forms.ChoiceField(label=_("类别"), choices=PastKind.choices)
    title = forms.CharField(label=_("项目名称"), max_length=200)
    family = forms.CharField(
        label=_("项目类别"), max_length=120, help_text=_("与通知回看的说法一致，如：省科协专项资金资助项目")
    )
    year = _year(_("年度"))
    amount_fen = YuanField(label=_("经费（元）"), required=False)
    leader = PartyField(kind=PERSON, label=_("项目负责人"), required=False)
    outcome = forms.ChoiceField(label=_("完成情况"), choices=OUTCOMES, required=False)
    concluded_on = DayField(label=_("结论日期"), required=False)
    conclusion = forms.CharField(label=_("结论"), max_length=200, required=False)
    source = _source()

    def wanted(self, _file_id: UUID | None) -> PastProject:
        """Return what was written, for the actions."""
        said = dict(self.cleaned_data)
        party, leader = said.pop("party"), said.pop("leader")
        return PastProject(party_id=party.pk, leader_id=leader.pk if leader else None, **said)


class HoldingForm(LineForm):
    """A project in hand that is entered by hand; applications and grants write theirs themselves."""

    party = _unit()
    title = forms.CharField(label=_("项目名称"), max_length=200)
    stage = forms.ChoiceField(label=_("阶段"), choices=HoldingStage.choices)
    year = _year(_("年度"))
    call = forms.CharField(label=_("通知编号"), max_length=80, required=False)
    path = forms.CharField(
        label=_("类别路径"), max_length=200, required=False, help_text=_("类别编号从上到下，用 / 隔开")
    )
    lead = PartyField(kind=ORGANISATION, label=_("牵头单位"), required=False, help_text=_("联合申报的才填"))
    person = PartyField(kind=PERSON, label=_("项目负责人"), required=False)
    since = DayField(label=_("起始日期"))
    source = _source()

    def wanted(self, _file_id: UUID | None) -> InHand:
        """Return what was written, for the actions."""
        said = dict(self.cleaned_data)
        party, lead, person = said.pop("party"), said.pop("lead"), said.pop("person")
        return InHand(
            party_id=party.pk,
            project=str(uuid4()),
            path=path_parts(said.pop("path")),
            lead_id=lead.pk if lead else None,
            person_id=person.pk if person else None,
            **said,
        )


class AffairForm(LineForm):
    """A society affair."""

    party = _unit()
    kind = forms.ChoiceField(label=_("事项"), choices=AffairKind.choices)
    year = _year(_("所属年度"))
    on = DayField(label=_("日期"))
    outcome = forms.ChoiceField(label=_("结果"), choices=OUTCOMES, required=False)
    words = forms.CharField(label=_("结果说明"), max_length=200, required=False)
    next_due = DayField(
        label=_("下次应办日期"), required=False, help_text=_("过了这一天还没有登记的，按未完成处理")
    )
    source = _source()

    def wanted(self, _file_id: UUID | None) -> Affair:
        """Return what was written, for the actions."""
        said = dict(self.cleaned_data)
        return Affair(party_id=said.pop("party").pk, **said)


class IncidentForm(LineForm):
    """An adverse incident in a region or at a unit."""

    region = RegionField(
        label=_("地区"), required=False, help_text=_("名称或行政区划代码；涉及单位的，填单位")
    )
    party = _unit(required=False)
    what = forms.CharField(
        label=_("事件类别"), max_length=60, help_text=_("与通知的说法一致，如：伪科学活动")
    )
    on = DayField(label=_("发生日期"))
    words = forms.CharField(
        label=_("情况"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = _source()

    def clean(self) -> dict[str, Any] | None:
        """It is about a region or about a unit."""
        cleaned = super().clean()
        said = self.cleaned_data
        if not self.errors and bool(said.get("region")) == bool(said.get("party")):
            self.add_error("region", ValidationError(_("地区和单位须填一个，且只填一个。"), code="one_place"))
        return cleaned

    def wanted(self, _file_id: UUID | None) -> NewIncident:
        """Return what was written, for the actions."""
        said = dict(self.cleaned_data)
        party, region = said.pop("party"), said.pop("region")
        return NewIncident(
            party_id=party.pk if party else None, region_id=region.pk if region else None, **said
        )


class AccountForm(LineForm, UploadForm):
    """An account on an outside platform."""

    purpose = PURPOSE
    is_needed = False

    party = PartyField(label=_("单位或人员"), help_text=UNIT_HELP)
    platform = forms.ChoiceField(label=_("平台"))
    number = forms.CharField(label=_("账号或编号"), max_length=80, required=False)
    since = DayField(label=_("入驻日期"), required=False)
    source = _source()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = platform_choices()  # type: ignore[attr-defined]

    def wanted(self, file_id: UUID | None) -> NewAccount:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        plain = ("platform", "number", "since", "source")
        return NewAccount(said["party"].pk, file_id=file_id, **{name: said[name] for name in plain})


class CountForm(LineForm, UploadForm):
    """A number read on a platform."""

    purpose = PURPOSE
    is_needed = False

    kind = forms.ChoiceField(label=_("指标"), choices=CountKind.choices)
    value = forms.IntegerField(label=_("数值"), min_value=0)
    on = DayField(label=_("统计日期"))
    source = _source()

    def wanted(self, file_id: UUID | None) -> Counted:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        return Counted(said["kind"], said["value"], said["on"], said["source"], file_id)


class ResultForm(LineForm):
    """How a past project went."""

    outcome = forms.ChoiceField(label=_("完成情况"), choices=OutcomeKind.choices)
    concluded_on = DayField(label=_("结论日期"))
    words = forms.CharField(label=_("结论"), max_length=200, required=False)

    def conclusion(self) -> Conclusion:
        """Return what was written, for the actions."""
        return Conclusion(**self.cleaned_data)


class EndForm(LineForm):
    """From which day on a line no longer counts."""

    on = DayField(label=_("日期"))
    reason = forms.CharField(label=_("理由"), max_length=400, required=False)


class TakeBackForm(LineForm):
    """Why a line is taken back."""

    reason = forms.CharField(label=_("撤回理由"), max_length=200)
