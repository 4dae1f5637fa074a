"""What went wrong with a delivery, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS: dict[str, Promise] = {
    "host": gettext_lazy("网站不在允许的名单里"),
    "malformed": gettext_lazy("推送地址有误"),
    "name": gettext_lazy("找不到这个网站（域名解析失败）"),
    "private": gettext_lazy("域名指向内部网络地址，不予推送"),
    "certificate": gettext_lazy("对方的证书无效"),
    "no_connection": gettext_lazy("连接不上"),
    "no_answer": gettext_lazy("已发出，没有收到答复"),
    "worker_died": gettext_lazy("发送时系统中断"),
    "disabled": gettext_lazy("已自动停推，未再发送"),
    "stopped": gettext_lazy("已停用，未再发送"),
}
HTTP = "http_"


def fault_words(code: str) -> str:
    """Return the words for a code of ``Delivery.fault``; nothing where all went well."""
    if code.startswith(HTTP):
        return _("对方答复 %(status)s") % {"status": code.removeprefix(HTTP)}
    return str(WORDS.get(code, code))
