"""Take filed mails up: each in one transaction, with what becomes of it and the answer that goes out."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding
from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.prefilling import prefilled
from keqiao.core.lifecycle.filed_mail import OFFICER, MailState, mail_after
from keqiao.readers.forms.filled import FormRead, State
from keqiao.readers.mail import ParsedMail
from keqiao.web.applications import actions as applications
from keqiao.web.applications.profiles import profile_of
from keqiao.web.applications.queries import answers_of, editable_fields
from keqiao.web.audit import log
from keqiao.web.filing.answering import answer
from keqiao.web.filing.imap import Lying
from keqiao.web.filing.models import Enclosure, Mail, Mailbox
from keqiao.web.filing.owed import follow_mail
from keqiao.web.filing.understanding import Kept, Sent, Understood, understand
from keqiao.web.parties.queries import all_organisations, local_day

POSTMAN = "postman"
"""Role of the program where it takes mails up."""
READ_FROM_MAIL = "read_from_mail"
ACTS = {
    MailState.TAKEN: "taken",
    MailState.HELD: "held",
    MailState.REFUSED: "turned_away",
    MailState.REPEATED: "repeated",
}


@dataclass(frozen=True, slots=True)
class Came:
    """A mail as it came: where it lies, what it says, the digest of its bytes."""

    lying: Lying
    mail: ParsedMail
    digest: str

    @property
    def identity(self) -> str:
        """By what it is known again, whatever number the server gives it."""
        if not self.mail.message_id:
            return self.digest
        return hashlib.sha256(f"{self.mail.message_id}\n{self.mail.sender}".encode()).hexdigest()


@transaction.atomic
def take_up(mailbox: Mailbox, came: Came, sent: Sent, at: datetime) -> Mail | None:
    """Take a mail up that brought files: into a draft, to a known application, or as it is for an officer.

    Nothing: the same mail is known already. In any case the mailbox has seen it.
    """
    locked = Mailbox.objects.select_for_update().get(pk=mailbox.pk)
    _seen(locked, came.lying)
    if Mail.objects.filter(mailbox=locked, identity=came.identity).exists():
        return None
    understood = understand(sent)
    mail = _row(locked, came, sent, at)
    application, read, lacks = _written(understood, sent, at)
    mail.application, mail.read = application, read
    mail.state, mail.why = understood.state.value, understood.why
    mail.save(force_insert=True)
    _keep_enclosures(mail, understood.kept)
    log.record(ACTS[understood.state], mail, actor=None, role=POSTMAN, at=at, data=_said(mail))
    follow_mail(mail.pk, at, ACTS[understood.state])
    answer(mail, understood, lacks, at)
    return mail


@transaction.atomic
def pass_over(mailbox: Mailbox, lying: Lying) -> None:
    """Leave a mail where it is: it files nothing."""
    _seen(Mailbox.objects.select_for_update().get(pk=mailbox.pk), lying)


def _seen(mailbox: Mailbox, lying: Lying) -> None:
    mailbox.last_uid = max(mailbox.last_uid, lying.uid)
    mailbox.save(update_fields=["last_uid"])


def _row(mailbox: Mailbox, came: Came, sent: Sent, at: datetime) -> Mail:
    mail = came.mail
    return Mail(
        association_id=mailbox.association_id,
        mailbox=mailbox,
        identity=came.identity,
        uid_validity=mailbox.uid_validity or 0,
        uid=came.lying.uid,
        message_id=mail.message_id,
        sender=mail.sender,
        sender_name=mail.sender_name,
        subject=mail.subject,
        text=mail.text,
        size=came.lying.size,
        digest=came.digest,
        arrived_at=came.lying.arrived_at,
        taken_at=at,
        account=sent.account,
    )


def _keep_enclosures(mail: Mail, kept: tuple[Kept, ...]) -> None:
    mail.enclosures.all().delete()
    Enclosure.objects.bulk_create(
        Enclosure(
            association_id=mail.association_id,
            mail=mail,
            position=place,
            name=each.name[:200],
            size=each.size,
            digest=each.digest,
            part=each.part,
            file=each.file,
            refusal=each.refusal,
        )
        for place, each in enumerate(kept, start=1)
    )


def _said(mail: Mail) -> dict[str, Any]:
    """What the event says: ids, codes, digests."""
    said = {"mailbox": str(mail.mailbox_id), "digest": mail.digest, "why": mail.why}
    return said | ({"application": str(mail.application_id)} if mail.application_id else {})


Written = tuple[Any, list[dict[str, Any]], tuple[Finding, ...]]


def _written(understood: Understood, sent: Sent, at: datetime) -> Written:
    """Begin the draft, or fill in what was empty in the known one; what was read, and what it still lacks."""
    form, application = understood.form, understood.application
    if form is None:
        return application, [], ()
    if understood.why == "draft_made" and understood.unit_id is not None:
        application = _begun(understood, sent)
    elif understood.why != "added" or application is None:
        return application, read_of(form.read), ()
    before = answers_of(application)
    answers, kept_as_is = _together(application, before, form.read)
    edit = applications.Edit(application.pk, application.version, answers, READ_FROM_MAIL)
    saved = applications.save(edit, actor=sent.account, at=at)
    return saved.application, read_of(form.read, kept_as_is), saved.findings


def _begun(understood: Understood, sent: Sent) -> Any:
    """A draft of the unit with what the register knows of it."""
    form = understood.form
    if form is None or understood.unit_id is None:
        raise ValueError("a draft needs a form and a unit")
    offer, specification = form.category.offer, form.category.specification
    unit = all_organisations().get(pk=understood.unit_id)
    blank = SimpleNamespace(call=offer.call, unit=unit)
    profile = profile_of(blank, specification, sent.account, local_day(sent.arrived_at))
    answers = prefilled(specification, profile)
    by: dict[str, Any] = {"actor": sent.account, "at": sent.arrived_at}
    return applications.start(offer.pk, understood.unit_id, answers=answers, **by)


def _together(application: Any, before: dict[str, Any], read: FormRead) -> tuple[dict[str, Any], set[str]]:
    """What stands there with what was read, and the fields that say something else in the mail.

    Anybody can write any sender on a mail: what people typed is never overwritten by one. A first version holds only
    what the register knows; there the mail says it better.
    """
    opened = editable_fields(application)
    read_here = {key: value for key, value in read.answers.items() if opened is None or key in opened}
    if application.version == 1:
        return {**before, **read_here}, set()
    other = {
        key for key, value in read_here.items() if not is_empty(before.get(key)) and before[key] != value
    }
    return {**before, **{key: value for key, value in read_here.items() if key not in other}}, other


def read_of(read: FormRead, kept_as_is: set[str] | frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """Return how each field was read, without what stood there: label, state, codes of the doubts."""
    rows: dict[str, dict[str, Any]] = {}
    order = (State.NOT_UNDERSTOOD, State.DOUBTFUL, State.ABSENT, State.READ)
    for cell in read.cells:
        field = str(cell.at[0])
        row = rows.setdefault(
            field, {"field": field, "label": cell.label, "state": cell.state.value, "why": []}
        )
        if order.index(cell.state) < order.index(State(row["state"])):
            row.update(state=cell.state.value, label=cell.label)
        row["why"] += [each.code for each in cell.why]
    for field in kept_as_is & rows.keys():
        rows[field]["state"] = "kept"
    return list(rows.values())


@transaction.atomic
def settle(mail_id: UUID, account: Any, *, actor: Any, at: datetime) -> Mail:
    """Take a mail up that waited, as sent by ``account``: what it files is judged by when it arrived.

    Raises:
        NotAllowed: it does not wait any more, or the actor is no officer there.
        ValueError: also so it cannot be taken up; the text is the code of why.
    """
    mail = _locked(mail_id)
    _allowed(mail, "settle", actor, at)
    kept = tuple(
        Kept(row.name, row.size, row.digest, row.file, row.refusal)
        for row in mail.enclosures.select_related("file")
    )
    said = ParsedMail(mail.sender, mail.sender_name, mail.subject, mail.text, mail.message_id, (), "", ())
    sent = Sent(mail.association_id, said, kept, mail.arrived_at, account)
    understood = understand(sent)
    if understood.state is not MailState.TAKEN:
        raise ValueError(understood.why)
    application, mail.read, lacks = _written(understood, sent, at)
    mail.application, mail.account = application, account
    _settled(mail, MailState.TAKEN, understood.why, actor, at)
    _keep_enclosures(mail, understood.kept)
    log.record("settled", mail, actor=actor, role=OFFICER, at=at, data=_said(mail))
    follow_mail(mail.pk, at, "settled")
    answer(mail, understood, lacks, at)
    return mail


@transaction.atomic
def refuse(mail_id: UUID, reason: str, *, actor: Any, at: datetime) -> Mail:
    """Turn a mail away that waited; the sender is told why.

    Raises:
        NotAllowed: it does not wait any more, or the actor is no officer there.
    """
    mail = _locked(mail_id)
    _allowed(mail, "refuse", actor, at)
    _settled(mail, MailState.REFUSED, "refused", actor, at)
    log.record("refused", mail, actor=actor, role=OFFICER, at=at, data=_said(mail), reason=reason)
    follow_mail(mail.pk, at, "refused")
    answer(mail, Understood(MailState.REFUSED, "refused", ()), (), at, reason=reason)
    return mail


def _locked(mail_id: UUID) -> Mail:
    rows = Mail.objects.select_for_update(of=("self",)).select_related("mailbox", "association")
    return rows.get(pk=mail_id)


def _allowed(mail: Mail, act: str, actor: Any, at: datetime) -> None:
    roles = {OFFICER} if mail.association_id in actor.organisations_as(OFFICER, at) else set()
    mail_after(MailState(mail.state), act, roles)


def _settled(mail: Mail, state: MailState, why: str, actor: Any, at: datetime) -> None:
    mail.state, mail.why, mail.settled_by, mail.settled_at = state.value, why, actor, at
    mail.save()
