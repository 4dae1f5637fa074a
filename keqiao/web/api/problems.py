"""Everything that goes wrong, as RFC 9457 (problem details) says it; findings of the rules with their clause."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from keqiao.core.findings import Finding
from keqiao.web.ui.templatetags.shell import say

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: _("请求有误"),
    401: _("缺少有效的令牌"),
    403: _("令牌没有这项权限"),
    404: _("没有找到"),
    405: _("不支持这种请求方法"),
    409: _("现在不能这样做"),
    413: _("内容过大"),
    415: _("不支持这种内容类型"),
    422: _("内容不符合要求"),
    429: _("请求过于频繁"),
    500: _("系统出错"),
    503: _("请稍后再来"),
}


def finding_said(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values: its code, weight and words, the clause, and where in the content."""
    return {
        "code": finding.code,
        "weight": finding.weight.value,
        "words": say(finding),
        "clause": finding.source.clause if finding.source else None,
        "at": list(finding.at),
    }


def problem(
    status: int, detail: str = "", findings: Iterable[Finding] = (), more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Return an answer that says what is wrong; ``more`` are further members."""
    title = TITLES.get(status) or HTTPStatus(status).phrase
    said = {"type": "about:blank", "title": str(title), "status": status, "detail": str(detail)}
    said["findings"] = [finding_said(finding) for finding in findings]
    return JsonResponse(
        said | dict(more or {}),
        status=status,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def in_place_of(response: HttpResponse) -> HttpResponse:
    """Return ``response``, or a problem where it is an error page made for people."""
    kind = response.headers.get("Content-Type", "")
    if response.status_code < HTTPStatus.BAD_REQUEST or "json" in kind:
        return response
    answer = problem(response.status_code)
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer
