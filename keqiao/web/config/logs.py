"""One JSON object per line on standard error, in the same shape for our own and for libraries' messages.

Personal data stays out: no addresses of pages with ids, no form values, no local variables; the message of a
database or form error is left out as well, because it repeats what somebody typed. Where a number gets into a line all
the same, ID numbers, bank cards and mobile numbers are masked.
"""

import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import Error as DatabaseError

from keqiao.web.privacy.masks import mask_numbers

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def logging_for(level: str) -> dict[str, Any]:
    """Return Django's LOGGING and set structlog up. ``level`` is the lowest level that is written."""
    if level.upper() not in LEVELS:
        raise ImproperlyConfigured(f"KEQIAO_LOG_LEVEL={level!r}: write one of {', '.join(LEVELS)}.")
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            mask_personal_numbers,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # its lines name the page's address; our own request line names the route instead
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }


def describe_exception(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace ``exc_info`` by kind, message where it is ours to show, and the places it passed."""
    found = event.pop("exc_info", None)
    if not isinstance(found, tuple) or found[1] is None:
        return event
    kind, error, trail = found
    event["exception"] = {
        "kind": f"{kind.__module__}.{kind.__qualname__}",
        "message": "" if isinstance(error, DatabaseError | ValidationError) else str(error),
        "trail": [f"{place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(trail)],
    }
    return event


def mask_personal_numbers(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Mask ID numbers, bank cards and mobile numbers in every text of a line, at any depth."""
    return {name: _masked(value) for name, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_numbers(value)
    if isinstance(value, dict):
        return {name: _masked(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(part) for part in value]
    return value
