"""Messages over WeCom: to the group of an association through its robot, to one member through an application."""

from uuid import UUID

from django.conf import settings

from keqiao.readers.letters import letter_templates
from keqiao.web.notifications.ledger import Ledger
from keqiao.web.notifications.models import Message
from keqiao.web.notifications.wecom.sending import to_group, to_member
from keqiao.web.notifications.wecom.splitting import LONGEST_TEXT, split_text

GROUP, MEMBER = "group:", "member:"
PER_MINUTE = {GROUP: 20, MEMBER: 30}
"""How many messages WeCom takes in a minute: by one robot; for one member from one application."""


def is_offered() -> bool:
    """Can this installation write to single members?"""
    return bool(settings.WECOM.get("corp_id") and settings.WECOM.get("secret"))


def has_group(association_id: UUID) -> bool:
    """Has an association a group with a robot?"""
    return str(association_id) in settings.WECOM.get("robots", {})


def group_address(association_id: UUID) -> str:
    """Return the address of the group of an association; the key of its robot stands in the settings alone."""
    return f"{GROUP}{association_id}"


def member_address(member: str) -> str:
    """Return the address of a member."""
    return f"{MEMBER}{member}"


def limit_of(address: str) -> int:
    """Return how many messages an address takes in a minute."""
    return next(limit for kind, limit in PER_MINUTE.items() if address.startswith(kind))


def parts_of(message: Message) -> list[str]:
    """Return the words of a message in parts that WeCom takes: plain text, which plain WeChat shows as well."""
    wording = letter_templates()[message.template].wording(message.language).filled(message.variables)
    return split_text(f"{wording.subject}\n{wording.text.strip()}", LONGEST_TEXT)


def send(message: Message, ledger: Ledger) -> str:
    """Hand over the parts that have not gone yet (see ``carriers``)."""
    kind, _colon, whom = message.address.partition(":")
    say = to_group if f"{kind}:" == GROUP else to_member
    for part in parts_of(message)[message.parts_sent :]:
        ledger.brink()
        say(whom, part)
        ledger.part_taken()
    return ""
