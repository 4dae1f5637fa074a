"""Which regulation of the library a draft takes over, and which of its rules name it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes.actions.regulations import Adoption
from keqiao.web.programmes.library import ConformRule, LibraryVersion


class LibraryField(forms.ModelChoiceField):
    """The newest version of each regulation, with its number."""

    def label_from_instance(self, obj: LibraryVersion) -> str:
        """Return how an entry of the library is listed."""
        known = "，".join(filter(None, (obj.document_number, obj.label)))
        return f"《{obj.regulation.title}》{f'（{known}）' if known else ''}"


class AdoptionForm(forms.Form):
    """Take a regulation over."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    regulation = LibraryField(queryset=None, label=_("规章"), empty_label=_("请选择"))
    rules = forms.MultipleChoiceField(
        label=_("依据它的规则"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选后，公开页面在这些规则下显示它的文号和基本要求"),
    )

    def __init__(self, *args: Any, library: Any, rules: list[ConformRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regulation"].queryset = library  # type: ignore[attr-defined]
        self.fields["rules"].choices = [(rule.id, _words(rule)) for rule in rules]  # type: ignore[attr-defined]

    def adoption(self) -> Adoption:
        """Return what was chosen, for the actions."""
        said = self.cleaned_data
        return Adoption(said["version"], said["regulation"], tuple(said["rules"]))


def _words(rule: ConformRule) -> str:
    return f"{rule.where} · {rule.words or rule.to}" if rule.where else rule.words or rule.to
