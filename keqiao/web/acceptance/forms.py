"""What the pages of acceptances ask: what the unit says, points by hand, a conclusion, words about an entry."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.core.rules.consequences import Breach
from keqiao.web.acceptance.actions import Prepared, Said
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.acceptance.models.acceptances import LONGEST_SUMMARY, LONGEST_WORDS
from keqiao.web.acceptance.papers import PURPOSE
from keqiao.web.acceptance.shown import RowSeen, breach_word
from keqiao.web.files.forms import UploadForm
from keqiao.web.registers.forms.fields import DayField

LONGEST_ANSWER = 2000


def words_field(label: Any, *, required: bool = True, most: int = LONGEST_WORDS) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(
        label=label, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": 3})
    )


class PrepareForm(forms.Form):
    """The day, problems and plans; a reason for each row, and for each paper that is not needed."""

    finished_on = DayField(label=_("完成日期"), required=False)
    summary = forms.CharField(
        label=_("问题与打算"),
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("存在的问题、原因，下一步打算和建议。"),
    )

    def __init__(self, *args: Any, acceptance: Acceptance, rows: list[RowSeen], **more: Any) -> None:
        super().__init__(*args, **more)
        self.papers = list(acceptance.papers.all())
        self.rows = rows
        for row in rows:
            self.fields[f"row:{row.key}"] = forms.CharField(
                label=row.name, required=False, max_length=LONGEST_WORDS, initial=row.reason
            )
        for paper in self.papers:
            self.fields[f"paper:{paper.pk}"] = forms.CharField(
                label=paper.name, required=False, max_length=LONGEST_WORDS, initial=paper.not_needed
            )

    def prepared(self) -> Prepared:
        """Return what was typed."""
        said = self.cleaned_data
        return Prepared(
            finished_on=said["finished_on"],
            summary=said["summary"],
            reasons={row.key: said[f"row:{row.key}"] for row in self.rows},
            not_needed={
                paper.pk: said[f"paper:{paper.pk}"]
                for paper in self.papers
                if f"paper:{paper.pk}" in self.data
            },
        )


class PaperForm(UploadForm):
    """The file of one paper that is owed."""

    purpose = PURPOSE


class PointsForm(forms.Form):
    """Points by hand for each row, with their reasons."""

    def __init__(self, *args: Any, rows: list[RowSeen], **more: Any) -> None:
        super().__init__(*args, **more)
        self.rows = rows
        for row in rows:
            self.fields[f"points:{row.key}"] = forms.DecimalField(
                label=row.name, required=False, max_digits=7, decimal_places=4, initial=row.given
            )
            self.fields[f"why:{row.key}"] = forms.CharField(
                label=_("理由"), required=False, max_length=LONGEST_WORDS, initial=row.why
            )

    def said(self) -> Iterator[Said]:
        """Give the rows that were changed."""
        for row in self.rows:
            points: Decimal | None = self.cleaned_data[f"points:{row.key}"]
            why = self.cleaned_data[f"why:{row.key}"]
            if (points, why) != (row.given, row.why):
                yield Said(row.key, points, why)


class ActForm(forms.Form):
    """A reason, and a day, where the act asks for them."""

    reason = words_field(_("理由"))
    until = DayField(label=_("期限"))

    def __init__(self, *args: Any, asks: tuple[str, ...], needs: tuple[str, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in list(self.fields):
            if name not in asks:
                del self.fields[name]
            else:
                self.fields[name].required = name in needs


class BreachForm(forms.Form):
    """What was found, and how."""

    breach = forms.ChoiceField(label=_("情形"))
    reason = words_field(_("查实的情况"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        found = [each for each in Breach if each not in {Breach.FAILED, Breach.OTHER}]
        self.fields["breach"].choices = [(each.value, breach_word(each.value)) for each in found]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """An answer or an appeal."""

    words = words_field(_("内容"), most=LONGEST_ANSWER)
