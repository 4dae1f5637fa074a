"""Alibaba Cloud's Short Message Service: SendSms of Dysmsapi 2017-05-25, signed by ACS3-HMAC-SHA256.

Sources: help.aliyun.com, "V3版本请求体&签名机制" and "SendSms"; not tried against the live service.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import httpx
from django.conf import settings
from django.utils import timezone

from keqiao.web.notifications.faults import NotTaken, Unsure
from keqiao.web.notifications.sms.approved import Approved, approved_from
from keqiao.web.notifications.sms.texts import Brink, Text
from keqiao.web.notifications.web_requests import post

ENDPOINT = "https://dysmsapi.aliyuncs.com"
VERSION = "2017-05-25"
ALGORITHM = "ACS3-HMAC-SHA256"
TAKEN = "OK"
AGAIN = (
    "Throttling",
    "isv.BUSINESS_LIMIT_CONTROL",
    "isv.OUT_OF_SERVICE",
    "isv.AMOUNT_NOT_ENOUGH",
    "isp.SYSTEM_ERROR",
)
"""Beginnings of codes that may come right by waiting: too many at once, no money left, a fault of theirs."""
MAY_HAVE_GONE = ("isp.SYSTEM_ERROR", "ServiceUnavailable", "InternalError")


class AliyunGateway:
    """Hands text messages to Alibaba Cloud, with the values of ``settings.SMS``."""

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
        said = post(request)
        code = str(said.get("Code", ""))
        if code.startswith(MAY_HAVE_GONE):
            raise Unsure(code)
        if code != TAKEN:
            raise NotTaken(code or "answer_without_code", for_good=not code.startswith(AGAIN))

    def _request(self, text: Text, approved: Approved) -> httpx.Request:
        values = approved.values(text.variables)
        query = {
            "PhoneNumbers": text.number.removeprefix("+86"),
            "SignName": settings.SMS["sign"],
            "TemplateCode": approved.code,
            "TemplateParam": json.dumps(values, ensure_ascii=False, separators=(",", ":")),
            "OutId": text.key,
        }
        endpoint = settings.SMS["endpoint"] or ENDPOINT
        now = timezone.now()  # noqa: TID251  the provider refuses a request whose clock is not the moment's
        headers = headers_for("SendSms", host_of(endpoint), at=now, nonce=secrets.token_hex(16))
        headers["authorization"] = authorization(
            query, headers, key_id=settings.SMS["id"], secret=settings.SMS["secret"]
        )
        return httpx.Request("POST", f"{endpoint}/?{canonical_query(query)}", headers=headers)


def host_of(endpoint: str) -> str:
    """Return the host of an address as it stands in a request: with its port where that is not the usual one."""
    return urlsplit(endpoint).netloc


def headers_for(
    action: str, host: str, *, at: datetime, nonce: str, version: str = VERSION
) -> dict[str, str]:
    """Return the headers that are signed, of a request without a body."""
    return {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }


def canonical_query(query: Mapping[str, str]) -> str:
    """Return the query in the one spelling that is signed: sorted, all but letters, digits and ``-_.~`` coded."""
    return "&".join(f"{_coded(name)}={_coded(value)}" for name, value in sorted(query.items()))


def authorization(query: Mapping[str, str], headers: Mapping[str, str], *, key_id: str, secret: str) -> str:
    """Return the header ``Authorization`` for a POST to ``/`` with these headers, all of which are signed."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join(("POST", "/", canonical_query(query), lines, names, headers["x-acs-content-sha256"]))
    signed = f"{ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"


def _coded(word: str) -> str:
    return quote(word, safe="-_.~")
