"""What is said to WeCom: to a group through the webhook of its robot, to a member through an application.

Sources: developer.work.weixin.qq.com, documents 91770 (robot), 91039 (token), 90236 (application messages); not tried
against the live service.
"""

import threading
import time
from typing import Any

import httpx
from django.conf import settings

from keqiao.web.notifications.faults import NotTaken, Unsure
from keqiao.web.notifications.web_requests import as_json, post

TAKEN = 0
BUSY, TOO_MANY = -1, (45009, 45033)
TOKEN_OVER = (40001, 40014, 42001)
SPARE_SECONDS = 300
"""How long before its end a token counts as used up."""

_lock = threading.Lock()
_tokens: dict[tuple[str, str], tuple[str, float]] = {}


def to_group(association_id: str, text: str) -> None:
    """Say ``text`` in the group of an association.

    Raises:
        NotTaken, Unsure: as ``faults`` says.
    """
    key = settings.WECOM["robots"].get(association_id)
    if not key:
        raise NotTaken("no_robot", for_good=True)
    address = f"{settings.WECOM['url']}/cgi-bin/webhook/send"
    _require_taken(_ask(address, {"key": key}, {"msgtype": "text", "text": {"content": text}}))


def to_member(member: str, text: str) -> None:
    """Say ``text`` to one member; with a new token where the old one is not taken any more.

    Raises:
        NotTaken, Unsure: as ``faults`` says.
    """
    said = _say(member, text)
    if said.get("errcode") in TOKEN_OVER:  # it was not taken, so it may be said again
        forget_tokens()
        said = _say(member, text)
    _require_taken(said)
    if said.get("invaliduser"):
        raise NotTaken("recipient_refused", for_good=True)


def forget_tokens() -> None:
    """Let the next message ask for a new token."""
    with _lock:
        _tokens.clear()


def _say(member: str, text: str) -> dict[str, Any]:
    body = {
        "touser": member,
        "msgtype": "text",
        "agentid": int(settings.WECOM["agent"]),
        "text": {"content": text},
        "safe": 0,
        "enable_duplicate_check": 1,
        "duplicate_check_interval": 600,
    }
    return _ask(f"{settings.WECOM['url']}/cgi-bin/message/send", {"access_token": _token()}, body)


def _token() -> str:
    """The token of the application, asked for again shortly before it is over."""
    corp, secret = settings.WECOM["corp_id"], settings.WECOM["secret"]
    with _lock:
        token, until = _tokens.get((corp, secret), ("", 0.0))
        if time.monotonic() < until:
            return token
        try:
            said = _ask(f"{settings.WECOM['url']}/cgi-bin/gettoken", {"corpid": corp, "corpsecret": secret})
        except Unsure as fault:  # a token that did not come: the message has not gone
            raise NotTaken(fault.code) from fault
        if said.get("errcode") != TAKEN or not said.get("access_token"):
            raise NotTaken(f"wecom_token_{said.get('errcode')}")
        token = str(said["access_token"])
        _tokens[(corp, secret)] = (token, time.monotonic() + int(said.get("expires_in", 0)) - SPARE_SECONDS)
        return token


def _ask(address: str, query: dict[str, str], body: dict[str, Any] | None = None) -> dict[str, Any]:
    headers = {"content-type": "application/json"} if body else {}
    method, content = ("POST", as_json(body)) if body else ("GET", b"")
    return post(httpx.Request(method, address, params=query, headers=headers, content=content))


def _require_taken(said: dict[str, Any]) -> None:
    code = said.get("errcode")
    if code != TAKEN:
        raise NotTaken(f"wecom_{code}", for_good=code != BUSY and code not in TOO_MANY)
