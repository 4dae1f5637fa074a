"""Why a message stands where it stands, in words for those who keep the outbox."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FAULTS: Mapping[str, str | Promise] = {
    "recipient_refused": gettext_lazy("对方服务器拒收：地址不存在或不可用"),
    "malformed": gettext_lazy("内容中有不允许的换行"),
    "enclosure_not_made": gettext_lazy("附件未能生成"),
    "phase_closed": gettext_lazy("已过办理期限，不再发送"),
    "taken_back": gettext_lazy("所通知的事项已撤销"),
    "case_moved_on": gettext_lazy("所通知的事项已办结"),
    "left_out": gettext_lazy("审发时未予发送"),
    "worker_died": gettext_lazy("发送中程序中断，对方是否收到不明"),
    "no_approved_template": gettext_lazy("短信平台没有对应的已审核模板"),
    "no_robot": gettext_lazy("没有配置企业微信群机器人"),
    "ConnectError": gettext_lazy("连接不上对方服务器"),
    "ConnectTimeout": gettext_lazy("连接不上对方服务器"),
    "ConnectionRefusedError": gettext_lazy("连接不上对方服务器"),
    "ReadTimeout": gettext_lazy("对方服务器没有应答，是否收到不明"),
    "SMTPServerDisconnected": gettext_lazy("邮件服务器断开了连接"),
    "SMTPAuthenticationError": gettext_lazy("邮件服务器不接受账号或密码"),
}


def why(fault: str) -> str:
    """Return a fault in words; one that is not known here by its code, for the administrator."""
    if not fault:
        return ""
    known = FAULTS.get(fault)
    return str(known) if known else _("技术原因：%(code)s") % {"code": fault}
