"""Where the program may be sent by an address that somebody typed (security T10, CVE-2026-25738).

Three gates, each for itself: the host stands in the list of the operator; every address that its name has just now is
public; the connection goes to one of the addresses that were looked at, so that a name which changes in between
leads nowhere else.
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings

HTTPS = 443
SOUND = re.compile(r"https://[!-~]+")
"""Visible ASCII only: no blank or line end can begin a header of its own."""
GLOBAL_UNICAST, SIX_TO_FOUR = IPv6Network("2000::/3"), IPv6Network("2002::/16")
"""All that is assigned on the open internet (RFC 4291); inside it, what holds addresses of IPv4, private ones too."""


class NotReachable(Exception):
    """The program does not go there; ``code`` says why: malformed, host, name, private."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes, as the typed address says it."""

    host: str
    port: int
    path: str

    def authority(self) -> str:
        """Return host and port as the Host header has them."""
        return self.host if self.port == HTTPS else f"{self.host}:{self.port}"


def target_of(url: str) -> Target:
    """Return where an address leads, if its host is one that the operator allows.

    Raises:
        NotReachable: ``malformed``, or the host is not in ``WEBHOOK_HOSTS`` (``host``).
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or HTTPS
    except ValueError as wrong:
        raise NotReachable("malformed") from wrong
    if not SOUND.fullmatch(url) or not host or "@" in parts.netloc or parts.fragment:
        raise NotReachable("malformed")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(host, port, path)
    if target.authority() not in settings.WEBHOOK_HOSTS:
        raise NotReachable("host")
    return target


def public_address(target: Target) -> str:
    """Return an address of the host as its name is resolved now.

    Raises:
        NotReachable: there is no such name (``name``), or any of its addresses is not public (``private``).
    """
    found = resolved(target)
    if not found:
        raise NotReachable("name")
    if not all(is_public(address) for address in found):
        raise NotReachable("private")
    return found[0]


def resolved(target: Target) -> list[str]:
    """Return the addresses of a host; none where its name is unknown."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [str(where[0]) for *_kind, where in found]


def is_public(address: str) -> bool:
    """Is it an address of the open internet? None of this machine, of a network of its own, or of a cloud's host.

    With the ranges of IPv6 outside global unicast go all that embed addresses of IPv4 (mapped, translated).
    """
    if "%" in address:  # of one network card only
        return False
    ip = ip_address(address)
    odd = ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or ip.is_unspecified
    in_range = ip.version == 4 or (ip in GLOBAL_UNICAST and ip not in SIX_TO_FOUR)
    return ip.is_global and in_range and not odd
