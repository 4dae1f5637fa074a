"""Where a letter goes: over which channels, to which address, at once or after a look, and when at the earliest.

The association decides what may be used, the person what is wanted; what is legal goes into the site and by mail
whatever either of them says. What guards an account or was promised at once asks neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from keqiao.readers.letters import LetterTemplate, letter_templates
from keqiao.web.notifications import sms, wecom
from keqiao.web.notifications.letters import Letter
from keqiao.web.notifications.models import Channel, Choice, MessageState, WecomName
from keqiao.web.notifications.quiet import may_go_at
from keqiao.web.notifications.rules import Rule, rule_for


@dataclass(frozen=True, slots=True)
class Route:
    """One way of a letter. ``to_group``: the copy for the group of the association, of which there is one per case."""

    channel: Channel
    address: str
    state: MessageState
    due_at: datetime
    to_group: bool = False


def routes_of(letter: Letter, at: datetime) -> list[Route]:
    """Return the ways that rules and choices give a letter; none where it has neither recipient nor address."""
    template = letter_templates()[letter.template]
    if not template.is_open_to_choice:
        return [route(letter, channel, at) for channel in plain_channels(letter)]
    rule = rule_for(letter.association_id, template)
    return list(_chosen(letter, template, rule, at))


def route(letter: Letter, channel: Channel, at: datetime) -> Route:
    """Return the way over one channel that the writer of the letter wants, at once.

    Raises:
        ValueError: the letter does not say where to, over this channel.
    """
    address = {Channel.MAIL: letter.address, Channel.SMS: letter.phone, Channel.WECOM: letter.wecom}.get(
        channel, ""
    )
    if not (letter.recipient_id if channel is Channel.IN_APP else address):
        raise ValueError(f"{letter.template}: neither recipient nor address")
    state = MessageState.SENT if channel is Channel.IN_APP else MessageState.QUEUED
    return Route(channel, address, state, at)


def plain_channels(letter: Letter) -> tuple[Channel, ...]:
    """Return the channels of a letter that nobody decides about: into the site and by mail, as far as it can go."""
    into_site = (Channel.IN_APP,) if letter.recipient_id else ()
    return into_site + ((Channel.MAIL,) if letter.address else ())


def _chosen(letter: Letter, template: LetterTemplate, rule: Rule, at: datetime) -> Iterator[Route]:
    said = _choices_of(letter)
    waits = MessageState.REVIEW if rule.is_reviewed else None
    if letter.recipient_id:
        yield Route(Channel.IN_APP, "", waits or MessageState.SENT, at)
    for channel, address in (
        (Channel.MAIL, _mail_to(letter, template, rule, said)),
        (Channel.SMS, _number_for(letter, template, rule, said)),
        (Channel.WECOM, _member_for(letter, rule, said)),
    ):
        if address:
            due = may_go_at(channel.value, letter.association_id, at)
            yield Route(channel, address, waits or MessageState.QUEUED, due)
    if rule.to_group and letter.association_id and wecom.has_group(letter.association_id):
        due = may_go_at(Channel.WECOM.value, letter.association_id, at)
        address = wecom.group_address(letter.association_id)
        yield Route(Channel.WECOM, address, waits or MessageState.QUEUED, due, to_group=True)


def _choices_of(letter: Letter) -> dict[str, bool]:
    if not letter.recipient_id:
        return {}
    rows = Choice.objects.filter(account_id=letter.recipient_id, template=letter.template)
    return dict(rows.values_list("channel", "is_wanted"))


def _mail_to(letter: Letter, template: LetterTemplate, rule: Rule, said: dict[str, bool]) -> str:
    """Legal mail always goes, and so does what could not be read anywhere else."""
    if template.nature == "legal" or not letter.recipient_id:
        return letter.address
    wanted = Channel.MAIL in rule.channels and said.get(Channel.MAIL.value, True)
    return letter.address if wanted else ""


def _number_for(letter: Letter, template: LetterTemplate, rule: Rule, said: dict[str, bool]) -> str:
    """A text message goes to who asked for it; what is legal also to who has no mail address."""
    if Channel.SMS not in rule.channels or not sms.knows(letter.template):
        return ""
    wanted = said.get(Channel.SMS.value, template.nature == "legal" and not letter.address)
    return (letter.phone or phone_of(letter.recipient_id)) if wanted else ""


def _member_for(letter: Letter, rule: Rule, said: dict[str, bool]) -> str:
    if Channel.WECOM not in rule.channels or not said.get(Channel.WECOM.value) or not wecom.is_offered():
        return ""
    name = WecomName.objects.filter(pk=letter.recipient_id, confirmed_at__isnull=False).first()
    return wecom.member_address(name.member) if name else ""


def phone_of(account_id: UUID | None) -> str:
    """Return the number of an account, which a room above knows; or nothing."""
    return str(import_string(settings.PHONE_OF)(account_id)) if account_id else ""
