"""The form of an award."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.public_notice.actions import AwardWording
from keqiao.web.public_notice.forms.notices import Procedure, ShownFields, day_input
from keqiao.web.public_notice.listing import ALWAYS, in_order
from keqiao.web.public_notice.models import Award
from keqiao.web.public_notice.models.notices import LONGEST_REASON
from keqiao.web.public_notice.starting import register_named
from keqiao.writers.letters import Field

PLAIN = ("regulation", "mark", "contacts", "feedback", "role")
OF_TITLE = "scheme_of_title_"
DATED = ("agreement_by", "finish_by", "agreement_copies")


class AwardForm(forms.Form):
    """The notice of an award: what it says to those who are supported, and to the others."""

    title = forms.CharField(label=_("标题"), max_length=200)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    procedure = Procedure()
    fields_shown = ShownFields()
    agreement_by = forms.DateField(label=_("任务书签订期限"), required=False, widget=day_input())
    agreement_copies = forms.IntegerField(label=_("任务书份数"), min_value=1, max_value=12, initial=3)
    regulation = forms.CharField(label=_("经费管理依据"), max_length=200, required=False)
    mark = forms.CharField(label=_("标注用语"), max_length=120, required=False)
    finish_by = forms.DateField(label=_("完成期限"), required=False, widget=day_input())
    contacts = forms.CharField(label=_("联系方式"), max_length=200, required=False)
    role = forms.CharField(
        label=_("承担方式"), max_length=20, required=False, help_text=_("例如：承办、协办。名单中增加一栏。")
    )
    scheme = forms.ChoiceField(
        label=_("同时登记到名册"),
        required=False,
        help_text=_("立项同时授予称号的，选择名册，印发时逐个登记。"),
    )
    feedback = forms.CharField(
        label=_("对未立项单位的说明"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写入给未立项单位的告知书，不要写其他单位和评审专家。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, schemes: Iterable[Any], titles: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((str(each.pk), each.name) for each in schemes)]
        self.fields["scheme"].choices = choices  # type: ignore[attr-defined]
        self.title_fields = {f"{OF_TITLE}{place}": title for place, title in enumerate(titles)}
        for name, title in self.title_fields.items():
            self.fields[name] = forms.ChoiceField(
                label=_("“%(title)s”登记到名册") % {"title": title},
                required=False,
                choices=choices,
                initial=register_named(title, choices),
                help_text=_("通知写明授予的称号，印发时把获得的单位逐个登记。"),
            )
        if self.title_fields:
            self.fields["scheme"].label = _("其他立项登记到名册")
            self.order_fields([*self.base_fields, *self.title_fields, "feedback", "version"])

    def wording(self) -> AwardWording:
        """Return what was written, for the acts."""
        said = self.cleaned_data
        shown = [*said["fields_shown"], *([Field.ROLE.value] if said["role"].strip() else [])]
        return AwardWording(
            title=" ".join(said["title"].split()),
            number=said["number"].strip(),
            procedure=said["procedure"],
            fields=tuple(field.value for field in in_order(shown)),
            scheme_id=said["scheme"] or None,
            titles=tuple((title, said[name]) for name, title in self.title_fields.items() if said[name]),
            **{name: said[name].strip() for name in PLAIN},
            **{name: said[name] for name in DATED},
        )


def initial_of(award: Award, titles: Sequence[str]) -> dict[str, Any]:
    """Return what an award says, to be changed; ``titles``: those that the call confers."""
    kept = {each.title: str(each.scheme_id) for each in award.titles.all()}
    names = ("title", "number", "procedure", "version", *PLAIN, *DATED)
    shown = [name for name in award.fields if Field(name) not in (*ALWAYS, Field.ROLE)]
    return {
        **{name: getattr(award, name) for name in names},
        "fields_shown": shown,
        "scheme": str(award.scheme_id or ""),
        **{f"{OF_TITLE}{place}": kept.get(title, "") for place, title in enumerate(titles)},
    }
