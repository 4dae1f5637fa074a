"""How text messages leave the site: through a provider, or into a folder that stands in for one.

Without ``settings.SMS_GATEWAY`` nothing is offered that would need a text message (:func:`is_offered`), so that
nobody waits for a code that cannot come.
"""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications.faults import NotTaken
from keqiao.web.notifications.ledger import Ledger
from keqiao.web.notifications.models import Message
from keqiao.web.notifications.sms.folder import FolderGateway
from keqiao.web.notifications.sms.texts import Gateway, Text

__all__ = ["FolderGateway", "Gateway", "Text", "gateway", "is_offered", "knows", "send"]


def is_offered() -> bool:
    """Can this installation send text messages at all?"""
    return bool(settings.SMS_GATEWAY)


def knows(template: str) -> bool:
    """Can this message go as a text message?"""
    return is_offered() and _made(settings.SMS_GATEWAY).knows(template)


def gateway() -> Gateway:
    """Return the gateway of the settings.

    Raises:
        OSError: there is none; a message that waits for one waits like any that did not get through.
    """
    if not settings.SMS_GATEWAY:
        raise ConnectionError("no gateway for text messages: set KEQIAO_SMS")
    return _made(settings.SMS_GATEWAY)


def send(message: Message, ledger: Ledger) -> str:
    """Hand one text message over (see ``carriers``)."""
    wording = letter_templates()[message.template].wording(message.language).filled(message.variables)
    text = Text(
        message.address, message.template, message.variables, wording.text.strip(), key=str(message.pk)
    )
    try:
        gateway().send(text, ledger.brink)
    except OSError as fault:
        raise NotTaken(type(fault).__name__) from fault
    return ""


@cache
def _made(path: str) -> Gateway:
    made: Gateway = import_string(path)()
    return made
