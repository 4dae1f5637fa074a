"""Codes of the room in words: what became of a mail, why a file was not taken, what is wrong with a mailbox."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = Any

WHY: Mapping[str, Words] = {
    "draft_made": gettext_lazy("已生成草稿，尚未提交"),
    "added": gettext_lazy("已补入草稿中空着的栏目，尚未提交"),
    "papers_added": gettext_lazy("已归入该申报的卷宗"),
    "already_submitted": gettext_lazy("该申报已经提交，内容未改动；来件已归入卷宗"),
    "repeated": gettext_lazy("与之前收到的文件相同，未重复处理"),
    "stranger": gettext_lazy("发件地址不属于任何申报单位的账号"),
    "no_form": gettext_lazy("没有找到可识别的申报表（Word 文件）"),
    "which_unit": gettext_lazy("发件人属于多个单位，表中单位与登记的不符"),
    "closed_meanwhile": gettext_lazy("来件按时到达，但读取之前通知已截止"),
    "nothing_usable": gettext_lazy("没有可以接收的文件"),
    "late": gettext_lazy("逾期"),
    "too_early": gettext_lazy("尚未开始受理"),
    "call_takes_none": gettext_lazy("通知目前不受理申报"),
    "too_large": gettext_lazy("邮件过大（上限 40 MB）"),
    "refused": gettext_lazy("经核对不予受理"),
}

REFUSALS: Mapping[str, Words] = {
    "mail.archive": gettext_lazy("压缩包不接收，请解压后直接添加文件"),
    "mail.encrypted": gettext_lazy("文件设有密码，请取消密码后再发"),
    "mail.empty": gettext_lazy("文件是空的"),
    "mail.inner_mail": gettext_lazy("请不要以附件方式转发邮件，请直接添加文件"),
    "mail.winmail": gettext_lazy("邮件以 Outlook 专用格式发出，请改用 HTML 或纯文本格式"),
    "mail.too_many": gettext_lazy("附件超过 20 个"),
    "file.kind": gettext_lazy("不接收这种格式"),
    "file.virus": gettext_lazy("文件带有病毒"),
    "file.empty": gettext_lazy("文件是空的"),
    "file.too_large": gettext_lazy("文件超过 40 MB"),
}

FAULTS: Mapping[str, Words] = {
    "host_unknown": gettext_lazy("找不到这台服务器，请核对收信服务器的名称。"),
    "host_inside": gettext_lazy(
        "服务器在内网。需要连接内网邮箱的，请系统管理员设置 KEQIAO_MAILBOX_INSIDE=1。"
    ),
    "not_encrypted": gettext_lazy("不加密的连接只能用于本机，请改用加密方式。"),
    "refused": gettext_lazy("服务器拒绝连接，请核对端口。"),
    "timeout": gettext_lazy("服务器没有应答，请核对名称和端口，或稍后再试。"),
    "certificate": gettext_lazy("服务器的证书不可信，没有登录。请核对服务器名称。"),
    "no_tls": gettext_lazy("这个端口不支持所选的加密方式，请核对端口和连接方式。"),
    "no_starttls": gettext_lazy("服务器不支持 STARTTLS，请改用 SSL/TLS。"),
    "no_imap": gettext_lazy("对方不是 IMAP 服务器，请核对名称和端口。"),
    "login": gettext_lazy(
        "登录被拒绝。163、126、QQ 等邮箱须先在网页上开启 IMAP，并在此填写“授权码”，不是登录密码。"
    ),
    "no_folder": gettext_lazy("邮箱中没有这个收件文件夹。"),
    "no_done_folder": gettext_lazy("“收妥后移入”的文件夹不存在，也无法新建。"),
    "broken": gettext_lazy("连接中断，或服务器的应答无法理解。"),
    "file.not_scanned": gettext_lazy("暂时无法检查病毒，邮件留在服务器上，稍后再收。"),
    "file.no_room": gettext_lazy("存储空间已满，邮件留在服务器上。"),
    "file.too_many": gettext_lazy("有太多文件正在接收，稍后再收。"),
}


def why_words(code: str) -> str:
    """Return what became of a mail in words."""
    return str(WHY.get(code, code))


def refusal_words(code: str) -> str:
    """Return why a file of a mail was not taken; of one that no reader opens, only that."""
    return str(REFUSALS.get(code) or _("文件无法读取，或含有不能接收的内容"))


def fault_words(code: str) -> str:
    """Return what is wrong with a mailbox in words."""
    return str(FAULTS.get(code, code))
