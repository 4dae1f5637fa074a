"""What was done to a draft, in words: for the history, for buttons that undo it, and for those who did other things."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "base": _("修改记录开始前的内容"),
    "started": _("建立通知"),
    "read": _("识读完成，生成草稿"),
    "loaded": _("重新载入"),
    "attached": _("附上原文"),
    "corrected": _("修改"),
    "autosaved": _("修改（自动保存）"),
    "added": _("增加"),
    "put_back": _("放回"),
    "answered": _("确认"),
    "dismissed": _("暂不处理"),
    "node_added": _("增加类别"),
    "node_copied": _("复制类别"),
    "node_removed": _("删除类别"),
    "moved": _("移动类别"),
    "reordered": _("调整次序"),
    "part_copied": _("复制到同级"),
    "undone": _("撤销"),
    "redone": _("重做"),
    "restored": _("回到以前的版本"),
    "amended": _("并入更正通知"),
}
"""By the act of a step (``models.Step.act``)."""


def act_words(act: str) -> str:
    """Return what an act is called; one without words is shown by its code."""
    return str(ACTS.get(act, act))
