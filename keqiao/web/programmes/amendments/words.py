"""What kinds of notice are called, and how the office answers them."""

from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes.models import Amendment

KINDS = {
    "correction": _("更正通知"),
    "extension": _("延期通知"),
    "supplement": _("补充通知"),
    "cancellation": _("取消通知"),
    "change": _("调整通知"),
}
OTHER = _("变更通知")
DONE = {
    "correction": _("已更正"),
    "extension": _("已延期"),
    "supplement": _("已补充"),
    "cancellation": _("已取消部分内容"),
    "change": _("已调整"),
}


def kind_of_notice(amendment: Amendment) -> str:
    """Return what a notice is called by its kind: 延期通知."""
    return str(KINDS.get(amendment.kind, OTHER))


def what_it_did(amendment: Amendment) -> str:
    """Return what a published notice did to its call: 已延期."""
    return str(DONE.get(amendment.kind, _("已变更")))
