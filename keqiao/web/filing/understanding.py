"""What a mail files, for whom, and what stands against it. Decides; writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.application import EDITABLE, ApplicationState
from keqiao.core.lifecycle.call import CallState
from keqiao.core.lifecycle.filed_mail import MailState
from keqiao.core.programme.forms.fields import UnitField
from keqiao.readers.mail import ParsedMail
from keqiao.readers.unreadable import Unreadable
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.permissions import own_units
from keqiao.web.applications.queries.intake import intake_of
from keqiao.web.applications.queries.on_file import APPLICATION, applications_of
from keqiao.web.applications.stating import title_in
from keqiao.web.applications.timeliness import Window
from keqiao.web.files.kinds import family_of
from keqiao.web.files.queries import path_of
from keqiao.web.filing.models import Enclosure
from keqiao.web.filing.recognising import Recognised, categories_of, recognised
from keqiao.web.notifications.queries import about_of
from keqiao.web.parties.queries import all_organisations

Part = Enclosure.Part


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a mail as it was kept, or why it was not."""

    name: str
    size: int
    digest: str
    file: Any = None
    refusal: str = ""
    part: str = Part.OTHER.value


@dataclass(frozen=True, slots=True)
class Sent:
    """What came, and from whom: ``account`` is whose address it is, as far as anybody's; or whom an officer named.

    ``on_pages`` are the applications that the codes on stamped pages among the files name.
    """

    association_id: UUID
    mail: ParsedMail
    kept: tuple[Kept, ...]
    arrived_at: datetime
    account: Any = None
    on_pages: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Understood:
    """What becomes of a mail: its state and the code of why.

    ``application``: the known one that it belongs to. ``form``: the filled form; with ``unit_id`` and no application a
    new draft begins. ``findings``: what stands against it, with the clause.
    """

    state: MailState
    why: str
    kept: tuple[Kept, ...]
    application: Any = None
    form: Recognised | None = None
    unit_id: UUID | None = None
    findings: tuple[Finding, ...] = field(default=())


def understand(sent: Sent) -> Understood:
    """Return what becomes of a mail that brought files."""
    kept = tuple(_with_part(each) for each in sent.kept)
    if not any(each.file for each in kept):
        return Understood(MailState.REFUSED, "nothing_usable", kept)
    units = own_units(sent.account, sent.arrived_at) if sent.account else frozenset()
    if not units:
        return Understood(MailState.HELD, "stranger", kept)
    if (earlier := _sent_before(sent, kept)) is not None:
        return Understood(MailState.REPEATED, "repeated", kept, application=earlier)
    named = _named(sent, units)
    form, kept = _form_among(sent, kept)
    if form is None:
        return _only_papers(kept, named)
    return _with_form(sent, replace(Understood(MailState.HELD, "", kept), form=form), units, named)


def _with_part(each: Kept) -> Kept:
    """A PDF or a picture is taken as something stamped; a Word document becomes the form once it is read as one."""
    family = family_of(each.file.kind) if each.file else ""
    return replace(each, part=Part.PAPER.value) if family in ("pdf", "image") else each


def _sent_before(sent: Sent, kept: Sequence[Kept]) -> Any:
    """The application to which this account sent exactly these files already."""
    digests = {each.digest for each in kept if each.file}
    earlier = Enclosure.objects.filter(
        association_id=sent.association_id,
        mail__account_id=sent.account.pk,
        mail__state=MailState.TAKEN.value,
        digest__in=digests,
        file__isnull=False,
    ).select_related("mail__application__call", "mail__application__unit")
    known: dict[Any, set[str]] = {}
    rows = {row.mail.application: known.setdefault(row.mail.application_id, set()) for row in earlier}
    for row in earlier:
        known[row.mail.application_id].add(row.digest)
    return next((each for each in rows if each and known[each.pk] >= digests), None)


def _named(sent: Sent, units: frozenset[UUID]) -> Any:
    """The application that the mail names: it answers a letter about it, its number stands in the subject, or a stamped
    page shows its code.
    """
    theirs = applications_of(sent.association_id, units)
    for message_id in sent.mail.replies_to:
        about = about_of(message_id)
        if about and about[0] == APPLICATION and (found := theirs.filter(pk=about[1]).first()):
            return found
    subject = sent.mail.subject.replace(" ", "").upper()
    numbered = [each for each in theirs.exclude(number="") if each.number.replace(" ", "").upper() in subject]
    if numbered:
        return max(numbered, key=lambda each: len(each.number))
    on_pages = list(theirs.filter(pk__in=sent.on_pages)[:2])
    return on_pages[0] if len(on_pages) == 1 else None


def _form_among(sent: Sent, kept: tuple[Kept, ...]) -> tuple[Recognised | None, tuple[Kept, ...]]:
    """The first Word document that is a form of an open category, marked as such; unreadable ones say why."""
    categories = categories_of(sent.association_id, sent.arrived_at)
    for place, each in enumerate(kept):
        if each.file is None or family_of(each.file.kind) != "word":
            continue
        try:
            form = recognised(path_of(each.file), each.name, categories, {})
        except Unreadable as refused:
            kept = _replaced(kept, place, refusal=refused.code, file=None)
            continue
        if form is not None:
            return form, _replaced(kept, place, part=Part.FORM.value)
    return None, kept


def _replaced(kept: tuple[Kept, ...], place: int, **changes: Any) -> tuple[Kept, ...]:
    return (*kept[:place], replace(kept[place], **changes), *kept[place + 1 :])


def _only_papers(kept: tuple[Kept, ...], named: Any) -> Understood:
    if named is not None and any(each.file for each in kept):
        return Understood(MailState.TAKEN, "papers_added", kept, application=named)
    return Understood(MailState.HELD, "no_form", kept)


def _with_form(sent: Sent, so_far: Understood, units: frozenset[UUID], named: Any) -> Understood:
    form = so_far.form
    if form is None:
        raise ValueError("asked without a form")
    unit_id = _unit_of(form, units)
    if unit_id is None:
        return replace(so_far, why="which_unit")
    known = _known(form, unit_id, named)
    if known is not None and known.state not in {state.value for state in EDITABLE}:
        return replace(
            so_far, state=MailState.TAKEN, why="already_submitted", application=known, unit_id=unit_id
        )
    against = _against_time(form, sent.arrived_at)
    if against and (known is None or known.state == ApplicationState.DRAFT.value):
        why = against[0].code.rpartition(".")[2]
        return replace(so_far, state=MailState.REFUSED, why=why, findings=against, unit_id=unit_id)
    if form.category.offer.call.state == CallState.CLOSED.value and known is None:
        return replace(so_far, why="closed_meanwhile", unit_id=unit_id)
    why = "draft_made" if known is None else "added"
    return replace(so_far, state=MailState.TAKEN, why=why, application=known, unit_id=unit_id)


def _unit_of(form: Recognised, units: frozenset[UUID]) -> UUID | None:
    """The unit that applies: the only one of the sender, or the one of several that the form names."""
    if len(units) == 1:
        return next(iter(units))
    said = {
        str(value.get(part, "")).strip()
        for each in form.category.specification.fields
        if isinstance(each, UnitField) and isinstance(value := form.read.answers.get(each.id), dict)
        for part in ("name", "credit_code")
    } - {""}
    fitting = [
        unit.pk for unit in all_organisations().filter(pk__in=units) if {unit.name, unit.credit_code} & said
    ]
    return fitting[0] if len(fitting) == 1 else None


def _known(form: Recognised, unit_id: UUID, named: Any) -> Any:
    """The application of the unit in this category that the form belongs to: named, or with the same title."""
    offer = form.category.offer
    if named is not None and (named.call_id, named.node, named.unit_id) == (
        offer.call_id,
        offer.node,
        unit_id,
    ):
        return named
    title = title_in(form.read.answers)
    there = applications_of(offer.call.association_id, [unit_id])
    there = there.filter(call_id=offer.call_id, node=offer.node, title=title)
    return there.order_by("-edited_at").first() if title else None


def _against_time(form: Recognised, arrived_at: datetime) -> tuple[Finding, ...]:
    """What the dates of the category say against a mail that arrived then."""
    offer, category = form.category.offer, form.category
    grace = intake_of(offer.call.association_id, offer.call_id).grace_seconds
    deadline = asked_at(category.revision_id, offer.node).deadline
    window = Window(offer.call.state, offer.opens_at, offer.deadline_at, grace, deadline)
    return tuple(each for each in window.findings(arrived_at) if each.weight is Weight.REFUSE)
