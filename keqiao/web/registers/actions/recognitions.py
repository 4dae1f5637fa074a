"""Open registers, grant, and write down what becomes of what was granted."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.recognition import (
    EVENT_OF,
    HELD,
    LED_ON,
    RecognitionState,
    recognition_after,
    recognition_on,
)
from keqiao.web.parties.actions import count_public_change
from keqiao.web.registers.actions.writing import By, Decision, record, require_writer, write_new, write_step
from keqiao.web.registers.models import Recognition, RecognitionScheme, RecognitionStep
from keqiao.web.registers.models.recognitions import HolderKind
from keqiao.web.registers.numbers import plain_number
from keqiao.web.registers.refusals import not_now, reason_missing

NEEDS_REASON = frozenset({"decline", "order_rectification", "revoke", "reinstate", "strike", "end"})
DIGITS = 3  # of a running number


@dataclass(frozen=True, slots=True)
class NewScheme:
    """A register as it is opened; see ``RecognitionScheme`` for what each value means."""

    name: str
    kind: str
    holder_kind: str
    issuer: str = ""
    basis: str = ""
    grades: tuple[str, ...] = ()
    validity_years: int | None = None
    number_pattern: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class NewRecognition:
    """What is entered into a register: the holder (a party or a region), the number, the grade, the days.

    No number: the next one by the register's pattern. No last day: as long as the register says, else open.
    """

    party_id: UUID | None
    valid_from: date
    source: str
    region_id: int | None = None
    valid_until: date | None = None
    number: str = ""
    grade: str = ""
    batch: str = ""
    item: str = ""
    issuer: str = ""
    basis: str = ""
    file_id: UUID | None = None


@transaction.atomic
def open_register(association_id: UUID, wanted: NewScheme, *, by: By) -> RecognitionScheme:
    """Open a register of recognitions and return it.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: the association has a register of this name, or a value is not sound.
    """
    scheme = RecognitionScheme(association_id=association_id, **_columns(wanted))
    made = write_new(scheme, by, "opened", kind=wanted.kind)
    count_public_change()
    return made


@transaction.atomic
def describe_register(scheme_id: UUID, wanted: NewScheme, *, by: By) -> RecognitionScheme:
    """Change what a register says of itself; whom it is for stays, once somebody stands in it.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: the name is taken, or the kind of holder would change under its lines.
    """
    scheme = RecognitionScheme.objects.select_for_update(of=("self",)).get(pk=scheme_id)
    require_writer(by, scheme.association_id)
    if wanted.holder_kind != scheme.holder_kind and scheme.recognitions.exists():
        raise ValidationError(_("名册中已有登记，不能再改登记对象。"), code="register.in_use")
    for name, value in _columns(wanted).items():
        setattr(scheme, name, value)
    scheme.full_clean()
    scheme.save(update_fields=list(_columns(wanted)))
    record("described", scheme, by)
    count_public_change()
    return scheme


@transaction.atomic
def propose(scheme_id: UUID, wanted: NewRecognition, *, by: By) -> Recognition:
    """Enter what is proposed to be recognised; it counts for nothing until it is confirmed."""
    return _enter(scheme_id, wanted, RecognitionState.PROPOSED, "propose", by)


@transaction.atomic
def grant(scheme_id: UUID, wanted: NewRecognition, *, by: By) -> Recognition:
    """Enter what was recognised elsewhere, in a decision on paper; it holds from ``valid_from`` on.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: the number is taken, the holder or the grade does not fit the register, the days are not
            in order.
    """
    return _enter(scheme_id, wanted, RecognitionState.VALID, "grant", by)


@transaction.atomic
def decide(recognition_id: UUID, decision: Decision, *, by: By) -> Recognition:
    """Write down one step in the life of a recognition that no other line follows.

    Raises:
        ValidationError: its state does not allow the act, a reason is missing, or the day lies before the last step.
    """
    row = _locked(recognition_id, by)
    if decision.act in NEEDS_REASON and not decision.reason.strip():
        raise reason_missing()
    state = _state_after(row, decision, by)
    if state in LED_ON:
        raise ValueError(f"{decision.act}: another line follows; there is an act of its own for it")
    if decision.act == "confirm" and decision.on != row.valid_from:
        row.valid_from, row.valid_until = decision.on, _last_day(row.scheme, decision.on)
    _step(row, decision, state, by)
    return row


@transaction.atomic
def renew(recognition_id: UUID, wanted: NewRecognition, *, reason: str, by: By) -> Recognition:
    """Renew a recognition for the same holder and return the new line; the old one leads on to it."""
    row = _locked(recognition_id, by)
    if (row.party_id, row.region_id) != (wanted.party_id, wanted.region_id):
        raise ValidationError(_("续期的持有者应与原登记一致。"), code="renewal.other_holder")
    return _follow([row], wanted, Decision("renew", wanted.valid_from, reason, wanted.basis), by)


@transaction.atomic
def transfer(recognition_id: UUID, wanted: NewRecognition, *, reason: str, by: By) -> Recognition:
    """Hand a recognition on to another holder and return the new line; the old one leads on to it."""
    row = _locked(recognition_id, by)
    if (row.party_id, row.region_id) == (wanted.party_id, wanted.region_id):
        raise ValidationError(_("新的持有者与原持有者相同。"), code="transfer.same_holder")
    if not reason.strip():
        raise reason_missing()
    return _follow([row], wanted, Decision("transfer", wanted.valid_from, reason, wanted.basis), by)


@transaction.atomic
def merge(recognition_id: UUID, into_id: UUID, decision: Decision, *, by: By) -> Recognition:
    """Merge a recognition into another line of the same register that is held; return the merged one.

    Raises:
        ValidationError: the other line is in another register, not held, or the same one.
    """
    row = _locked(recognition_id, by)
    into = _locked(into_id, by)
    if row.pk == into.pk or row.scheme_id != into.scheme_id or into.state not in HELD:
        raise ValidationError(_("只能并入同一名册中另一条有效的登记。"), code="merge.not_possible")
    row.followed_by = into
    decision = replace(decision, act="merge")
    _step(row, decision, _state_after(row, decision, by), by)
    return row


def _follow(rows: list[Recognition], wanted: NewRecognition, decision: Decision, by: By) -> Recognition:
    """Enter the line that follows; the old ones let go of their number first, because it may stay the same."""
    row = rows[0]
    state = _state_after(row, decision, by)
    wanted = replace(wanted, number=wanted.number or row.number)
    made = _built(row.scheme, wanted, RecognitionState.VALID)
    row.followed_by_id = made.pk
    with transaction.atomic():
        _step(row, decision, state, by)  # the reference is checked at the end of the transaction
        _store(made, "grant", by)
    return made


def _enter(scheme_id: UUID, wanted: NewRecognition, state: RecognitionState, act: str, by: By) -> Recognition:
    scheme = RecognitionScheme.objects.select_for_update(of=("self",)).get(pk=scheme_id)
    return _store(_built(scheme, wanted, state), act, by)


def _built(scheme: RecognitionScheme, wanted: NewRecognition, state: RecognitionState) -> Recognition:
    _require_fit(scheme, wanted)
    return Recognition(
        association_id=scheme.association_id,
        scheme=scheme,
        state=state.value,
        party_id=wanted.party_id,
        region_id=wanted.region_id,
        number=plain_number(wanted.number) or next_number(scheme, wanted.valid_from),
        grade=wanted.grade,
        batch=wanted.batch.strip(),
        item=wanted.item.strip(),
        issuer=wanted.issuer.strip(),
        basis=wanted.basis.strip(),
        source=wanted.source.strip(),
        file_id=wanted.file_id,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until or _last_day(scheme, wanted.valid_from),
    )


def _store(row: Recognition, act: str, by: By) -> Recognition:
    event = {"grant": "granted", "propose": "proposed"}[act]
    made = write_new(row, by, event, scheme=str(row.scheme_id), since=row.valid_from.isoformat())
    decision = Decision(act, row.valid_from, basis=row.basis)
    write_step(_new_step(made), decision, made.state, None, by)
    count_public_change()
    return made


def next_number(scheme: RecognitionScheme, day: date) -> str:
    """Return the next number of a register by its pattern; nothing if it has none. Lock the register before."""
    if not scheme.number_pattern:
        return ""
    taken = set(scheme.recognitions.exclude(number="").values_list("number", flat=True))
    running = 1
    while (number := _numbered(scheme.number_pattern, day, running)) in taken:
        running += 1
    return number


def _numbered(pattern: str, day: date, running: int) -> str:
    return pattern.replace("{year}", str(day.year)).replace("{number}", f"{running:0{DIGITS}d}")


def _last_day(scheme: RecognitionScheme, since: date) -> date | None:
    """The last day of a line that begins on ``since``: the day before the anniversary."""
    if scheme.validity_years is None:
        return None
    year = since.year + scheme.validity_years
    try:
        anniversary = since.replace(year=year)
    except ValueError:  # begun on 29 February
        anniversary = date(year, 3, 1)
    return anniversary - timedelta(days=1)


def _require_fit(scheme: RecognitionScheme, wanted: NewRecognition) -> None:
    for_region = scheme.holder_kind == HolderKind.REGION
    if for_region != (wanted.region_id is not None) or for_region == (wanted.party_id is not None):
        raise ValidationError(_("持有者与名册的登记对象不符。"), code="recognition.holder_unfit")
    if wanted.grade and wanted.grade not in scheme.grades:
        raise ValidationError(
            _("等次“%(grade)s”不在名册的等次之中。"),
            code="recognition.grade_unknown",
            params={"grade": wanted.grade},
        )


def _locked(recognition_id: UUID, by: By) -> Recognition:
    rows = Recognition.objects.select_for_update(of=("self",)).select_related("scheme")
    row = rows.get(pk=recognition_id)
    require_writer(by, row.association_id)
    return row


def _state_after(row: Recognition, decision: Decision, by: By) -> RecognitionState:
    """The state that a decision leads to; after its last day a line has expired, whatever it says."""
    roles = require_writer(by, row.association_id)
    state = recognition_on(RecognitionState(row.state), row.valid_until, decision.on)
    try:
        return recognition_after(state, decision.act, roles)
    except NotAllowed as refused:
        raise not_now(refused) from refused


def _step(row: Recognition, decision: Decision, state: RecognitionState, by: By) -> None:
    write_step(_new_step(row), decision, state.value, row.steps.order_by("-number").first(), by)
    row.state = state.value
    row.save(update_fields=["state", "followed_by", "valid_from", "valid_until"])
    data: dict[str, Any] = {"on": decision.on.isoformat()}
    if row.followed_by_id:
        data["followed_by"] = str(row.followed_by_id)
    record(EVENT_OF[decision.act], row, by, decision.reason, **data)
    count_public_change()


def _new_step(row: Recognition) -> RecognitionStep:
    return RecognitionStep(association_id=row.association_id, recognition=row)


def _columns(wanted: NewScheme) -> dict[str, Any]:
    return {
        "name": wanted.name.strip(),
        "kind": wanted.kind,
        "holder_kind": wanted.holder_kind,
        "issuer": wanted.issuer.strip(),
        "basis": wanted.basis.strip(),
        "grades": list(wanted.grades),
        "validity_years": wanted.validity_years,
        "number_pattern": wanted.number_pattern.strip(),
        "public": wanted.public,
    }
