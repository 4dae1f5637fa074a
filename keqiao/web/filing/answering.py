"""Answers to filed mails: what arrived, what was read, what lacks, where to go on. One recipient, never to a machine.

Known people are answered at the address of their account. Others get no answer by themselves, so that nobody can have
this site write to third people; an officer who turns their mail away writes to them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.filed_mail import MailState
from keqiao.web.applications.queries.on_file import APPLICATION
from keqiao.web.filing.models import Mail
from keqiao.web.filing.understanding import Kept, Understood
from keqiao.web.filing.words import refusal_words, why_words
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.ui.site_addresses import page_address
from keqiao.web.ui.templatetags.shell import cn_time, say

MOST_NAMED = 12
"""So many fields are named in an answer; the page shows all."""
MOST_ANSWERS = 20
WITHIN = timedelta(hours=24)
"""So many answers go to one address within a day: two programs that answer each other come to an end."""


def answer(
    mail: Mail, understood: Understood, lacks: Sequence[Finding], at: datetime, *, reason: str = ""
) -> None:
    """Put the answer to a mail into the outbox, if there is somebody to answer."""
    address = _address(mail, is_by_hand=bool(reason))
    if not address or _is_enough(mail, at):
        return
    language = mail.account.language if mail.account else "zh-hans"
    with override(language):
        template, variables = _said(mail, understood, lacks, reason)
    letter = Letter(
        template,
        recipient_id=mail.account_id,
        address=address,
        language=language,
        variables=variables,
        about=(APPLICATION, str(mail.application_id)) if mail.application_id else ("", ""),
        association_id=mail.association_id,
        in_reply_to=mail.message_id,
    )
    queue(letter, key=f"filing.mail:{mail.pk}:{mail.why}", at=at)


def _address(mail: Mail, *, is_by_hand: bool) -> str:
    if mail.account_id and mail.account and mail.account.email:
        return str(mail.account.email)
    if not is_by_hand:
        return ""
    try:
        validate_email(mail.sender)
    except ValidationError:
        return ""
    return mail.sender


def _is_enough(mail: Mail, at: datetime) -> bool:
    lately = Mail.objects.filter(sender=mail.sender, taken_at__gt=at - WITHIN).exclude(pk=mail.pk)
    return lately.count() >= MOST_ANSWERS


def _said(
    mail: Mail, understood: Understood, lacks: Sequence[Finding], reason: str
) -> tuple[str, dict[str, str]]:
    came = {"subject": _short(mail.subject) or _("（无主题）"), "arrived": cn_time(mail.arrived_at)}
    if understood.state is MailState.HELD:
        return "filing.held", {**came, "files": _files(understood.kept), "why": why_words(mail.why)}
    if understood.state is MailState.REFUSED:
        why = reason or "".join(map(say, understood.findings)) or why_words(mail.why)
        clause = _clause(understood.findings)
        files = _files(understood.kept) or "—"
        return "filing.refused", {**came, "files": files, "why": f"{why}{clause}"}
    title = _title(mail)
    page = page_address("applications:detail", mail.application_id)
    taken = {**came, "title": title, "url": page, "files": _files(understood.kept)}
    if mail.why in ("draft_made", "added"):
        read = {"read": _read(mail.read), "lacks": _lacks(lacks)}
        return "filing.taken", {**taken, **read, "why": why_words(mail.why)}
    return "filing.received", {**taken, "why": why_words(mail.why)}


def _title(mail: Mail) -> str:
    application = mail.application
    return str(application.title or application.call.title) if application else ""


def _files(kept: Sequence[Kept]) -> str:
    """What came, and of what was not taken why."""
    taken = [_short(each.name) for each in kept if each.file]
    refused = [
        _("%(name)s（未收：%(why)s）") % {"name": _short(each.name), "why": refusal_words(each.refusal)}
        for each in kept
        if each.refusal
    ]
    return "；".join([*taken, *refused])


def _read(rows: Sequence[dict[str, Any]]) -> str:
    """How many fields were read, and which are doubtful or say something else."""
    read = sum(row["state"] == "read" for row in rows)
    doubtful = [row["label"] for row in rows if row["state"] in ("doubtful", "not_understood")]
    other = [row["label"] for row in rows if row["state"] == "kept"]
    parts = [_("读出 %(n)s 个栏目") % {"n": read}]
    if doubtful:
        parts.append(_("请核对 %(n)s 个：%(names)s") % {"n": len(doubtful), "names": _named(doubtful)})
    if other:
        parts.append(
            _("草稿中已有不同内容、未改动的 %(n)s 个：%(names)s") % {"n": len(other), "names": _named(other)}
        )
    return "；".join(parts)


def _lacks(findings: Sequence[Finding]) -> str:
    stops = list(dict.fromkeys(say(each) for each in findings if each.weight is Weight.REFUSE))
    if not stops:
        return _("没有发现缺项")
    more = _("……等 %(n)s 项") % {"n": len(stops)} if len(stops) > MOST_NAMED else ""
    return "".join(stops[:MOST_NAMED]) + more


def _named(labels: Sequence[str]) -> str:
    names = list(dict.fromkeys(labels))
    more = "……" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


def _clause(findings: Sequence[Finding]) -> str:
    clauses = [each.source.clause for each in findings if each.source and each.source.clause]
    return _("（依据：通知%(clause)s）") % {"clause": clauses[0]} if clauses else ""


def _short(text: str) -> str:
    return text.strip()[:80]
