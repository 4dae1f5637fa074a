"""What officers type about the office's own Word form: the file, then what each recognised blank is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import FormField, TextField
from keqiao.readers.forms.office import Proposal
from keqiao.web.files.forms import UploadForm
from keqiao.web.programmes.documents import PURPOSE
from keqiao.web.programmes.form_desk.office import Confirmed
from keqiao.web.programmes.forms.fields import VersionedForm
from keqiao.web.programmes.wording.labels import choice_label

OFFERED = ("text", "long_text", "number", "money", "date", "period")
"""Kinds of field that a blank may be taken for instead; others are chosen afterwards in the editor."""
OF_SEVERAL_CELLS = frozenset({"table", "person", "unit"})
"""Kinds whose blanks are several cells: these are what they are, or no field."""


class PaperForm(UploadForm):
    """The office's own document of a form."""

    purpose = PURPOSE

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = _("本单位的表格文件")
        self.fields["file"].widget.attrs["accept"] = ".docx"


class BlankForm(forms.Form):
    """One recognised blank: what it is called, what is filled in, or that nothing is."""

    label = forms.CharField(label=_("栏目名称"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("填写方式"), required=False)
    max_chars = forms.IntegerField(label=_("字数上限"), required=False, min_value=1, max_value=100_000)

    def __init__(self, data: Any, found: AnyField, number: int) -> None:
        most = found.max_chars if isinstance(found, TextField) else None
        initial = {"label": found.label, "kind": found.kind, "max_chars": most}
        super().__init__(data, prefix=str(number), initial=initial)
        self.found, self.number = found, number
        kinds = dict.fromkeys((found.kind, *(OFFERED if found.kind not in OF_SEVERAL_CELLS else ())))
        named = [(each, choice_label(FormField, "kind", each)) for each in kinds]
        self.fields["kind"].choices = [("", _("不是填写处")), *named]
        if not isinstance(found, TextField):
            del self.fields["max_chars"]

    def clean(self) -> dict[str, Any]:
        """What is taken needs a name."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") and not cleaned.get("label"):
            self.add_error("label", _("请填写栏目名称。"))
        return cleaned

    def confirmed(self) -> Confirmed:
        """Return what was said."""
        said = self.cleaned_data
        return Confirmed(self.found, said["label"], said["kind"], said.get("max_chars"))


class ConfirmingForm(VersionedForm):
    """All recognised blanks of a document."""

    def __init__(self, data: Any, found: Proposal, version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.blanks = [BlankForm(data, each, number) for number, each in enumerate(found.fields, 1)]

    def clean(self) -> dict[str, Any]:
        """Each blank says itself what is wrong with it."""
        faulty = [each for each in self.blanks if not each.is_valid()]  # each is asked: all faults at once
        if faulty:
            self.add_error(None, _("请核对标出的各处。"))
        return super().clean() or {}

    def confirmed(self) -> list[Confirmed]:
        """Return what was said of each."""
        return [each.confirmed() for each in self.blanks]
