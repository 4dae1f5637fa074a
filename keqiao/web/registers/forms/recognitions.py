"""Forms of registers of recognitions, of their lines, and of what becomes of these."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.forms import UploadForm
from keqiao.web.parties.finding import PERSON
from keqiao.web.registers.actions.recognitions import NewRecognition, NewScheme
from keqiao.web.registers.actions.writing import Decision
from keqiao.web.registers.forms.fields import DayField, LineForm, PartyField, RegionField, day_in_order
from keqiao.web.registers.models import Recognition, RecognitionScheme
from keqiao.web.registers.models.recognitions import HolderKind, SchemeKind
from keqiao.web.registers.papers import PURPOSE

ACTS = {
    "publicise": _("开始公示"),
    "confirm": _("予以认定"),
    "decline": _("不予认定"),
    "order_rectification": _("责令限期整改"),
    "accept_rectification": _("整改合格"),
    "revoke": _("撤销认定"),
    "reinstate": _("恢复认定"),
    "end": _("提前终止"),
    "strike": _("登记有误，作废"),
}
GRANT, PROPOSE = "grant", "propose"


class SchemeForm(LineForm):
    """A register as it is opened or described."""

    name = forms.CharField(
        label=_("名册名称"),
        max_length=80,
        help_text=_("与通知中的叫法一致，规则按名称查找，如：市级科技小院"),
    )
    kind = forms.ChoiceField(label=_("名册类别"), choices=SchemeKind.choices)
    holder_kind = forms.ChoiceField(label=_("登记对象"), choices=HolderKind.choices)
    issuer = forms.CharField(label=_("认定机关"), max_length=80, required=False)
    basis = forms.CharField(label=_("管理办法或依据"), max_length=200, required=False)
    grades = forms.CharField(
        label=_("等次"),
        max_length=200,
        required=False,
        help_text=_("从高到低，用顿号隔开，如：优秀、良好、合格"),
    )
    validity_years = forms.IntegerField(
        label=_("有效期（年）"), min_value=1, max_value=50, required=False, help_text=_("长期有效的，不填")
    )
    number_pattern = forms.CharField(
        label=_("编号格式"),
        max_length=40,
        required=False,
        help_text=_("可用 {year} {number}，如：科普基地{year}-{number}；不填则手工编号"),
    )
    public = forms.BooleanField(label=_("可公开查询"), required=False)

    @classmethod
    def showing(cls, scheme: RecognitionScheme, **about: Any) -> "SchemeForm":
        """Return the form filled with what a register says of itself."""
        names = [name for name in cls.base_fields if name != "grades"]
        initial = {name: getattr(scheme, name) for name in names}
        return cls(initial={**initial, "grades": "、".join(scheme.grades)}, **about)

    def wanted(self) -> NewScheme:
        """Return what was written, for the actions."""
        said = dict(self.cleaned_data)
        words = said.pop("grades").replace(",", "、").replace("，", "、").split("、")
        return NewScheme(grades=tuple(word.strip() for word in words if word.strip()), **said)


class RecognitionForm(LineForm, UploadForm):
    """A new line of a register: which fields it has depends on the register."""

    purpose = PURPOSE
    is_needed = False

    holder = PartyField(label=_("持有者"), help_text=_("全称、简称、曾用名或统一社会信用代码"))
    item = forms.CharField(label=_("项目或内容"), max_length=120, required=False)
    number = forms.CharField(label=_("编号"), max_length=60, required=False)
    grade = forms.ChoiceField(label=_("等次"), required=False)
    batch = forms.CharField(label=_("批次"), max_length=40, required=False, help_text=_("如：2023年第一批"))
    valid_from = DayField(label=_("起始日期"))
    valid_until = DayField(label=_("截止日期"), required=False)
    issuer = forms.CharField(label=_("认定机关"), max_length=80, required=False)
    basis = forms.CharField(label=_("认定文件及文号"), max_length=200, required=False)
    source = forms.CharField(label=_("来源"), max_length=120, help_text=_("从何处得知，如：2023年考核通报"))
    stage = forms.ChoiceField(
        label=_("办理"),
        choices=[(GRANT, _("已认定，直接登记")), (PROPOSE, _("拟认定，待公示和确认"))],
        widget=forms.RadioSelect,
        initial=GRANT,
    )

    def __init__(self, *args: Any, scheme: RecognitionScheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        if scheme.holder_kind == HolderKind.REGION:
            self.fields["holder"] = RegionField(
                label=_("地区"), day=self.today, help_text=_("名称或行政区划代码")
            )
        elif scheme.holder_kind == HolderKind.PERSON:
            self.fields["holder"].kind = PERSON  # type: ignore[attr-defined]
            self.fields["holder"].help_text = _("姓名")
        if scheme.grades:
            choices = [("", "—"), *((grade, grade) for grade in scheme.grades)]
            self.fields["grade"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["grade"]
        if scheme.number_pattern:
            self.fields["number"].help_text = _("不填则按编号格式自动编号")
        if scheme.validity_years:
            self.fields["valid_until"].help_text = _("不填则按名册的有效期计算")

    def clean(self) -> dict[str, Any] | None:
        """The days are in order."""
        cleaned = super().clean()
        day_in_order(self, "valid_from", "valid_until")
        return cleaned

    def wanted(self, file_id: UUID | None) -> NewRecognition:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        is_region = self.scheme.holder_kind == HolderKind.REGION
        plain = ("item", "number", "batch", "valid_from", "valid_until", "issuer", "basis", "source")
        return NewRecognition(
            party_id=None if is_region else said["holder"].pk,
            region_id=said["holder"].pk if is_region else None,
            grade=said.get("grade", ""),
            file_id=file_id,
            **{name: said[name] for name in plain},
        )


class FollowForm(RecognitionForm):
    """The line that renews another or receives it: already filled, and with a reason."""

    reason = forms.CharField(label=_("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["stage"]
        self.fields["number"].help_text = _("不填则沿用原编号")

    @staticmethod
    def beginning(row: Recognition, *, same_holder: bool) -> dict[str, Any]:
        """Return what the form begins with."""
        holder = row.region.code if row.region else str(row.party_id)
        return {
            "holder": holder if same_holder else "",
            "item": row.item,
            "grade": row.grade,
            "issuer": row.issuer,
        }


class StepForm(LineForm):
    """One step in the life of a recognition; ``acts`` are those that its state allows."""

    act = forms.ChoiceField(label=_("办理"), widget=forms.RadioSelect)
    on = DayField(label=_("生效日期"))
    reason = forms.CharField(
        label=_("理由"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    basis = forms.CharField(label=_("依据"), max_length=200, required=False, help_text=_("文件名称及文号"))

    def __init__(self, *args: Any, acts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(act, ACTS[act]) for act in acts]  # type: ignore[attr-defined]
        self.fields["on"].initial = self.today

    def decision(self) -> Decision:
        """Return what was written, for the actions."""
        return Decision(**self.cleaned_data)


class MergeForm(LineForm):
    """Into which other line of the same register a recognition is merged."""

    into = forms.CharField(label=_("并入的编号"), max_length=60)
    on = DayField(label=_("生效日期"))
    reason = forms.CharField(label=_("理由"), max_length=400)

    def __init__(self, *args: Any, row: Recognition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_into(self) -> Recognition:
        """Return the line of this number in the same register."""
        number = self.cleaned_data["into"].strip()
        found = self.row.scheme.recognitions.filter(number__iexact=number, followed_by=None).first()
        if found is None:
            raise ValidationError(_("本名册中没有这个编号。"), code="merge.unknown")
        return found
