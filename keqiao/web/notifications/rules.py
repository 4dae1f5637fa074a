"""What holds for a kind of message in an association: its own rule, or else the data of the message."""

from dataclasses import dataclass
from uuid import UUID

from keqiao.readers.letters import LetterTemplate
from keqiao.web.notifications.models import Channel, SendingRule


@dataclass(frozen=True, slots=True)
class Rule:
    """How a kind of message is sent: after a look or by itself, over which channels outside, also to the group."""

    is_reviewed: bool
    channels: frozenset[str]
    to_group: bool = False


def default_rule(template: LetterTemplate) -> Rule:
    """Return what holds where an association has not decided: mail only, since a text message costs money."""
    return Rule(template.sending == "reviewed", frozenset({Channel.MAIL.value}))


def rule_from(row: SendingRule | None, template: LetterTemplate) -> Rule:
    """Return what a row says, within what the message allows; legal mail goes whatever it says."""
    if row is None or not template.is_open_to_choice:
        return default_rule(template)
    channels = set(row.channels) & set(template.channels)
    if template.nature == "legal":
        channels.add(Channel.MAIL.value)
    return Rule(row.is_reviewed, frozenset(channels), row.to_group and template.to_group)


def rule_for(association_id: UUID | None, template: LetterTemplate) -> Rule:
    """Return the rule of an association for a kind of message."""
    if association_id is None:
        return default_rule(template)
    row = SendingRule.objects.filter(association_id=association_id, template=template.code).first()
    return rule_from(row, template)
