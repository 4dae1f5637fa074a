"""Start a call: the document, the earlier call, the definition or the empty sheet that it comes from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.core.programme.types import Programme
from keqiao.readers.definition import CheckedDefinition, check_definition
from keqiao.readers.messages import say
from keqiao.readers.programmes import load, shipped, title
from keqiao.web.files.forms import UploadForm
from keqiao.web.programmes.actions import Sheet
from keqiao.web.programmes.documents import PURPOSE
from keqiao.web.programmes.wording.labels import choice_label

LARGEST_DEFINITION = 2 << 20  # bytes
FAULTS_SHOWN = 20
LONGEST_TITLE = 200  # characters
FIRST_YEAR, LAST_YEAR = 1950, 2200  # as core.programme.types.Programme has them
KINDS_OF_CALL = ("call", "solicitation")


class ForAnAssociation(forms.Form):
    """For which of the officer's associations a call is started; hidden where there is only one."""

    association = forms.ModelChoiceField(label=_("发文科协"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, associations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["association"]
        field.queryset = associations
        if len(associations) == 1:
            field.widget = forms.HiddenInput()
            self.initial.setdefault("association", associations[0].pk)


class DocumentForm(ForAnAssociation, UploadForm):
    """The notice of a call. ``associations`` are those for which the officer may start one."""

    purpose = PURPOSE

    field_order = ("association", "file", "sent")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = _("通知文件")


class EarlierCallForm(forms.Form):
    """An earlier call of one's association, whose next year this will be."""

    call = forms.ModelChoiceField(label=_("往年通知"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, calls: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["call"].queryset = calls


class SheetForm(ForAnAssociation):
    """What a call says that begins with an empty sheet."""

    title = forms.CharField(label=_("通知标题"), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("文件种类"))
    year = forms.IntegerField(
        label=_("年度"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )

    field_order = ("association", "title", "kind", "year")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind, choice_label(Programme, "kind", kind)) for kind in KINDS_OF_CALL]
        self.fields["kind"].choices = kinds

    def sheet(self) -> Sheet:
        """Return what was said, for the actions."""
        said = self.cleaned_data
        return Sheet(said["title"], said["kind"], said["year"])


class ShippedForm(ForAnAssociation):
    """A definition that ships with the product."""

    shipped = forms.ChoiceField(label=_("示范项目"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["shipped"].choices = [(identifier, title(identifier)) for identifier in shipped()]

    def programme(self) -> Programme:
        """Return the definition that was chosen."""
        return load(self.cleaned_data["shipped"])


class DefinitionForm(ForAnAssociation):
    """A file that holds a definition: one's own, or exported by another installation."""

    file = forms.FileField(label=_("定义文件（YAML）"))

    def clean_file(self) -> CheckedDefinition:
        """Read the file; every fault of its form is told with its line."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_DEFINITION:
            raise ValidationError(_("定义文件不得超过 2 MB。"), code="definition.too_large")
        try:
            checked = check_definition(upload.read().decode("utf-8"))
        except UnicodeDecodeError as wrong:
            raise ValidationError(_("定义文件应为 UTF-8 编码。"), code="definition.encoding") from wrong
        if checked.programme is None or not checked.is_sound:
            raise ValidationError([_in_words(fault) for fault in checked.faults[:FAULTS_SHOWN]])
        return checked

    def programme(self) -> Programme:
        """Return the definition that was sent."""
        return self.cleaned_data["file"].programme


def _in_words(fault: Any) -> ValidationError:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    said = say(fault.finding, language)
    return ValidationError(_("第 %(line)s 行：%(said)s"), params={"line": fault.line, "said": said})
