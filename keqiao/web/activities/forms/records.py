"""The form of a record of one kind, made from the vocabulary."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.readers.fact_kinds import fact_words
from keqiao.readers.lifecycle_words import Language
from keqiao.web.activities.actions import Content
from keqiao.web.activities.forms.fields import WordsField, field_for
from keqiao.web.activities.models import Activity
from keqiao.web.activities.models.records import LONGEST_TITLE
from keqiao.web.activities.values import as_stored
from keqiao.web.calendars.forms import DayField
from keqiao.web.parties.finding import regions_called

VALUE = "v."
GRADE = "grade"


class RegionField(forms.CharField):
    """A region by its name or code, as of ``day``."""

    def __init__(self, *, day: date, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.day = day

    def clean(self, value: Any) -> Any:
        """Return the region, or nothing; say so where none or several are called so."""
        words = super().clean(value)
        if not words:
            return None
        found = regions_called(words, self.day)
        if len(found) == 1:
            return found[0]
        fault = (
            _("没有找到地区“%(words)s”。") if not found else _("“%(words)s”不止一个，请改填行政区划代码。")
        )
        raise ValidationError(fault, code="region", params={"words": words})


class RecordForm(forms.Form):
    """What a record says. ``kind`` is its kind, ``offered`` the words to propose, by field."""

    title = forms.CharField(label=_("名称"), max_length=LONGEST_TITLE)
    start = DayField(label=_("日期"))
    end = DayField(label=_("结束日期"), required=False, help_text=_("只有一天的，不填"))

    def __init__(
        self,
        *args: Any,
        kind: str,
        today: date,
        language: Language,
        offered: Mapping[str, Sequence[str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.words = kind, fact_words()
        self.fields["region"] = RegionField(
            label=_("地区"), day=today, required=False, help_text=_("县（市、区）、乡镇的名称或行政区划代码")
        )
        self.names = self.words.kinds[kind].fields
        for name in self.names:
            self.fields[VALUE + name] = field_for(self.words.fields[name], language, offered.get(name, ()))
        if GRADE in self.names:
            self.fields["certificate"] = forms.CharField(
                label=_("证书编号"),
                max_length=40,
                required=False,
                help_text=_("人员登记中有这个证书的，按活动当日有效的等级计"),
            )
        for name, field in self.fields.items():
            _offer(name, field)

    def clean(self) -> dict[str, Any] | None:
        """The days are in order."""
        cleaned = super().clean()
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end < start:
            self.add_error("end", ValidationError(_("结束日期早于开始日期。"), code="out_of_order"))
        return cleaned

    def content(self) -> Content:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        given = {name: said.get(VALUE + name) for name in self.names}
        region = said.get("region")
        return Content(
            kind=self.kind,
            title=" ".join(said["title"].split()),
            start=said["start"],
            end=said.get("end"),
            region_id=region.pk if region else None,
            values={name: as_stored(value) for name, value in given.items() if value not in (None, "", [])},
            certificate=" ".join(said.get("certificate", "").split()),
        )

    def offers(self) -> list[tuple[str, Sequence[str]]]:
        """Return the words to propose, with the id of the list that the blanks name."""
        fields = self.fields.items()
        return [
            (_list_of(name), field.offered)
            for name, field in fields
            if isinstance(field, WordsField) and field.offered
        ]


def _offer(name: str, field: forms.Field) -> None:
    if isinstance(field, WordsField) and field.offered:
        field.widget.attrs["list"] = _list_of(name)


def _list_of(name: str) -> str:
    return f"offered-{name.removeprefix(VALUE)}"


def initial_of(row: Activity) -> dict[str, Any]:
    """Return what stands in the blanks of a record that is there already."""
    return {
        "title": row.title,
        "start": row.start,
        "end": row.end,
        "region": row.region.code if row.region else "",
        "certificate": row.certificate,
        **{VALUE + name: value for name, value in row.values.items()},
    }
