"""Which project goes on to the level above, whereto, and why."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.web.public_notice.actions import Upward
from keqiao.web.public_notice.forms.notices import ReasonForm
from keqiao.web.public_notice.models.awards import LONGEST_BODY


class UpwardForm(ReasonForm):
    """A line of an award, and a category of a call above that is open here, or the name of whoever it goes to."""

    item = forms.ChoiceField(label=_("立项项目"))
    offer = forms.ChoiceField(
        label=_("上一级在本系统的通知"),
        required=False,
        help_text=_("选择后为该单位生成申报草稿，由单位补全后自行提交。"),
    )
    to = forms.CharField(
        label=_("推荐到"),
        max_length=LONGEST_BODY,
        required=False,
        help_text=_("上一级的通知不在本系统时填写单位或赛事名称，用下面的推荐表报送。"),
    )

    field_order = ["item", "offer", "to", "reason"]

    def __init__(self, *args: Any, items: Iterable[Any], offers: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(str(each.pk), _line(each)) for each in items]
        above = [
            (str(each.pk), f"{each.call.association}：{each.call.title} · {each.name}") for each in offers
        ]
        self.fields["item"].choices = lines  # type: ignore[attr-defined]
        self.fields["offer"].choices = [("", "—"), *above]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of both says whereto it goes."""
        said = super().clean() or {}
        if not said.get("offer") and not (said.get("to") or "").strip():
            self.add_error("to", _("请选择上一级的通知，或填写推荐到哪里。"))
        return said

    def upward(self) -> Upward:
        """Return what was chosen, for the act."""
        said = self.cleaned_data
        offer = int(said["offer"]) if said["offer"] else None
        return Upward(UUID(said["item"]), said["reason"], said["to"], offer)


def _line(item: Any) -> str:
    application = item.selection.application
    return f"{application.number} {application.title or application.number} · {application.unit.name}"
