"""How text messages leave the site. Contracts with carriers come in a later part; until then a folder stands in.

Without ``settings.SMS_GATEWAY`` nothing is offered that would need a text message (:func:`is_offered`), so that
nobody waits for a code that cannot come.
"""

import json
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Gateway(Protocol):
    """Hands text messages to a carrier."""

    def send(self, number: str, text: str, *, key: str) -> None:
        """Hand over one message; ``key`` stays the same when it is tried again.

        Raises:
            OSError: it did not get through and may be tried again.
        """


class FolderGateway:
    """Writes each text message to a file in ``settings.SMS_FOLDER``, as mail is written without a mail server."""

    def send(self, number: str, text: str, *, key: str) -> None:
        """Write one message; a second try overwrites the first."""
        folder = Path(settings.SMS_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps({"number": number, "text": text}, ensure_ascii=False, indent=1)
        (folder / f"{key}.json").write_text(content, encoding="utf-8")


def is_offered() -> bool:
    """Can this installation send text messages at all?"""
    return bool(settings.SMS_GATEWAY)


def gateway() -> Gateway:
    """Return the gateway of the settings.

    Raises:
        OSError: there is none; a message that waits for one waits like any that did not get through.
    """
    if not settings.SMS_GATEWAY:
        raise ConnectionError("no gateway for text messages: set KEQIAO_SMS")
    return _made(settings.SMS_GATEWAY)


@cache
def _made(path: str) -> Gateway:
    made: Gateway = import_string(path)()
    return made
