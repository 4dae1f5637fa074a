"""Submit: one transaction from the deadline to the receipt.

The arrival of the request is compared with the deadline. Then, under the lock of the application and of what unit,
partners and leader have in hand, its state, the debarments and the limits are asked again; the place is taken, the
number given, the content frozen, the events and the letters written. Whatever of this fails, nothing was written.
Everything slow was done when the version was saved (``preparing``); where that is older than ``FRESH`` or of another
version, it is done anew just before.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.application import APPLICANT, ApplicationState
from keqiao.web.applications import taking
from keqiao.web.applications.actions.moving import migrate
from keqiao.web.applications.actions.receiving import Decided, NotReady, Sent, take
from keqiao.web.applications.actions.writing import refusal, state_after
from keqiao.web.applications.bundles import bundle_findings
from keqiao.web.applications.corrections import correction_window
from keqiao.web.applications.definitions import Asked, asked_at
from keqiao.web.applications.kept_findings import that_count
from keqiao.web.applications.limits import Applying, places_findings
from keqiao.web.applications.models import Application, Return, Version
from keqiao.web.applications.permissions import roles_towards
from keqiao.web.applications.preparing import prepare
from keqiao.web.applications.queries.contents import whole_answers
from keqiao.web.applications.queries.joining import partner_refusals
from keqiao.web.applications.queries.submissions import earlier_receipt
from keqiao.web.applications.receipts import Receipt
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.stating import title_in
from keqiao.web.applications.taking import Ready, Standing
from keqiao.web.applications.timeliness import Window
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.queries.under_guard import last_look
from keqiao.web.scope import crossing

FRESH = timedelta(minutes=30)
"""How old the answers of the rules may be: debarments and places are asked again in any case."""
TRIES = 3
LONGEST_KEY = 64
WHY = "submitting takes a place, a number and a receipt in the books of the association of the call"


def submit(application_id: UUID, sent: Sent) -> Receipt:
    """Submit an application and return its receipt; the same receipt for the same ``key``, however often it comes.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: with everything that stands against it; nothing was written.
    """
    if not sent.key or len(sent.key) > LONGEST_KEY:
        raise refusal("application.key_missing")
    for _ in range(TRIES):
        try:
            with crossing(WHY), transaction.atomic():
                return _submit(application_id, sent)
        except NotReady:
            _make_ready(application_id, sent)
        except IntegrityError:
            if receipt := _known(application_id, sent.key):
                return receipt
            raise
    raise refusal("application.busy")


def _make_ready(application_id: UUID, sent: Sent) -> None:
    migrate(application_id, actor=sent.actor, at=sent.at)
    prepare(application_id, sent.at)


def _known(application_id: UUID, key: str) -> Receipt | None:
    with crossing(WHY):
        return earlier_receipt(application_id, key)


def _submit(application_id: UUID, sent: Sent) -> Receipt:
    """The act itself, inside its transaction."""
    standing = taking.standing_of(application_id)
    roles = roles_towards(sent.actor, standing.unit_id, standing.association_id, sent.at) if standing else ()
    if standing is None or APPLICANT not in roles:
        raise Application.DoesNotExist
    if receipt := _sent_before(standing, sent):
        return receipt
    state = state_after(standing.state, "submit", roles)
    correction = _correction(standing)
    ready = _ready(standing, sent, correction)
    if correction is not None:
        standing = replace(standing, title=_corrected_title(ready))
    asked = asked_at(ready.revision_id, standing.node)
    window = _window(standing, asked, correction)
    arrived_at = max(sent.arrived_at, ready.saved_at)  # what was typed after the first try arrived after it
    findings = [*window.findings(arrived_at), *that_count(ready.findings)]
    applying = _guarded(standing, ready)
    day = local_day(arrived_at)
    if applying.partner_ids:
        findings += partner_refusals(standing.application_id, asked.confirmation)
    look = last_look(applying.in_the_books(), ready.parties, on=day)
    if look.debarments - ready.debarred:
        raise NotReady
    if asked.limits:
        findings += places_findings(asked, applying, look.holdings, day)
    if asked.bundle is not None:
        findings += bundle_findings(asked, applying, look.holdings, day)
    warned = _passed(findings, sent.reason)
    decided = Decided(sent, ready, state, asked, applying, arrived_at, day, window, warned, correction)
    return take(standing, decided)


def _sent_before(standing: Standing, sent: Sent) -> Receipt | None:
    """The receipt of the same submission, where it was written before."""
    if standing.key == sent.key or standing.state != ApplicationState.DRAFT.value or standing.number:
        return earlier_receipt(standing.application_id, sent.key)
    return None


def _correction(standing: Standing) -> Return | None:
    if standing.state != ApplicationState.RETURNED.value:
        return None
    rows = Return.objects.select_for_update(of=("self",))
    return rows.get(application_id=standing.application_id, settled_at__isnull=True)


def _corrected_title(ready: Ready) -> str:
    """The title as it was corrected; until then the application went by the one that was submitted."""
    return title_in(whole_answers(Version.objects.get(pk=ready.saved_id)))


def _ready(standing: Standing, sent: Sent, correction: Return | None) -> Ready:
    """What was made ready. Raises NotReady: it is of another version or revision, or too old."""
    ready = standing.ready
    if ready is None or ready.version != standing.version:
        raise NotReady
    if correction is None and ready.revision_id != standing.revision_id:
        raise NotReady
    if sent.at - ready.asked_at > FRESH or local_day(sent.at) != local_day(ready.asked_at):
        raise NotReady
    return ready


def _window(standing: Standing, asked: Asked, correction: Return | None) -> Window:
    """When this one is taken: by the call's deadline, or a correction until the day that was set for it."""
    if correction is not None:
        return correction_window(standing.call_state, correction)
    grace = standing.grace_seconds
    return Window(standing.call_state, standing.opens_at, standing.deadline_at, grace, asked.deadline)


def _guarded(standing: Standing, ready: Ready) -> Applying:
    """Lock what everybody has in hand whose places are counted."""
    partners = taking.partners_of(standing)
    applying = Applying(
        standing.association_id,
        standing.application_id,
        standing.unit_id,
        partners,
        standing.leader_id,
        ready.of_record,
    )
    taking.hold_guards(standing.association_id, applying.guarded)
    return applying


def _passed(findings: list[Finding], reason: str) -> tuple[str, ...]:
    """Return the codes of the warnings that were passed.

    Raises:
        Refused: something refuses, or there are warnings and no reason is given; with all of them.
    """
    stops = [each for each in findings if each.weight is Weight.REFUSE]
    warnings = [each for each in findings if each.weight is Weight.WARN]
    if stops or (warnings and not reason.strip()):
        raise Refused(*stops, *warnings)
    return tuple(dict.fromkeys(each.code for each in warnings))
