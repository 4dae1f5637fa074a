"""Tencent Cloud's short messages: SendSms of version 2021-01-11, signed by TC3-HMAC-SHA256.

Sources: cloud.tencent.com/document/api/213/30654 (signature v3), /document/product/382/55981 (SendSms); not tried
against the live service.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
from django.conf import settings
from django.utils import timezone

from keqiao.web.notifications.faults import NotTaken, Unsure
from keqiao.web.notifications.sms.aliyun import host_of
from keqiao.web.notifications.sms.approved import Approved, approved_from
from keqiao.web.notifications.sms.texts import Brink, Text
from keqiao.web.notifications.web_requests import as_json, post

ENDPOINT = "https://sms.tencentcloudapi.com"
SERVICE, ACTION, VERSION = "sms", "SendSms", "2021-01-11"
ALGORITHM = "TC3-HMAC-SHA256"
JSON = "application/json; charset=utf-8"
DEFAULT_REGION = "ap-guangzhou"
TAKEN = "Ok"
AGAIN = ("RequestLimitExceeded", "LimitExceeded", "FailedOperation.InsufficientBalanceInSmsPackage")
"""Beginnings of codes that may come right by waiting."""
MAY_HAVE_GONE = ("InternalError",)


class TencentGateway:
    """Hands text messages to Tencent Cloud, with the values of ``settings.SMS``."""

    def __init__(self) -> None:
        self._approved = approved_from(settings.SMS["templates"])

    def knows(self, template: str) -> bool:
        """Is there an approved template for this message?"""
        return template in self._approved

    def send(self, text: Text, brink: Brink) -> None:
        """Hand one message over."""
        approved = self._approved.get(text.template)
        if approved is None:
            raise NotTaken("no_approved_template", for_good=True)
        request = self._request(text, approved)
        brink()
        code = _code(post(request))
        if code.startswith(MAY_HAVE_GONE):
            raise Unsure(code)
        if code != TAKEN:
            raise NotTaken(code, for_good=not code.startswith(AGAIN))

    def _request(self, text: Text, approved: Approved) -> httpx.Request:
        number = text.number if text.number.startswith("+") else f"+86{text.number}"
        body = as_json(
            {
                "PhoneNumberSet": [number],
                "SmsSdkAppId": str(settings.SMS["app"]),
                "SignName": settings.SMS["sign"],
                "TemplateId": approved.code,
                "TemplateParamSet": list(approved.values(text.variables).values()),
                "SessionContext": text.key,
            }
        )
        endpoint = settings.SMS["endpoint"] or ENDPOINT
        now = timezone.now()  # noqa: TID251  the provider refuses a request whose clock is not the moment's
        signed = {"content-type": JSON, "host": host_of(endpoint), "x-tc-action": ACTION.lower()}
        headers = {
            **signed,
            "authorization": authorization(
                body, signed, at=now, service=SERVICE, key=(settings.SMS["id"], settings.SMS["secret"])
            ),
            "x-tc-action": ACTION,
            "x-tc-timestamp": str(int(now.timestamp())),
            "x-tc-version": VERSION,
            "x-tc-region": str(settings.SMS.get("region") or DEFAULT_REGION),
        }
        return httpx.Request("POST", f"{endpoint}/", headers=headers, content=body)


def authorization(
    body: bytes, headers: Mapping[str, str], *, at: datetime, service: str, key: tuple[str, str]
) -> str:
    """Return the header ``Authorization`` for a POST to ``/`` with these headers (names and values in small letters).

    ``key`` is id and secret. The day of the signature is that of UTC.
    """
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join(("POST", "/", "", lines, names, hashlib.sha256(body).hexdigest()))
    day = at.astimezone(UTC).strftime("%Y-%m-%d")
    scope = f"{day}/{service}/tc3_request"
    digest = hashlib.sha256(request.encode()).hexdigest()
    signed = f"{ALGORITHM}\n{int(at.timestamp())}\n{scope}\n{digest}"
    key_id, secret = key
    signing = f"TC3{secret}".encode()
    for word in (day, service, "tc3_request"):
        signing = _hmac(signing, word)
    signature = _hmac(signing, signed).hex()
    return f"{ALGORITHM} Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"


def _hmac(key: bytes, words: str) -> bytes:
    return hmac.new(key, words.encode(), hashlib.sha256).digest()


def _code(said: Mapping[str, Any]) -> str:
    """What became of the one number that was given: the fault of the whole request, or its own."""
    answer = said.get("Response") or {}
    if fault := answer.get("Error"):
        return str(fault.get("Code") or "answer_without_code")
    states = answer.get("SendStatusSet") or [{}]
    return str(states[0].get("Code") or "answer_without_code")
