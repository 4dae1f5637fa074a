"""Error pages: what happened, why, what to do; never a code alone.

The same page for all that must not be known: an absent page and one that is not for this person look alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error page says."""

    status: int
    title: Words
    reason: Words
    advice: tuple[Words, ...]


DAMAGED = Trouble(
    400,
    _("无法处理这次请求"),
    _("浏览器发来的内容不完整或格式不对。"),
    (_("返回上一页，刷新后再试。"), _("从收藏夹或邮件打开的，请从首页重新进入。")),
)
NOT_ALLOWED = Trouble(
    403,
    _("不能进行此操作"),
    _("您的账号没有这项权限。"),
    (_("确认是否用对了账号。"), _("确需办理的，请联系本单位管理员开通。")),
)
STALE_FORM = Trouble(
    403,
    _("页面已过期，未提交成功"),
    _("登录状态已变化，或页面打开时间过长，系统无法确认这次提交是您本人发出的。"),
    (_("返回上一页，复制已填写的内容，刷新后重新提交。"), _("浏览器如禁止了 Cookie，请允许本网站使用。")),
)
ABSENT = Trouble(
    404,
    _("页面不存在"),
    _("网址有误，内容已移走，或不在您可查看的范围内。"),
    (_("检查网址是否完整。"), _("需要登录才能查看的内容，请先登录。")),
)
CONFLICT = Trouble(
    409,
    _("内容已被他人修改"),
    _("在您打开页面之后，这条记录发生了变化，本次操作没有执行。"),
    (_("刷新页面，查看最新内容后再操作。"),),
)
REFUSED = Trouble(
    422,
    _("不符合规定，未能办理"),
    _("提交的内容未通过校验，没有保存。"),
    (_("按提示修改后重新提交。"),),
)
OUR_FAULT = Trouble(
    500,
    _("系统出错，未能完成"),
    _("这是系统的问题，已自动记录，您提交的内容可能没有保存。"),
    (_("稍后再试一次。"), _("仍不成功的，请把下面的编号告诉管理员。")),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: the request itself is damaged."""
    return trouble_page(request, DAMAGED)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: known, but not allowed."""
    return trouble_page(request, NOT_ALLOWED)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: absent, or not for this person."""
    return trouble_page(request, ABSENT)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Shows the number under which the log has it."""
    return trouble_page(request, OUR_FAULT)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 for a form whose token is missing or old, mostly because the log-in ended in another tab."""
    return trouble_page(request, STALE_FORM)


def conflict(request: HttpRequest, *advice: Words) -> HttpResponse:
    """409: somebody else was quicker. For acts that have no page of their own to answer with."""
    return trouble_page(request, CONFLICT, advice)


def refused(request: HttpRequest, *advice: Words) -> HttpResponse:
    """422: the rules do not allow it. For acts without a page of their own; ``advice`` are the sentences."""
    return trouble_page(request, REFUSED, advice)


def trouble_page(request: HttpRequest, trouble: Trouble, more: Sequence[Words] = ()) -> HttpResponse:
    """Answer with an error page. It asks neither session nor table, and works when those do not."""
    page = {
        "status": trouble.status,
        "title": trouble.title,
        "reason": trouble.reason,
        "advice": (*more, *trouble.advice),
        "log_id": getattr(request, "log_id", "") if trouble is OUR_FAULT else "",
    }
    return HttpResponse(render_to_string("ui/error.html", page), status=trouble.status)
