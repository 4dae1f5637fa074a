"""How a notice is to be issued: which parts, in which wording and numbering, of the draft or as published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.writers.notice import WAYS, SectionKind

WAY_WORDS = {
    "official": _("常用：一、（一）1.，条件逐条列出"),
    "plain": _("简式：1.（1）①，条目不编号"),
    "classes": _("分类：指南按“第一类”“第二类”编排"),
    "letters": _("分类：指南按“A类”“B类”编排"),
    "automatic": _("由 Word 自动编号：一、（一）1."),
    "table": _("列表：具体项目列成表格"),
    "run_in": _("紧凑：每个项目写成一段"),
    "numerals": _("汉字数字：不少于五场"),
}
PART_WORDS = {
    SectionKind.NOTICE: _("通知正文"),
    SectionKind.GUIDE: _("申报指南"),
    SectionKind.FORM: _("附件表格"),
}
DRAFT, PUBLISHED = "draft", "published"
OF_WORDS = {PUBLISHED: _("现行版本"), DRAFT: _("草稿（含未发布的修改）")}


class IssueForm(forms.Form):
    """What to issue. All of it has a usual answer, so the page opens without being asked anything."""

    of = forms.ChoiceField(label=_("内容"), required=False, widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("编排方式"), required=False)
    part = forms.MultipleChoiceField(label=_("印发部分"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, of: list[str], **options: Any) -> None:
        """``of`` names what there is to issue, the usual one first."""
        super().__init__(*args, **options)
        self.fields["of"].choices = [(name, OF_WORDS[name]) for name in of]
        self.fields["way"].choices = [(name, WAY_WORDS[name]) for name in WAYS]
        self.fields["part"].choices = [(kind.value, words) for kind, words in PART_WORDS.items()]
        self.initial = {"of": of[0], "way": next(iter(WAYS)), "part": [kind.value for kind in SectionKind]}
        if len(of) == 1:
            self.fields["of"].widget = forms.HiddenInput()

    def chosen(self, name: str) -> Any:
        """What was chosen, or what is usual."""
        said = self.cleaned_data.get(name) if self.is_bound and self.is_valid() else None
        return said or self.initial[name]
