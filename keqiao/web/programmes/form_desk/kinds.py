"""The kinds of field as the palette offers them: by what is asked, each with one line on when to take it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from keqiao.core.programme.forms.fields import FormField
from keqiao.web.programmes.wording.labels import choice_label


@dataclass(frozen=True, slots=True)
class KindOffered:
    """A kind of field: its code, its name, and what it is for."""

    code: str
    help: Any

    @property
    def name(self) -> str:
        """How the kind is called."""
        return choice_label(FormField, "kind", self.code)


PALETTE: tuple[tuple[Any, tuple[KindOffered, ...]], ...] = (
    (
        _("文字与选择"),
        (
            KindOffered("heading", _("把表格分成几部分")),
            KindOffered("text", _("一行，如项目名称")),
            KindOffered("long_text", _("几段文字，可限字数")),
            KindOffered("choice", _("单选或多选，纸上是 □ 与 ■")),
        ),
    ),
    (
        _("数字与日期"),
        (
            KindOffered("number", _("人数、场次等，可定上下限")),
            KindOffered("money", _("以元或万元填写")),
            KindOffered("date", _("年、月或日")),
            KindOffered("period", _("从哪天到哪天")),
            KindOffered("computed", _("由别的栏目相加得出，无须填写")),
        ),
    ),
    (
        _("单位与人员"),
        (
            KindOffered("unit", _("名称、信用代码、地址等一组")),
            KindOffered("person", _("姓名、单位、电话等一组")),
            KindOffered("region", _("省、市、县、乡")),
        ),
    ),
    (
        _("表格与附件"),
        (
            KindOffered("table", _("自定各列，行数可增减")),
            KindOffered("targets", _("列出类别的绩效指标")),
            KindOffered("budget", _("按用途列出经费来源")),
            KindOffered("file", _("上传证明材料")),
            KindOffered("pledge", _("须同意的承诺内容")),
        ),
    ),
)
