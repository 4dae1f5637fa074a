"""Reads how messages leave the site from the environment; a wrong value stops the start and says what to write."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import yaml
from django.core.exceptions import ImproperlyConfigured

from keqiao.web.config.environment import words

GATEWAYS = {
    "folder": "keqiao.web.notifications.sms.FolderGateway",
    "aliyun": "keqiao.web.notifications.sms.aliyun.AliyunGateway",
    "tencent": "keqiao.web.notifications.sms.tencent.TencentGateway",
}
NEEDED = {"aliyun": ("sign", "templates"), "tencent": ("sign", "templates", "app")}
WECOM_URL = "https://qyapi.weixin.qq.com"


def sms_gateway(env: Mapping[str, str], *, demonstration: bool) -> str:
    """Return the gateway for text messages that ``KEQIAO_SMS`` names, or nothing (none are offered).

    A demonstration writes them to a folder without being told.
    """
    word = env.get("KEQIAO_SMS", "folder" if demonstration else "").strip()
    if word and word not in GATEWAYS:
        known = ", ".join(GATEWAYS)
        raise ImproperlyConfigured(f"KEQIAO_SMS={word!r} is no gateway. Write {known}, or leave it out.")
    return GATEWAYS.get(word, "")


def sms(env: Mapping[str, str]) -> dict[str, Any]:
    """Return what a provider of text messages needs: id and secret from the environment, the rest from a file.

    ``KEQIAO_SMS_FILE`` (YAML) says the signature, the region, for Tencent Cloud the application, and which approved
    template stands for which message.
    """
    provider = env.get("KEQIAO_SMS", "").strip()
    if provider not in NEEDED:
        return {}
    account = {key: env.get(f"KEQIAO_SMS_{key.upper()}", "").strip() for key in ("id", "secret", "endpoint")}
    if not (account["id"] and account["secret"]):
        raise ImproperlyConfigured(f"KEQIAO_SMS={provider} needs KEQIAO_SMS_ID and KEQIAO_SMS_SECRET.")
    stated = _file(env)
    if missing := [key for key in NEEDED[provider] if not stated.get(key)]:
        raise ImproperlyConfigured(f"KEQIAO_SMS_FILE does not say: {', '.join(missing)}.")
    return {**stated, **account}


def _file(env: Mapping[str, str]) -> dict[str, Any]:
    path = Path(env.get("KEQIAO_SMS_FILE", "").strip() or ".")
    if not path.is_file():
        raise ImproperlyConfigured(f"KEQIAO_SMS_FILE={str(path)!r} is no file. See docs/operating.md.")
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise ImproperlyConfigured(f"KEQIAO_SMS_FILE={str(path)!r} is not YAML: {wrong}") from wrong
    if not isinstance(stated, dict):
        raise ImproperlyConfigured(f"KEQIAO_SMS_FILE={str(path)!r} says nothing. See docs/operating.md.")
    return stated


HOST = re.compile(r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?")


def webhook_hosts(env: Mapping[str, str]) -> list[str]:
    """Return the hosts that may be told what happens, by ``KEQIAO_WEBHOOK_HOSTS``; none by default.

    A host in small letters, with its port where that is not 443.
    """
    hosts = words(env, "KEQIAO_WEBHOOK_HOSTS", default=[])
    if wrong := [host for host in hosts if not HOST.fullmatch(host)]:
        raise ImproperlyConfigured(
            f"KEQIAO_WEBHOOK_HOSTS: {wrong[0]!r} is no host. Write for example oa.example.cn,hooks.example.cn:8443"
        )
    return hosts


def wecom(env: Mapping[str, str]) -> dict[str, Any]:
    """Return how WeCom is reached: an application for single members, and the key of each association's robot."""
    url = env.get("KEQIAO_WECOM_URL", "").strip() or WECOM_URL
    if urlsplit(url).scheme not in ("http", "https"):
        raise ImproperlyConfigured(
            f"KEQIAO_WECOM_URL={url!r} is no address. Leave it out, or write https://…"
        )
    application = {
        "corp_id": env.get("KEQIAO_WECOM_CORP", "").strip(),
        "agent": env.get("KEQIAO_WECOM_AGENT", "").strip(),
        "secret": env.get("KEQIAO_WECOM_SECRET", "").strip(),
    }
    if any(application.values()) and not (all(application.values()) and application["agent"].isdigit()):
        raise ImproperlyConfigured(
            "WeCom needs all of KEQIAO_WECOM_CORP, KEQIAO_WECOM_AGENT (a number) and KEQIAO_WECOM_SECRET."
        )
    robots = dict(map(_robot, words(env, "KEQIAO_WECOM_ROBOTS", default=[])))
    return {"url": url.rstrip("/"), **application, "robots": robots}


def _robot(said: str) -> tuple[str, str]:
    association, _equals, key = said.partition("=")
    try:
        known = str(UUID(association))
    except ValueError:
        known = ""
    if not (known and key):
        raise ImproperlyConfigured(
            "KEQIAO_WECOM_ROBOTS is not understood. Write the id of the association and the key of its robot: "
            "7a7e…=693a91f6-…, several with commas between them."
        )
    return known, key
