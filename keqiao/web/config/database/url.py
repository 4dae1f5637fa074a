"""The DATABASES setting, made from the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_ENGINE = "keqiao.web.config.database"
POSTGRES_ENGINE = "keqiao.web.config.postgres"
SQLITE_FILE = "keqiao.sqlite3"
SECONDS_A_CONNECTION_IS_KEPT = 600


def data_path(env: Mapping[str, str]) -> Path:
    """Return the absolute data directory: ``KEQIAO_DATA``, else ``./var``. Does not create it."""
    return Path(env.get("KEQIAO_DATA") or "var").absolute()


def databases(env: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES for ``DATABASE_URL``; without it, SQLite in the data directory.

    Understands ``sqlite:///relative/path``, ``sqlite:////absolute/path``, ``sqlite://:memory:`` and
    ``postgres://user:password@host:port/name?sslmode=require`` (also ``postgresql://``; host may be
    a socket directory given as ``?host=/run/postgresql``).

    Raises:
        ImproperlyConfigured: the address has another scheme or names no database.
    """
    address = env.get("DATABASE_URL", "").strip()
    if not address:
        return {"default": _sqlite(str(data_path(env) / SQLITE_FILE))}
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {"default": _sqlite(_sqlite_name(address))}
    if parts.scheme in ("postgres", "postgresql"):
        return {"default": _postgres(parts)}
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme!r}. Use sqlite:///path/to/file or postgres://user:password@host/name."
    )


def owner_of_tables(env: Mapping[str, str]) -> dict[str, Any]:
    """Return how the role that owns the tables logs in (``KEQIAO_DATABASE_OWNER``); empty: as the program does.

    Raises:
        ImproperlyConfigured: the address is none of PostgreSQL's, or the program does not use PostgreSQL.
    """
    address = env.get("KEQIAO_DATABASE_OWNER", "").strip()
    if not address:
        return {}
    parts = urlsplit(address)
    if (
        parts.scheme not in ("postgres", "postgresql")
        or databases(env)["default"]["ENGINE"] != POSTGRES_ENGINE
    ):
        raise ImproperlyConfigured(
            "KEQIAO_DATABASE_OWNER goes with PostgreSQL: postgres://owner:password@host/name, beside DATABASE_URL."
        )
    return _postgres(parts)


def _sqlite_name(address: str) -> str:
    rest = address.removeprefix("sqlite://")
    if rest.strip("/") == ":memory:":
        return ":memory:"
    name = unquote(rest.removeprefix("/"))
    if not name or not rest.startswith("/"):
        raise ImproperlyConfigured(
            f"DATABASE_URL {address!r} names no file. Use sqlite:///relative/path or sqlite:////absolute/path."
        )
    return str(Path(name).absolute())


def _sqlite(name: str) -> dict[str, Any]:
    return {"ENGINE": SQLITE_ENGINE, "NAME": name, "CONN_MAX_AGE": SECONDS_A_CONNECTION_IS_KEPT}


def _postgres(parts: SplitResult) -> dict[str, Any]:
    options = {"connect_timeout": "10"} | dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL names no database: postgres://user:password@host/name.")
    return {
        "ENGINE": POSTGRES_ENGINE,
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": SECONDS_A_CONNECTION_IS_KEPT,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # they outlive the transaction that says for whom rows are read
        "OPTIONS": options,
    }
