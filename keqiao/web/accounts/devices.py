"""What a log-in record says of the device and the network, in few words. Never used to decide anything."""

import ipaddress
import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

BROWSERS = (
    ("MicroMessenger", _("微信")),
    ("wxwork", _("企业微信")),
    ("DingTalk", _("钉钉")),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("QQBrowser", _("QQ 浏览器")),
    ("UBrowser", _("UC 浏览器")),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("Trident/", "Internet Explorer"),
)
"""Signs in the order to be asked: most browsers name those they descend from as well."""

SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("UOS", _("统信 UOS")),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> str:
    """Return browser and system, or what stands first in the text that the browser sent."""
    browser, system = _named(agent, BROWSERS), _named(agent, SYSTEMS)
    known = " · ".join(str(word) for word in (browser, system) if word)
    return known or re.split(r"[\s/(]", agent, maxsplit=1)[0][:40]


def network_of(address: str | None) -> Words:
    """Return whether an address belongs to the house's own network. Which town it is in would be a guess."""
    if not address:
        return ""
    return _("本单位网络") if ipaddress.ip_address(address).is_private else _("外部网络")


def _named(agent: str, signs: tuple[tuple[str, Words], ...]) -> Words:
    return next((words for sign, words in signs if sign in agent), "")
