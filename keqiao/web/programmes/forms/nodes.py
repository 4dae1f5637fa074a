"""What a whole call or a category states."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms.fields import DayField, LinesField, VersionedForm, YuanField

FUNDING = (
    ("", _("未写明")),
    ("fixed", _("定额")),
    ("range", _("区间")),
    ("ceiling", _("上限")),
    ("envelope", _("总额")),
    ("none", _("无经费")),
)
NEEDS = {
    "fixed": ("amount_fen",),
    "range": ("min_fen", "max_fen"),
    "ceiling": ("max_fen",),
    "envelope": ("total_fen",),
}
AMOUNTS = ("amount_fen", "min_fen", "max_fen", "total_fen")


class HeadForm(VersionedForm):
    """Title, issuers, number, day, region and year of a call."""

    title = forms.CharField(label=_("标题"), max_length=300)
    issuers = LinesField(label=_("发文单位"), help_text=_("每行一个"), rows=2)
    document_number = forms.CharField(label=_("文号"), required=False, max_length=80)
    issue_date = DayField(label=_("发文日期"))
    region = forms.CharField(label=_("地区"), required=False, max_length=60)
    year = forms.IntegerField(label=_("年度"), required=False, min_value=1950, max_value=2200)

    names = ("title", "issuers", "document_number", "issue_date", "region", "year")

    @classmethod
    def initial_of(cls, values: Values) -> dict[str, Any]:
        """Return what the definition says now."""
        return {name: values.get(name) for name in cls.names}

    def changes(self) -> dict[str, Any]:
        """Return the statements as written."""
        return {name: self.cleaned_data[name] for name in self.names}


class TermsForm(VersionedForm):
    """Who, money, places, days and offices of a category, or of the whole call."""

    name = forms.CharField(label=_("名称"), max_length=200)
    code = forms.CharField(label=_("编号"), required=False, max_length=80)
    applicants = LinesField(label=_("申报单位"), help_text=_("每行一类，例如：市级学会"))
    funding = forms.ChoiceField(label=_("经费方式"), required=False, choices=FUNDING)
    amount_fen = YuanField(label=_("每项金额（元）"), help_text=_("定额时填写"))
    min_fen = YuanField(label=_("每项最低（元）"), help_text=_("区间时填写"))
    max_fen = YuanField(label=_("每项最高（元）"), help_text=_("区间或上限时填写"))
    total_fen = YuanField(label=_("总额（元）"))
    places_count = forms.IntegerField(label=_("名额"), required=False, min_value=0)
    places_min = forms.IntegerField(label=_("名额不少于"), required=False, min_value=0)
    places_max = forms.IntegerField(label=_("名额不超过"), required=False, min_value=0)
    per_unit_limit = forms.IntegerField(label=_("每单位限报（项）"), required=False, min_value=1)
    deadline_on = DayField(label=_("申报截止日"))
    deadline_at = forms.TimeField(
        label=_("截止时刻"),
        required=False,
        help_text=_("不填则当日全天有效"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "form-control"}, format="%H:%M"),
    )
    completion = DayField(label=_("完成时限"))
    term = forms.IntegerField(label=_("实施期（月）"), required=False, min_value=1, max_value=240)
    offices = forms.MultipleChoiceField(
        label=_("咨询部门"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, node: str, offices: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["offices"].choices = list(offices)
        if not self.fields["offices"].choices:
            del self.fields["offices"]
        if not node:
            del self.fields["name"], self.fields["code"]

    GROUPS = (
        (_("类别"), ("name", "code")),
        (_("谁可以申报"), ("applicants", "per_unit_limit")),
        (_("经费"), ("funding", *AMOUNTS)),
        (_("名额"), ("places_count", "places_min", "places_max")),
        (_("时限"), ("deadline_on", "deadline_at", "completion", "term")),
        (_("咨询"), ("offices",)),
    )

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        """Return the fields in groups, each with its legend."""
        found = [(legend, [self[n] for n in names if n in self.fields]) for legend, names in self.GROUPS]
        return [(legend, fields) for legend, fields in found if fields]

    @classmethod
    def initial_of(cls, values: Values) -> dict[str, Any]:
        """Return what the node says now."""
        funding, places = values.get("funding") or {}, values.get("places") or {}
        deadline = values.get("deadline") or {}
        return {
            "name": values.get("name"),
            "code": values.get("code"),
            "applicants": (values.get("applicants") or {}).get("kinds"),
            "funding": funding.get("kind", ""),
            **{name: funding.get(name) for name in AMOUNTS},
            **{f"places_{name}": places.get(name) for name in ("count", "min", "max")},
            "per_unit_limit": (values.get("per_unit_limit") or {}).get("max"),
            "deadline_on": deadline.get("on"),
            "deadline_at": deadline.get("at"),
            "completion": (values.get("completion") or {}).get("on"),
            "term": (values.get("term") or {}).get("months"),
            "offices": values.get("offices") or [],
        }

    def clean(self) -> dict[str, Any]:
        """Amounts belong to the way of funding that was chosen; places are a number or a range."""
        cleaned = super().clean() or {}
        for name in NEEDS.get(cleaned.get("funding", ""), ()):
            if name not in self.errors and cleaned.get(name) is None:
                self.add_error(name, ValidationError(_("请填写金额。"), code="required"))
        least, most = cleaned.get("min_fen"), cleaned.get("max_fen")
        if cleaned.get("funding") == "range" and least is not None and most is not None and least > most:
            self.add_error("max_fen", ValidationError(_("最高金额低于最低金额。"), code="order"))
        if cleaned.get("places_count") is not None and (
            cleaned.get("places_min"),
            cleaned.get("places_max"),
        ) != (None, None):
            self.add_error(
                "places_count", ValidationError(_("名额请填一个数，或填上下限，不要都填。"), code="both")
            )
        least, most = cleaned.get("places_min"), cleaned.get("places_max")
        if least is not None and most is not None and least > most:
            self.add_error("places_max", ValidationError(_("名额上限低于下限。"), code="order"))
        if cleaned.get("deadline_at") and not cleaned.get("deadline_on"):
            self.add_error("deadline_on", ValidationError(_("填写了时刻，请同时填写日期。"), code="required"))
        return cleaned

    def changes(self, before: Values) -> dict[str, Any]:
        """Return the statements that differ from ``before``; what was not touched keeps its marks."""
        initial = self.initial_of(before)
        said = self.cleaned_data
        groups = {
            "name": ("name",),
            "code": ("code",),
            "applicants": ("applicants",),
            "funding": ("funding", *AMOUNTS),
            "places": ("places_count", "places_min", "places_max"),
            "per_unit_limit": ("per_unit_limit",),
            "deadline": ("deadline_on", "deadline_at"),
            "completion": ("completion",),
            "term": ("term",),
            "offices": ("offices",),
        }
        touched = {
            statement
            for statement, names in groups.items()
            if any(n in said and _plain(said[n]) != _plain(initial[n]) for n in names)
        }
        return {s: v for s, v in self._statements(before).items() if s in touched}

    def _statements(self, before: Values) -> dict[str, Any]:
        said = self.cleaned_data
        term = before.get("term") or {}
        return {
            "name": said.get("name"),
            "code": said.get("code"),
            "applicants": {"kinds": said["applicants"]} if said["applicants"] else None,
            "funding": _funding(said, before.get("funding") or {}),
            "places": _some({name: said[f"places_{name}"] for name in ("count", "min", "max")}),
            "per_unit_limit": _some({"max": said["per_unit_limit"]}),
            "deadline": _deadline(said),
            "completion": _some({"on": said["completion"]}),
            "term": _some({"months": said["term"], "words": None if said["term"] else term.get("words")}),
            "offices": said.get("offices"),
        }


def _plain(value: Any) -> Any:
    """Nothing is nothing, however it is written; times compare by hour and minute."""
    if value in (None, "", [], ()):
        return None
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value)[:5] if _is_time(value) else value


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 8 and value.count(":") == 2


def _some(values: Mapping[str, Any]) -> Values | None:
    stated = {name: value for name, value in values.items() if value is not None}
    return stated or None


def _deadline(said: Mapping[str, Any]) -> Values | None:
    if not said["deadline_on"]:
        return None
    at = said["deadline_at"]
    return {"on": said["deadline_on"], **({"at": f"{at:%H:%M}"} if at else {})}


def _funding(said: Mapping[str, Any], before: Values) -> Values | None:
    kind = said["funding"]
    if not kind:
        return None
    kept = {"per": before["per"]} if "per" in before and kind in ("fixed", "range", "ceiling") else {}
    names = () if kind == "none" else (*NEEDS[kind], "total_fen")
    return {"kind": kind, **kept, **{n: said[n] for n in names if said[n] is not None}}
