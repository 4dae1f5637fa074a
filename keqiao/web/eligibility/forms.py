"""What somebody tries: another person in a role, units that join. Nothing of it is kept."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.eligibility.queries import Wish
from keqiao.web.parties.finding import parties_called

MOST_PARTNERS = 5


class PartnersField(forms.CharField):
    """Names or credit codes of units, one a line; each has to be exactly one unit."""

    def clean(self, value: Any) -> tuple[UUID, ...]:
        """Return the ids of the units, or say which line is none or several."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_PARTNERS:
            raise forms.ValidationError(
                _("一次最多试 %(most)s 个单位。"), code="partners.too_many", params={"most": MOST_PARTNERS}
            )
        return tuple(self._one(line) for line in lines)

    def _one(self, words: str) -> UUID:
        found = parties_called(words, "organisation")
        if len(found) == 1:
            return found[0].pk
        sentence = (
            _("有几个单位叫“%(name)s”，请改写信用代码。") if found else _("没有登记过名为“%(name)s”的单位。")
        )
        code = "partners.several" if found else "partners.unknown"
        raise forms.ValidationError(sentence, code=code, params={"name": words})


class WishForm(forms.Form):
    """Who holds which role, and who joins."""

    role = forms.ChoiceField(label=_("角色"), required=False)
    person = forms.TypedChoiceField(
        label=_("人选"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("只列出贵单位登记的人员。"),
    )
    partners = PartnersField(
        label=_("联合单位"),
        required=False,
        help_text=_("写全称或统一社会信用代码，每行一个。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, roles: list[str], people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("请选择")), *((role, role) for role in roles)]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("请选择")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A person needs a role, and a role a person."""
        data: dict[str, Any] = super().clean() or {}
        if bool(data.get("role")) != bool(data.get("person")):
            raise forms.ValidationError(_("请同时选择角色和人选。"), code="wish.half")
        return data

    def wish(self) -> Wish:
        """Return what was written."""
        data = self.cleaned_data
        return Wish(data.get("role", ""), data.get("person"), data.get("partners", ()))
