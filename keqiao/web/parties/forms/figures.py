"""What officers enter for a region."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.readers.base_figures import figure_kinds
from keqiao.web.parties.actions import NewFigure
from keqiao.web.parties.models import Region


def figure_choices() -> list[tuple[str, str]]:
    """Return the kinds of figure with their unit, in the language of the page."""
    language = get_language() or "zh-hans"
    kinds = figure_kinds().items()
    return [(code, _with_unit(kind.label(language), kind.unit(language))) for code, kind in kinds]


class FigureForm(forms.Form):
    """How many of something a region had in a year."""

    kind = forms.ChoiceField(label=_("指标"), choices=figure_choices)
    year = forms.IntegerField(label=_("年份"), min_value=1949, max_value=2200)
    value = forms.DecimalField(label=_("数值"), min_value=0, max_digits=16, decimal_places=2)
    source = forms.CharField(label=_("来源"), max_length=120, help_text=_("统计年鉴、公报或文件名称"))

    def wanted(self, region: Region) -> NewFigure:
        """Return what was written, for the actions."""
        return NewFigure(region=region, **self.cleaned_data)


def _with_unit(label: str, unit: str) -> str:
    return f"{label}（{unit}）" if unit else label
