"""Fields that find what people name: a unit by any of its names or its code, a region by name or code, a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.forms import UploadForm
from keqiao.web.parties.evidence import PURPOSE
from keqiao.web.parties.finding import regions_called
from keqiao.web.parties.models import Organisation, Region
from keqiao.web.parties.names import match_organisations

PAPER = ("file", "sent")  # fields of an upload
MOST_NAMED = 5  # candidates that a fault names


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a day, with the browser's calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class NamedField(forms.CharField):
    """A text that names something as it stands on ``day``, which the form sets."""

    day: date

    def prepare_value(self, value: Any) -> Any:
        """Show what was found before by the word that finds it again."""
        return getattr(value, "code", None) or getattr(value, "name", value)


class RegionField(NamedField):
    """A region by its name or code."""

    def clean(self, value: Any) -> Any:
        """Return the region, or None for an empty field.

        Raises:
            ValidationError: no region is called so, or several are; then they are named with their codes.
        """
        words = super().clean(value)
        if not words:
            return None
        found = regions_called(words, self.day)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("没有名称或代码为“%(words)s”的区域。"), "region.unknown", {"words": words}
            )
        raise ValidationError(
            _("有几个区域叫“%(words)s”，请填写代码：%(found)s。"),
            "region.several",
            {"words": words, "found": _listed(_with_code(region) for region in found)},
        )


class UnitField(NamedField):
    """An organisation by its full, short or former name, or its credit code."""

    def clean(self, value: Any) -> Any:
        """Return the organisation, or None for an empty field. Which of several is meant, is not guessed.

        Raises:
            ValidationError: none is called so, or several are; then they are named.
        """
        words = super().clean(value)
        if not words:
            return None
        match = match_organisations([words], self.day)[words]
        if match.only:
            return Organisation.objects.get(pk=match.only)
        if not match.found:
            raise ValidationError(
                _("没有登记名称为“%(words)s”的单位，请先登记。"), "unit.unknown", {"words": words}
            )
        several = Organisation.objects.filter(pk__in=match.found).order_by("name")
        raise ValidationError(
            _("有几个单位可能是“%(words)s”，请填写全称或统一社会信用代码：%(found)s。"),
            "unit.several",
            {
                "words": words,
                "found": _listed(f"{unit.name}（{unit.credit_code or '—'}）" for unit in several),
            },
        )


class DatedForm(forms.Form):
    """A form whose named fields are asked on a day."""

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        for field in self.fields.values():
            if isinstance(field, NamedField):
                field.day = day


class EvidenceForm(UploadForm):
    """A form of a fact, which may bring the paper that proves it."""

    purpose = PURPOSE
    is_needed = False

    file = forms.FileField(label=_("证明材料"), required=False, allow_empty_file=True)

    def said(self) -> dict[str, Any]:
        """Return what was written, without the paper."""
        return {name: value for name, value in self.cleaned_data.items() if name not in PAPER}

    def keep_paper_fields(self, fields: dict[str, forms.Field]) -> None:
        """Let the form have these fields, and those of the paper behind them."""
        self.fields = fields | {name: self.fields[name] for name in PAPER}


class DoubtingForm(DatedForm):
    """A form whose ``doubts`` pass once somebody says that they were looked at: the tick box comes with them."""

    looked_at = forms.BooleanField(label=_("以上情况已核对，仍然保存"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "looked_at"])
        if not self.data.get("looked_at"):
            self.fields["looked_at"].widget = forms.HiddenInput()

    def doubts(self, cleaned: dict[str, Any]) -> list[Any]:
        """Return what somebody has to look at, in words."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Stop at doubts that nobody has looked at."""
        cleaned = super().clean() or {}
        if not cleaned.get("looked_at") and (found := self.doubts(cleaned)):
            self.fields["looked_at"].widget = forms.CheckboxInput()
            raise ValidationError([ValidationError(words, "doubt") for words in found])
        return {name: value for name, value in cleaned.items() if name != "looked_at"}


def _with_code(region: Region) -> str:
    return f"{region.name}（{region.code}）"


def _listed(words: Iterable[str]) -> str:
    named = list(words)
    more = "…" if len(named) > MOST_NAMED else ""
    return "、".join(named[:MOST_NAMED]) + more
