"""One target, rule or office of a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms.fields import DayField, LinesField, VersionedForm

COMPARATORS = ((">=", "≥"), ("<=", "≤"), ("==", "="), (">", ">"), ("<", "<"), ("~", "≈"))


class TargetForm(VersionedForm):
    """A target: what is measured, how it compares, the number and its unit."""

    metric = forms.CharField(label=_("指标"), max_length=200)
    comparator = forms.ChoiceField(label=_("关系"), choices=COMPARATORS)
    value = forms.DecimalField(label=_("数值"), max_digits=15, decimal_places=6)
    unit = forms.CharField(label=_("单位"), required=False, max_length=20)
    per = forms.CharField(
        label=_("计数范围"), required=False, max_length=40, help_text=_("例如：每场、每年；不填为合计")
    )
    optional = forms.BooleanField(label=_("可选指标"), required=False)

    names = ("metric", "comparator", "value", "unit", "per", "optional")

    @classmethod
    def initial_of(cls, values: Values) -> dict[str, Any]:
        """Return what the target says now."""
        return {"comparator": "==", **{name: values[name] for name in cls.names if name in values}}

    def changes(self) -> dict[str, Any]:
        """Return the target as written; a whole number stays whole."""
        said = {name: self.cleaned_data[name] for name in self.names}
        value = said["value"]
        said["value"] = int(value) if value == value.to_integral_value() else f"{value.normalize():f}"
        return {**said, "optional": said["optional"] or None}


class NewTargetForm(TargetForm):
    """A target that the reading missed."""


class RuleForm(VersionedForm):
    """A rule: what it says in our words, how hard it is, and for a person the age or the birth date."""

    summary = forms.CharField(label=_("规则"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    hedge = forms.CharField(
        label=_("松动用语"), required=False, max_length=20, help_text=_("例如：原则上；填写后只提醒，不拒绝")
    )
    value = forms.IntegerField(label=_("年龄上限（周岁）"), required=False, min_value=1, max_value=120)
    on_date = DayField(label=_("年龄计算日"))
    born_after = DayField(label=_("出生日期不早于"))

    of_a_person = ("value", "on_date", "born_after")

    def __init__(self, *args: Any, rule: Values, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rule = rule
        if rule.get("type") != "person" or rule.get("attr") not in ("age", "birth"):
            for name in self.of_a_person:
                del self.fields[name]
            return
        for name in ("on_date", "born_after"):
            printed = str(rule.get(name, ""))
            if "x" in printed:
                self.fields[name].help_text = _("原文写作 %(printed)s，未填完整") % {"printed": printed}

    @classmethod
    def initial_of(cls, values: Values) -> dict[str, Any]:
        """Return what the rule says now."""
        return {name: values.get(name) for name in ("summary", "hedge", *cls.of_a_person)}

    def changes(self) -> dict[str, Any]:
        """Return the rule as written. A day left empty stays as the document prints it."""
        said = {name: self.cleaned_data[name] for name in self.fields if name != "version"}
        for name in ("on_date", "born_after"):
            if name in said and not said[name] and "x" in str(self.rule.get(name, "")):
                del said[name]
        return said


class RemoveForm(VersionedForm):
    """Take a wrong entry away, and say why."""

    reason = forms.CharField(label=_("删除理由"), max_length=200)


class OfficeForm(VersionedForm):
    """Whom to ask."""

    department = forms.CharField(label=_("部门"), required=False, max_length=60)
    name = forms.CharField(label=_("联系人"), required=False, max_length=60)
    phones = LinesField(label=_("电话"), help_text=_("每行一个"), rows=2)
    emails = LinesField(label=_("电子邮箱"), help_text=_("每行一个"), rows=2)
    address = forms.CharField(label=_("地址"), required=False, max_length=200)
    scope = forms.CharField(label=_("负责范围"), required=False, max_length=200)

    names = ("department", "name", "phones", "emails", "address", "scope")

    @classmethod
    def initial_of(cls, values: Values) -> dict[str, Any]:
        """Return what is known of the office."""
        return {name: values.get(name) for name in cls.names}

    def clean(self) -> dict[str, Any]:
        """An office without any word is none."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in self.names):
            raise forms.ValidationError(_("请至少填写部门或一种联系方式。"), code="empty")
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Return the office as written."""
        return {name: self.cleaned_data[name] for name in self.names}
