"""What the pages of experts ask: who it is, what the register says of them, to whom they are what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.readers.expert_fields import Language, expert_fields
from keqiao.web.parties.finding import parties_called, people_meant
from keqiao.web.parties.forms.people import PersonForm
from keqiao.web.review.actions.experts import LONGEST_REASON, ExpertDetails
from keqiao.web.review.actions.relations import Declared
from keqiao.web.review.models import RELATION_WORDS
from keqiao.web.review.models.experts import INTEREST

LONGEST_NUMBER = 99


def fields_offered() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return fields of work under the names of their disciplines, in the language that is spoken now."""
    spoken: Language = "en" if (get_language() or "zh").startswith("en") else "zh"
    return [
        (group.words[spoken], [(key, words[spoken]) for key, words in group.fields.items()])
        for group in expert_fields()
    ]


class FindForm(forms.Form):
    """Who is to become an expert. Sent by post, so that no number stands in an address."""

    who = forms.CharField(label=_("姓名、手机号码或身份证号码"), max_length=60)

    def found(self) -> list[Any]:
        """Return the people of the register who are meant."""
        return people_meant(self.cleaned_data["who"])


class DetailsForm(forms.Form):
    """What the register says of an expert."""

    title = forms.CharField(label=_("职称"), max_length=40, required=False)
    fields_of_work = forms.MultipleChoiceField(
        label=_("专业领域"),
        choices=fields_offered,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("可选多项；按住 Ctrl 键点选"),
    )
    most = forms.IntegerField(
        label=_("最多评审份数"),
        min_value=1,
        max_value=LONGEST_NUMBER,
        required=False,
        help_text=_("同一轮评审；不填则按各轮规定"),
    )

    def details(self) -> ExpertDetails:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        return ExpertDetails(said["title"], said["fields_of_work"], said["most"])


class EnterForm(DetailsForm):
    """A person of the register becomes an expert of one of the associations that the officer works for."""

    association = forms.ChoiceField(label=_("科协"))
    source = forms.CharField(
        label=_("来源"), max_length=120, help_text=_("例如：本人申请、单位推荐、省级专家库")
    )
    field_order = ("association", "title", "fields_of_work", "most", "source")

    def __init__(self, *args: Any, associations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["association"]
        field.choices = associations
        if len(associations) == 1:
            field.widget = forms.HiddenInput()
            field.initial = associations[0][0]


class NewPersonForm(PersonForm):
    """Somebody who is not in the register of people yet."""


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConfirmForm(forms.Form):
    """Nothing is asked but whether it is meant."""


class AccountForm(forms.Form):
    """Where to write to somebody without an account."""

    email = forms.EmailField(label=_("电子邮箱"), help_text=_("邀请寄到这里；接受后由本人确认是否为此专家"))


class RelationForm(forms.Form):
    """To whom an expert is what. A person or body of the register is found by its full name where only one has it."""

    kind = forms.ChoiceField(label=_("关系"), choices=list(RELATION_WORDS.items()))
    name = forms.CharField(
        label=_("对方姓名或单位名称"), max_length=120, help_text=_("单位填全称；与单位之间只选“其他利害关系”")
    )
    until = forms.DateField(
        label=_("截止日期"),
        required=False,
        help_text=_("最后一天，例如最近一次合著的日期；仍存在的不填"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def declared(self) -> Declared:
        """Return what was written, for the actions. Of several namesakes none is taken: the name stands."""
        said = self.cleaned_data
        is_body = said["kind"] == INTEREST
        bodies = parties_called(said["name"], "organisation") if is_body else []
        return Declared(
            kind=said["kind"],
            name=said["name"],
            organisation_id=bodies[0].pk if len(bodies) == 1 else None,
            until=said["until"],
        )


class LookUpForm(forms.Form):
    """Which application."""

    number = forms.CharField(label=_("受理编号"), max_length=80)


def numbered(form: LookUpForm, applications: Any) -> Any:
    """Return the application with the number in a form.

    Raises:
        ValidationError: there is none among ``applications``.
    """
    found = applications.filter(number=form.cleaned_data["number"].strip()).first()
    if found is None:
        raise ValidationError({"number": _("没有收到这个编号的申报。")})
    return found
