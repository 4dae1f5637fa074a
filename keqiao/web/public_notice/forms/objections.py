"""Forms of objections: what somebody says who objects, and what the office does with it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.names import clean_email
from keqiao.web.public_notice.actions import Raised
from keqiao.web.public_notice.causes import CAUSES
from keqiao.web.public_notice.models.notices import LONGEST_REASON
from keqiao.web.public_notice.models.objections import LONGEST_GROUNDS, Who
from keqiao.web.public_notice.proof import MOST_FILES

ACCEPTED = ".pdf,.doc,.docx,.wps,.ofd,image/jpeg,image/png"


class ManyFilesInput(forms.ClearableFileInput):
    """A field of the browser for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once, each checked as one."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files that came."""
        return [super(ManyFilesField, self).clean(each, initial) for each in data or ()]


def proof_field() -> ManyFilesField:
    """The field for proof."""
    return ManyFilesField(
        label=_("证明材料"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
        help_text=_("可一次选多个，最多 %(n)s 个。") % {"n": MOST_FILES},
    )


class ObjectionForm(forms.Form):
    """An objection to one item. What is missing the act says, with the reason why it is needed."""

    who = forms.ChoiceField(
        label=_("提出人"), choices=Who.choices, widget=forms.RadioSelect, initial=Who.PERSON.value
    )
    name = forms.CharField(
        label=_("真实姓名或单位全称"),
        max_length=60,
        required=False,
        help_text=_("单位提出的，请写单位全称和联系人，并上传加盖公章的材料。"),
    )
    contact = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    mail = forms.EmailField(label=_("电子邮箱"), required=False, help_text=_("填写后用邮件告知办理情况。"))
    grounds = forms.CharField(
        label=_("事实和理由"),
        max_length=LONGEST_GROUNDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    files = proof_field()

    def raised(self, language: str) -> Raised:
        """Return what was said."""
        said = self.cleaned_data
        return Raised(
            who=said["who"],
            name=said["name"],
            contact=said["contact"],
            grounds=said["grounds"],
            mail=clean_email(said["mail"] or ""),
            language=language,
            files=tuple(said["files"]),
        )


class SupplyForm(forms.Form):
    """What was asked for."""

    words = forms.CharField(
        label=_("补充说明"),
        max_length=LONGEST_GROUNDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    files = proof_field()


class WordsForm(forms.Form):
    """Words that an act needs."""

    words = forms.CharField(
        label=_("说明"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class TurnAwayForm(WordsForm):
    """Why an objection is not taken up."""

    cause = forms.ChoiceField(label=_("原因"), choices=list(CAUSES.items()))

    field_order = ["cause", "words"]


class AssignForm(forms.Form):
    """Who looks into it."""

    investigator = forms.ChoiceField(label=_("调查人"))

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["investigator"].choices = [(str(each.pk), str(each)) for each in people]  # type: ignore[attr-defined]


class FindForm(forms.Form):
    """What was found."""

    founded = forms.ChoiceField(
        label=_("调查认为"),
        choices=[("yes", _("异议成立")), ("no", _("异议不成立"))],
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(
        label=_("调查结论"),
        max_length=LONGEST_GROUNDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class DecideForm(forms.Form):
    """How it is to be decided; a leader agrees."""

    outcome = forms.ChoiceField(
        label=_("处理结果"),
        choices=[("uphold", _("异议成立，取消立项资格")), ("reject", _("异议不成立，维持公示结果"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("处理依据"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写入给提出人的答复，不要写其他人的姓名。"),
    )
