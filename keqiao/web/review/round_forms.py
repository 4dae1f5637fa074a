"""What the pages of rounds and of experts ask."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keqiao.core.programme.selection import Scorecard
from keqiao.core.scoring.sheets import lines
from keqiao.core.workdays import last_moment
from keqiao.web.review.models.checks import LONGEST_REASON

POINTS, BAND, VETO = "points:", "band:", "veto:"
LONGEST_COMMENT, LONGEST_POINTS = 4000, 20
YES_NO = {"yes": True, "no": False}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")


class RoundForm(forms.Form):
    """A new round."""

    nodes = forms.MultipleChoiceField(label=_("评审的类别"), widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(
        label=_("名称"), max_length=80, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    experts = forms.IntegerField(
        label=_("每份评审人数"),
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )
    most = forms.IntegerField(
        label=_("每位专家最多评审份数"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=_("留空则不限"),
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )
    opens_on = forms.DateField(label=_("开始日期"), widget=_day())
    closes_on = forms.DateField(label=_("截止日期"), widget=_day(), help_text=_("当日24时截止"))
    blind = forms.BooleanField(label=_("隐去申报单位和人员（匿名评审）"), required=False, initial=True)

    def __init__(self, *args: Any, nodes: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["nodes"].choices = list(nodes)  # type: ignore[attr-defined]

    @property
    def opens_at(self) -> datetime:
        """The first moment of the day on which it opens."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["opens_on"], time.min))

    @property
    def closes_at(self) -> datetime:
        """The last moment of the day on which it closes."""
        return last_moment(self.cleaned_data["closes_on"])


class WhyForm(forms.Form):
    """Why something of a round is taken back or left."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        required=False,
    )


class ReopenForm(WhyForm):
    """Until when a sheet comes late or is changed, and why."""

    until = forms.DateField(label=_("截止日期"), widget=_day(), help_text=_("当日24时截止"))

    field_order = ("until", "reason")

    @property
    def until_at(self) -> datetime:
        """The last moment of that day."""
        return last_moment(self.cleaned_data["until"])


class SettleForm(WhyForm):
    """What an officer found out about a doubt."""

    is_same = forms.ChoiceField(
        label=_("核实结果"),
        choices=[("no", _("不是同一人或同一单位，可以评审")), ("yes", _("是，须回避"))],
        widget=forms.RadioSelect,
    )
    rule = forms.CharField(max_length=40, widget=forms.HiddenInput)
    about = forms.CharField(max_length=200, widget=forms.HiddenInput)

    field_order = ("is_same", "reason")


def answers_in(data: Mapping[str, str], card: Scorecard) -> dict[str, Any]:
    """Return what the form of a sheet says, as ``sheets`` keeps it; what cannot be read stays as it was typed."""
    marks = {}
    for line in lines(card):
        mark = {"points": data.get(f"{POINTS}{line.id}", "").strip()[:LONGEST_POINTS]}
        band = data.get(f"{BAND}{line.id}", "")
        if band in {each.name for each in line.bands}:
            mark["band"] = band
        if mark["points"] or "band" in mark:
            marks[line.id] = mark
    vetoes = {veto.id: YES_NO.get(data.get(f"{VETO}{veto.id}", "")) for veto in card.vetoes}
    return {
        "marks": marks,
        "fraud": YES_NO.get(data.get("fraud", "")) if card.integrity is not None else None,
        "vetoes": {name: said for name, said in vetoes.items() if said is not None},
        "comment": data.get("comment", "").replace("\r\n", "\n").strip()[:LONGEST_COMMENT],
        "recommends": YES_NO.get(data.get("recommends", "")) if card.recommendation else None,
    }


def base_in(data: Mapping[str, str]) -> int:
    """Return the version of the sheet that was edited; what is no number is the beginning."""
    typed = data.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
