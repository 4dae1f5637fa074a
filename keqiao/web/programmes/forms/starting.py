"""Start a call: the document or the definition that it comes from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.core.programme.types import Programme
from keqiao.readers.definition import CheckedDefinition, check_definition
from keqiao.readers.messages import say
from keqiao.readers.programmes import load, shipped
from keqiao.web.files.forms import UploadForm
from keqiao.web.programmes.documents import PURPOSE

LARGEST_DEFINITION = 2 << 20  # bytes
FAULTS_SHOWN = 20


class DocumentForm(UploadForm):
    """The notice of a call. ``associations`` are those for which the officer may start one."""

    purpose = PURPOSE

    association = forms.ModelChoiceField(label=_("发文科协"), queryset=None, empty_label=None)

    field_order = ("association", "file", "sent")

    def __init__(self, *args: Any, associations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = _("通知文件")
        self.fields["association"].queryset = associations
        if len(associations) == 1:
            self.fields["association"].widget = forms.HiddenInput()
            self.initial.setdefault("association", associations[0].pk)


class DefinitionForm(forms.Form):
    """A definition: one that ships with the product, or a file of one's own."""

    association = forms.ModelChoiceField(label=_("发文科协"), queryset=None, empty_label=None)
    shipped = forms.ChoiceField(label=_("示范项目"), required=False)
    file = forms.FileField(label=_("定义文件（YAML）"), required=False)

    def __init__(self, *args: Any, associations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["association"].queryset = associations
        names = [(identifier, identifier) for identifier in shipped()]
        self.fields["shipped"].choices = [("", _("不使用")), *names]
        if len(associations) == 1:
            self.fields["association"].widget = forms.HiddenInput()
            self.initial.setdefault("association", associations[0].pk)

    def clean_file(self) -> CheckedDefinition | None:
        """Read the file; every fault of its form is told with its line."""
        upload = self.cleaned_data.get("file")
        if not upload:
            return None
        if upload.size > LARGEST_DEFINITION:
            raise ValidationError(_("定义文件不得超过 2 MB。"), code="definition.too_large")
        try:
            checked = check_definition(upload.read().decode("utf-8"))
        except UnicodeDecodeError as wrong:
            raise ValidationError(_("定义文件应为 UTF-8 编码。"), code="definition.encoding") from wrong
        if checked.programme is None or not checked.is_sound:
            raise ValidationError([_in_words(fault) for fault in checked.faults[:FAULTS_SHOWN]])
        return checked

    def clean(self) -> dict[str, Any]:
        """One of both is needed."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("file") or cleaned.get("shipped")):
            raise ValidationError(_("请选择示范项目，或上传定义文件。"), code="required")
        return cleaned

    def programme(self) -> Programme:
        """Return the definition that was chosen or sent."""
        if sent := self.cleaned_data.get("file"):
            return sent.programme
        return load(self.cleaned_data["shipped"])


def _in_words(fault: Any) -> ValidationError:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    said = say(fault.finding, language)
    return ValidationError(_("第 %(line)s 行：%(said)s"), params={"line": fault.line, "said": said})
