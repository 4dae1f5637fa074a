"""Invented values for the page of components."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from keqiao.core.findings import Finding, Source, Weight
from keqiao.web.ui.lists import ListPage, ShownColumn, ShownFilter

ROW_NAMES = ("科普进社区", "学会学术年会", "乡村科技服务", "青年科技论坛")


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("项目名称"), max_length=40, help_text=_("与申报书封面一致。"))
    kind = forms.ChoiceField(
        label=_("类别"), choices=[("", _("请选择")), ("a", _("学术交流")), ("b", _("科普活动"))]
    )
    begins = forms.DateField(label=_("开始日期"), widget=forms.DateInput(attrs={"type": "date"}))
    summary = forms.CharField(
        label=_("内容简介"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    channel = forms.ChoiceField(
        label=_("报送方式"),
        choices=[("web", _("网上")), ("post", _("邮寄")), ("hand", _("现场"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("内容真实，并已经单位负责人审核"))


class UploadForm(forms.Form):
    """One file."""

    notice = forms.FileField(label=_("通知文件"))


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """What the timeline needs."""

    at: datetime
    words: str
    who: str
    reason: str = ""


def samples(now: datetime) -> dict[str, Any]:
    """Return the context of the page; all dates lie round ``now``."""
    return {
        "call": "河口市科协 2024 年度项目",
        "clause": "二、1（3）",
        "clause_words": "参会人员不少于200人，主旨报告不少于5个。",
        "blank_form": SampleForm(),
        "faulty_form": SampleForm(
            {"faulty-title": "长" * 41, "faulty-kind": "z", "faulty-begins": "昨天"}, prefix="faulty"
        ),
        "upload_form": UploadForm(),
        "findings": _findings(),
        **_dated(now),
        "steps": [
            (_("填报"), "done"),
            (_("推荐"), "done"),
            (_("评审"), "now"),
            (_("公示"), "later"),
            (_("立项"), "later"),
        ],
        "tabs": [
            (_("全部"), "?", True, 48),
            (_("待我处理"), "?tab=mine", False, 6),
            (_("已办结"), "?tab=done", False, 42),
        ],
        "bars": [("学术交流", 76, "76 万元"), ("科普活动", 48, "48 万元"), ("科技服务", 31, "31 万元")],
        "facts": [
            (_("主管单位"), "河口市科协"),
            (_("通知文号"), "河科协〔2024〕9号"),
            (_("联系电话"), "0000-5550101"),
            (_("传真"), ""),
        ],
        "trail": [(_("通知与项目"), "#"), ("2024 年度项目", "#")],
        "list": _sample_list(),
        "empty_list": _sample_list(empty=True),
    }


def _dated(now: datetime) -> dict[str, Any]:
    return {
        "deadlines": [
            now + timedelta(days=23),
            now + timedelta(days=3),
            now + timedelta(hours=5),
            now - timedelta(days=1),
        ],
        "events": [
            SampleEvent(
                now - timedelta(hours=2),
                str(_("退回修改")),
                "河口市科协 李工",
                str(_("预算表合计与分项不符")),
            ),
            SampleEvent(now - timedelta(days=2), str(_("提交申报")), "河口市环境学会"),
            SampleEvent(now - timedelta(days=9), str(_("建立草稿")), "河口市环境学会"),
        ],
    }


def _findings() -> list[tuple[Finding, str]]:
    name = {"name": "通知.doc", "size_mb": 62, "limit_mb": 50, "kind": "doc"}
    clause = Source(clause="一、（二）2")
    return [
        (Finding("unreadable.too_large", Weight.REFUSE, name, clause), "单个文件不得超过规定大小。"),
        (Finding("unreadable.empty", Weight.WARN, name, clause), ""),
        (Finding("unreadable.unknown_kind", Weight.ASK, name), ""),
    ]


def _sample_list(*, empty: bool = False) -> ListPage:
    rows = (
        []
        if empty
        else [{"name": f"{name}（{n}）", "fen": 5_000_000 * n} for n in range(1, 13) for name in ROW_NAMES]
    )
    return ListPage(
        page=Paginator(rows, 6).get_page(2),
        narrowed=rows,  # type: ignore[arg-type]  a plain list serves here
        columns=[
            ShownColumn(_("项目"), number=False, direction="ascending", next_sort="-name"),
            ShownColumn(_("状态"), number=False, direction="", next_sort=""),
            ShownColumn(_("金额"), number=True, direction="", next_sort="fen"),
        ],
        filters=[
            ShownFilter("year", _("年度"), [("2024", "2024"), ("2023", "2023")], "2024" if not empty else "")
        ],
        words="",
        sort="",
        hint=_("项目名称、单位"),
        searches=True,
    )
