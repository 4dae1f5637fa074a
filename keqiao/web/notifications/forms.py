"""What officers decide about messages, and what people choose."""

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.readers.letters import LetterTemplate, letter_templates
from keqiao.web.notifications.actions.deciding import Decided
from keqiao.web.notifications.models import Channel, QuietHours
from keqiao.web.notifications.rules import Rule

SEND, LEAVE = "send", "leave"
MEMBER = r"\A[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}\Z"


class ReviewForm(forms.Form):
    """Which of the messages that wait go, or do not. ``sure`` comes from the page that says how many and which."""

    message = forms.MultipleChoiceField(label=_("消息"), error_messages={"required": _("请至少选一条消息。")})
    act = forms.ChoiceField(label=_("操作"), choices=[(SEND, _("发送")), (LEAVE, _("不发"))])
    reason = forms.CharField(label=_("不发的理由"), max_length=200, required=False)
    sure = forms.BooleanField(required=False)

    def __init__(self, data: Any, waiting: Iterable[UUID]) -> None:
        super().__init__(data)
        self.fields["message"].choices = [(str(pk), "") for pk in waiting]

    def clean(self) -> dict[str, Any]:
        """Leaving out says why."""
        said = super().clean() or {}
        if said.get("act") == LEAVE and said.get("sure") and not (said.get("reason") or "").strip():
            self.add_error("reason", _("请写明不发的理由。"))
        return said

    def ids(self) -> list[UUID]:
        """Return the messages that were chosen."""
        return [UUID(each) for each in self.cleaned_data["message"]]


def name_of(template: LetterTemplate) -> str:
    """Return what a kind of message is called in the language of the page."""
    return template.name(get_language() or "zh")


class RulesForm(forms.Form):
    """How the messages of an association go. One row of tick boxes for each kind."""

    begins = forms.TimeField(
        label=_("静默开始"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("静默结束"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_(
            "这段时间不发短信和企业微信，到时再发；邮件和验证码不受限制。两个时间相同，表示不设静默。"
        ),
    )

    def __init__(self, data: Any, rules: dict[str, Rule], hours: QuietHours) -> None:
        initial: dict[str, Any] = {"begins": hours.begins, "ends": hours.ends}
        super().__init__(data, initial=initial)
        self.kinds = {code: letter_templates()[code] for code in rules}
        for code, rule in rules.items():
            for name, label, is_on in _boxes(self.kinds[code], rule):
                self.fields[f"{code}:{name}"] = forms.BooleanField(label=label, required=False, initial=is_on)

    def rows(self) -> Iterator[tuple[str, bool, list[Any]]]:
        """Give each kind: its name, whether it is legal, and its tick boxes (None: cannot be used)."""
        for code, template in self.kinds.items():
            names = ("review", Channel.MAIL.value, Channel.SMS.value, Channel.WECOM.value, "group")
            boxes = [self[f"{code}:{name}"] if f"{code}:{name}" in self.fields else None for name in names]
            yield name_of(template), template.nature == "legal", boxes

    def decided(self) -> Decided:
        """Return what was ticked."""
        said = self.cleaned_data
        rules = {}
        for code, template in self.kinds.items():
            channels = {channel for channel in template.channels if said.get(f"{code}:{channel}")}
            if template.nature == "legal":
                channels.add(Channel.MAIL.value)
            rules[code] = Rule(said[f"{code}:review"], frozenset(channels), bool(said.get(f"{code}:group")))
        quiet: tuple[time, time] = (said["begins"], said["ends"])
        return Decided(rules, *quiet)


def _boxes(template: LetterTemplate, rule: Rule) -> Iterator[tuple[str, Any, bool]]:
    """Give the tick boxes of one kind: name, label, whether it is ticked. Legal mail has none: it always goes."""
    name = name_of(template)
    yield "review", _("%(kind)s：发送前审核") % {"kind": name}, rule.is_reviewed
    for channel in (Channel.MAIL, Channel.SMS, Channel.WECOM):
        if channel.value in template.channels and not (
            channel is Channel.MAIL and template.nature == "legal"
        ):
            label = _("%(kind)s：%(channel)s") % {"kind": name, "channel": channel.label}
            yield channel.value, label, channel.value in rule.channels
    if template.to_group:
        yield "group", _("%(kind)s：企业微信群") % {"kind": name}, rule.to_group


class ChoicesForm(forms.Form):
    """Over which channels somebody wants which kinds. What is legal comes into the site and by mail in any case."""

    def __init__(self, data: Any, held: dict[tuple[str, str], bool], offered: tuple[Channel, ...]) -> None:
        super().__init__(data)
        self.offered = offered
        self.kinds = [each for each in letter_templates().values() if each.is_open_to_choice]
        for template in self.kinds:
            for channel in offered:
                if _is_open(template, channel):
                    usual = channel is Channel.MAIL
                    self.fields[f"{template.code}:{channel.value}"] = forms.BooleanField(
                        label=_("%(kind)s：%(channel)s")
                        % {"kind": name_of(template), "channel": channel.label},
                        required=False,
                        initial=held.get((template.code, channel.value), usual),
                    )

    def rows(self) -> Iterator[tuple[str, list[tuple[Any, str, Any]]]]:
        """Give each kind: its name, and for each channel its name and its tick box, or ``always`` or ``never``."""
        for template in self.kinds:
            cells = []
            for channel in self.offered:
                name = f"{template.code}:{channel.value}"
                fixed = "always" if channel.value in template.channels else "never"
                box = (
                    (channel.label, "box", self[name])
                    if name in self.fields
                    else (channel.label, fixed, None)
                )
                cells.append(box)
            yield name_of(template), cells

    def wanted(self) -> dict[tuple[str, str], bool]:
        """Return what was ticked and what was not, by kind and channel."""
        return {tuple(name.split(":")): is_on for name, is_on in self.cleaned_data.items()}  # type: ignore[misc]


def _is_open(template: LetterTemplate, channel: Channel) -> bool:
    is_legal_mail = channel is Channel.MAIL and template.nature == "legal"
    return channel.value in template.channels and not is_legal_mail


class WecomNameForm(forms.Form):
    """By what name WeCom knows somebody."""

    member = forms.RegexField(
        MEMBER,
        label=_("企业微信账号"),
        help_text=_("由本单位企业微信管理员分配，在管理后台“通讯录”中可以查到，不是手机号。"),
        error_messages={"invalid": _("账号只含字母、数字和 _ - . @，最多 64 个字符。")},
    )


class WecomCodeForm(forms.Form):
    """The code that came over WeCom."""

    code = forms.RegexField(
        r"\A[0-9]{6}\Z",
        label=_("验证码"),
        error_messages={"invalid": _("验证码是 6 位数字。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
