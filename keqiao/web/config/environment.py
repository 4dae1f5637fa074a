"""Reads single values from the environment; a wrong one stops the start and says what to write instead."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LAST_PORT = 65_535
STAFF_ROLES = frozenset({"officer", "leader", "finance", "system_admin", "security_admin", "audit_admin"})
MAY_NEED_SECOND_FACTOR = frozenset({"endorser", "expert", "applicant", "unit_admin"})
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def flag(env: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """Return a switch: 1/true/yes/on or 0/false/no/off; anything else stops the start."""
    value = env.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value!r} is neither on nor off. Write 1 or 0.")
    return word in TRUE


def port(env: Mapping[str, str]) -> int:
    """Return ``KEQIAO_PORT``, 8000 if it is not set."""
    number = whole_number(env, "KEQIAO_PORT", default=8000, at_least=1)
    if number > LAST_PORT:
        raise ImproperlyConfigured(f"KEQIAO_PORT={number} is no port. Write a number from 1 to {LAST_PORT}.")
    return number


def whole_number(env: Mapping[str, str], name: str, *, default: int, at_least: int = 0) -> int:
    """Return a whole number of ``at_least`` or more."""
    value = env.get(name, "").strip() or str(default)
    if not value.isascii() or not value.isdigit() or int(value) < at_least:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number of {at_least} or more.")
    return int(value)


def words(env: Mapping[str, str], name: str, *, default: list[str]) -> list[str]:
    """Return a list given as words with commas between them."""
    return [word.strip() for word in env.get(name, "").split(",") if word.strip()] or default


def second_factor_roles(env: Mapping[str, str]) -> frozenset[str]:
    """Return the roles nobody works in without a second factor: the staff's, always, and ``KEQIAO_SECOND_FACTOR``'s.

    Source: GB/T 22239-2019, 8.1.4.1: those who administer prove themselves in two ways.
    """
    more = frozenset(words(env, "KEQIAO_SECOND_FACTOR", default=[]))
    if unknown := more - MAY_NEED_SECOND_FACTOR:
        raise ImproperlyConfigured(
            f"KEQIAO_SECOND_FACTOR={sorted(unknown)}: write some of {', '.join(sorted(MAY_NEED_SECOND_FACTOR))}."
        )
    return STAFF_ROLES | more


def folders(env: Mapping[str, str], name: str, *, then: list[Path]) -> list[Path]:
    """Return the folder that ``name`` gives, if any, and those of ``then``; one that is not there is left out.

    A folder that is named and not there stops the start.
    """
    own = env.get(name, "").strip()
    if own and not Path(own).is_dir():
        raise ImproperlyConfigured(f"{name}={own!r} is no folder. Write the folder of the fonts.")
    return [folder for folder in ([Path(own)] if own else []) + then if folder.is_dir()]


def site_url(env: Mapping[str, str]) -> str:
    """Return ``KEQIAO_SITE_URL`` without a slash at the end: the address in mails and of secure cookies.

    Without it, the address that ``keqiao serve`` answers on this machine.
    """
    value = env.get("KEQIAO_SITE_URL", "").strip() or f"http://127.0.0.1:{port(env)}"
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(
            f"KEQIAO_SITE_URL={value!r} is not the address of a site. Write for example https://kx.example.cn"
        )
    return value.rstrip("/")


def virus_scanner(env: Mapping[str, str]) -> str:
    """Return where clamd listens, ``unix:/path`` or ``host:port``, as ``KEQIAO_VIRUS_SCANNER`` says; or nothing."""
    address = env.get("KEQIAO_VIRUS_SCANNER", "").strip()
    host, _colon, number = address.rpartition(":")
    is_host = host not in ("", "unix") and number.isdigit() and 0 < int(number) < 65_536
    if address and not is_host and not address.startswith("unix:/"):
        raise ImproperlyConfigured(
            f"KEQIAO_VIRUS_SCANNER={address!r} is not understood. Write unix:/run/clamav/clamd.ctl or 127.0.0.1:3310."
        )
    return address


def mail(env: Mapping[str, str], folder: str) -> dict[str, Any]:
    """Return Django's mail settings for ``KEQIAO_MAIL_URL``; without it, mail is written to ``folder``.

    ``smtp://user:password@host:25``, ``smtp+tls://…:587`` (STARTTLS), ``smtps://…:465`` (TLS from the start).
    """
    address = env.get("KEQIAO_MAIL_URL", "").strip()
    if not address:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": folder,
        }
    parts = urlsplit(address)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured(
            "KEQIAO_MAIL_URL is not understood. Write smtp://user:password@host:25, smtp+tls://… or smtps://…"
        )
    return {
        "EMAIL_BACKEND": "keqiao.web.notifications.smtp.Backend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
