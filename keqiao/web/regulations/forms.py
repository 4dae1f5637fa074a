"""What officers write about regulations: the heading, one version, and its requirements by kind of unit."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.forms import UploadForm
from keqiao.web.regulations.actions import Heading, VersionText
from keqiao.web.regulations.models import Regulation, Version
from keqiao.web.regulations.papers import PURPOSE

LONGEST_LINE = 300
MORE = "more"
"""Name of the button that gives more empty groups instead of saving."""
GROUPS = "kind"
EMPTY_GROUPS = 2
MOST_GROUPS = 20


class LinesField(forms.CharField):
    """Several texts, one a line; empty lines do not count."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines; what was typed stays as it is."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the texts, or say that a line is too long."""
        lines = tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())
        if any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(
                _("每条不超过 %(limit)s 字，请分条写。"), code="line.too_long", params={"limit": LONGEST_LINE}
            )
        return lines


class HeadingForm(forms.Form):
    """What a regulation is called."""

    title = forms.CharField(label=_("名称"), max_length=200, help_text=_("不加书名号"))
    issued_by = LinesField(label=_("制定机关"), required=False, rows=2, help_text=_("每行一个"))

    def clean_title(self) -> str:
        """The title stands without the marks of a book's title."""
        title = self.cleaned_data["title"].strip().removeprefix("《").removesuffix("》").strip()
        if not title:
            raise ValidationError(_("请填写名称。"), code="required")
        return title

    def heading(self) -> Heading:
        """Return what was written, for the actions."""
        return Heading(self.cleaned_data["title"], self.cleaned_data["issued_by"])


class NewRegulationForm(HeadingForm):
    """A new regulation belongs to one of the officer's associations."""

    association = forms.ModelChoiceField(queryset=None, label=_("科协"))
    field_order = ("association", "title", "issued_by")

    def __init__(self, *args: Any, associations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["association"].queryset = associations  # type: ignore[attr-defined]
        if len(associations) == 1:
            self.fields["association"].initial = associations[0].pk
            self.fields["association"].widget = forms.HiddenInput()


class VersionForm(UploadForm):
    """One version of a regulation. Its file may follow later."""

    purpose = PURPOSE
    is_needed = False

    document_number = forms.CharField(label=_("文号"), max_length=80, required=False)
    label = forms.CharField(label=_("版本名称"), max_length=60, required=False, help_text=_("如：2023年修订"))
    in_force_from = forms.DateField(
        label=_("施行日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    requirements = LinesField(
        label=_("基本要求"),
        required=False,
        rows=5,
        help_text=_("对各类单位都适用的，每行一条；用自己的话写清，不必照抄"),
    )
    note = forms.CharField(
        label=_("备注"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    @classmethod
    def showing(cls, version: Version) -> "VersionForm":
        """Return the form filled with what a version says."""
        names = ("document_number", "label", "in_force_from", "requirements", "note")
        return cls(initial={name: getattr(version, name) for name in names})


class KindForm(forms.Form):
    """The requirements of one kind of unit."""

    of = forms.CharField(label=_("单位类别"), max_length=60, required=False)
    items = LinesField(label=_("基本要求"), required=False, rows=3, help_text=_("每行一条"))

    def clean(self) -> dict[str, Any] | None:
        """Kind and requirements come together."""
        cleaned = super().clean()
        if not self.errors and bool(self.cleaned_data["of"]) != bool(self.cleaned_data["items"]):
            lacking = "items" if self.cleaned_data["of"] else "of"
            self.add_error(lacking, ValidationError(_("单位类别和要求须同时填写。"), code="required"))
        return cleaned


KindFormSet = forms.formset_factory(KindForm, extra=EMPTY_GROUPS, max_num=MOST_GROUPS)


def groups_with(shown: list[dict[str, Any]]) -> Any:
    """Return groups that show these requirements by kind, and empty ones after them."""
    return KindFormSet(prefix=GROUPS, initial=shown)


def typed_groups(data: Any) -> list[dict[str, Any]]:
    """Return the groups as they were typed, without those that are empty."""
    typed = [
        {name: data.get(f"{GROUPS}-{n}-{name}", "") for name in ("of", "items")} for n in range(MOST_GROUPS)
    ]
    return [group for group in typed if any(group.values())]


def text_from(form: VersionForm, groups: Any, file_id: UUID | None, until: Any = None) -> VersionText:
    """Return what both forms say, for the actions."""
    said = form.cleaned_data
    by_kind = tuple(
        (group.cleaned_data["of"], group.cleaned_data["items"])
        for group in groups
        if group.cleaned_data.get("of")
    )
    return VersionText(
        document_number=said["document_number"],
        label=said["label"],
        in_force_from=said["in_force_from"],
        in_force_until=until,
        file_id=file_id,
        requirements=said["requirements"],
        by_kind=by_kind,
        note=said["note"],
    )


class EndForm(forms.Form):
    """The last day on which a version is in force."""

    last_day = forms.DateField(
        label=_("停止施行日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def heading_showing(regulation: Regulation) -> HeadingForm:
    """Return the form filled with what a regulation is called."""
    return HeadingForm(initial={"title": regulation.title, "issued_by": regulation.issued_by})
