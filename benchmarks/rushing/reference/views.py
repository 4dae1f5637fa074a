"""Submit through the models, and by hand.

Both lock, look at state, call and deadline, write the same rows with the same digests, and answer the receipt.
"""

import hashlib
import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, JsonResponse

from keqiao.web.applications.models import Application, NumberSeries, Submission, Version
from keqiao.web.audit.models import ChainHead, Event
from keqiao.web.notifications.models import Message
from keqiao.web.programmes.models import Offer
from keqiao.web.registers.models import Holding

STEM = "reference-{number:04}"
KINDS = ("applications.application", "registers.holding")
TEMPLATE, ADDRESS, FORM = "application.receipt", "user@example.org", "0" * 64
PAGE = "https://kexie.example.org/applications/receipts/"
CHINA = timedelta(hours=8)
ACT, ROLE = "submitted", "applicant"
TAKING = ("published", "open", "closed")


def sha(text: str) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def frozen(pk: uuid.UUID, title: str, answers: Any) -> str:
    """The content as canonical JSON."""
    said = {"application": str(pk), "title": title, "answers": answers}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link_digest(place: tuple[str, str, int, str], data: dict[str, Any], by: tuple[Any, datetime]) -> str:
    """The digest of a link of a chain, over all that the event says: what the product's own check reads again."""
    kind, case, sequence, before = place
    said = {
        "act": ACT, "actor": str(uuid.UUID(str(by[0]))), "at": by[1].isoformat(timespec="microseconds"),
        "chain": [kind, case], "data": data, "previous": before, "reason": "", "role": ROLE, "sequence": sequence,
    }  # fmt: skip
    return sha(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def by_models(request: HttpRequest, pk: uuid.UUID) -> JsonResponse:
    """As one would write it."""
    answer, status = submit_by_models(pk, request.POST["key"])
    return JsonResponse(answer, status=status)


def submit_by_models(pk: uuid.UUID, key: str) -> tuple[dict[str, str], int]:
    """The act alone."""
    now = datetime.now(UTC)
    with transaction.atomic():
        rows = Application.objects.select_for_update(of=("self",)).select_related("call")
        application = rows.get(pk=pk)
        offer = Offer.objects.get(call=application.call_id, node=application.node)
        if application.state != "draft" or application.call.state not in TAKING or offer.deadline_at < now:
            return {"error": "state"}, 409
        version = Version.objects.get(application=application, number=application.version)
        content = frozen(pk, application.title, version.answers)
        series, _ = NumberSeries.objects.get_or_create(association_id=application.association_id, stem=STEM)
        NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
        series.refresh_from_db()
        application.state, application.number = "submitted", f"reference-{series.last:04d}"
        application.key, application.submitted_at = key, now
        application.save(update_fields=["state", "number", "key", "submitted_at"])
        submission = _submission(application, version, content, (now, offer.deadline_at))
        holding = Holding.objects.create(
            association_id=application.association_id, party_id=application.unit_id, project=str(pk),
            title=application.title, call="c", path=["c1"], year=2026, stage="applied", lead_id=application.unit_id,
            since=(now + CHINA).date(), source="application", entered_by_id=application.created_by_id, entered_at=now,
        )  # fmt: skip
        said = (
            (str(pk), _said(submission.pk, version.number, submission.digest, now)),
            (str(holding.pk), {"party": str(application.unit_id), "year": 2026}),
        )
        for kind, (case, data) in zip(KINDS, said, strict=True):
            head, _ = ChainHead.objects.select_for_update().get_or_create(kind=kind, case_id=case)
            by = (application.created_by_id, now)
            digest = link_digest((kind, case, head.sequence + 1, head.digest), data, by)
            Event.objects.create(
                chain_kind=kind, chain_id=case, sequence=head.sequence + 1, act=ACT, role=ROLE, at=now,
                actor_id=application.created_by_id, data=data, previous_digest=head.digest, digest=digest,
            )  # fmt: skip
            head.sequence, head.digest = head.sequence + 1, digest
            head.save(update_fields=["sequence", "digest"])
        _letters(application, submission, now)
    return {"number": application.number, "digest": submission.digest}, 200


def _submission(
    application: Application, version: Version, content: str, times: tuple[datetime, datetime]
) -> Submission:
    now, deadline = times
    return Submission.objects.create(
        application=application, association_id=application.association_id, ordinal=1, key=application.key,
        number=application.number, version=version.number, saved=version, revision_id=application.revision_id,
        specification=FORM, content=content, digest=sha(content), arrived_at=now, taken_at=now, deadline_at=deadline,
        submitted_by_id=application.created_by_id,
    )  # fmt: skip


def _letters(application: Application, submission: Submission, now: datetime) -> None:
    page = f"{PAGE}{submission.pk}/"
    variables = {
        "title": application.title, "number": submission.number, "digest": submission.digest, "url": page
    }  # fmt: skip
    about = {"about_kind": KINDS[0], "about_id": str(application.pk), "queued_at": now, "due_at": now}
    for channel, more in (("in_app", {"state": "sent", "settled_at": now}), ("mail", {"address": ADDRESS})):
        Message.objects.create(
            key=f"receipt:{submission.pk.hex}:{channel}", channel=channel, recipient_id=application.created_by_id,
            template=TEMPLATE, variables=variables, language="zh-hans", **about, **more,
        )  # fmt: skip


def by_hand(request: HttpRequest, pk: uuid.UUID) -> JsonResponse:
    """The same rows, each table in one statement."""
    answer, status = submit_by_hand(pk, request.POST["key"])
    return JsonResponse(answer, status=status)


READ = (
    "SELECT a.state, a.title, a.unit_id, a.association_id, a.revision_id, a.created_by_id, v.id, v.answers, v.number, "
    "c.state, o.deadline_at FROM applications_application a "
    "JOIN applications_version v ON v.application_id = a.id AND v.number = a.version "
    "JOIN programmes_call c ON c.id = a.call_id JOIN programmes_offer o ON o.call_id = a.call_id AND o.node = a.node "
    "WHERE a.id = %s"
)
SERIES = (
    "INSERT INTO applications_numberseries (association_id, stem, last) VALUES (%s, %s, 1) "
    "ON CONFLICT (association_id, stem) DO UPDATE SET last = applications_numberseries.last + 1 RETURNING last"
)
MARK = "UPDATE applications_application SET state = 'submitted', number = %s, key = %s, submitted_at = %s WHERE id = %s"
SUBMISSION = (
    "INSERT INTO applications_submission (id, application_id, association_id, ordinal, key, number, version, saved_id, "
    "revision_id, specification, content, digest, arrived_at, taken_at, deadline_at, grace_seconds, warnings, "
    "submitted_by_id) VALUES (%s, %s, %s, 1, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0, '[]', %s)"
)
HOLDING = (
    "INSERT INTO registers_holding (id, association_id, party_id, project, title, call, path, year, stage, lead_id, "
    "mark, since, source, entered_by_id, entered_at, taken_back_reason) "
    "VALUES (%s, %s, %s, %s, %s, 'c', '[\"c1\"]', 2026, 'applied', %s, '', %s, 'application', %s, %s, '')"
)
HEADS = (
    "SELECT kind, case_id, sequence, digest FROM audit_chainhead "
    "WHERE (kind = %s AND case_id = %s) OR (kind = %s AND case_id = %s)"
)
EVENT_ROW = "(%s, %s, %s, 'submitted', %s, 'applicant', %s, '', %s, %s, %s)"
EVENTS = (
    "INSERT INTO audit_event (chain_kind, chain_id, sequence, act, actor_id, role, at, reason_digest, data, "
    f"previous_digest, digest) VALUES {EVENT_ROW}, {EVENT_ROW}"
)
MOVED = (
    "INSERT INTO audit_chainhead (kind, case_id, sequence, digest) VALUES (%s, %s, %s, %s), (%s, %s, %s, %s) "
    "ON CONFLICT (kind, case_id) DO UPDATE SET sequence = excluded.sequence, digest = excluded.digest"
)
LETTER_ROW = "(%s, %s, %s, %s, %s, %s, %s, 'zh-hans', %s, %s, '[]', '', %s, 0, 0, %s, %s, %s, '')"
LETTERS = (
    "INSERT INTO notifications_message (id, key, channel, recipient_id, address, template, variables, language, "
    "about_kind, about_id, encloses, in_reply_to, state, attempts, parts_sent, queued_at, due_at, settled_at, fault) "
    f"VALUES {LETTER_ROW}, {LETTER_ROW}"
)


def submit_by_hand(pk: uuid.UUID, key: str) -> tuple[dict[str, str], int]:
    """The act alone."""
    now, is_lite = datetime.now(UTC), connection.vendor == "sqlite"
    moment = now.replace(tzinfo=None) if is_lite else now
    at = str(moment) if is_lite else now

    def plain(value: uuid.UUID) -> Any:
        return value.hex if is_lite else value

    with transaction.atomic(), connection.cursor() as c:
        c.execute(READ + ("" if is_lite else " FOR UPDATE OF a"), [plain(pk)])
        state, title, unit, owner, revision, user, saved, answers, number, taking, deadline = c.fetchone()
        if state != "draft" or taking not in TAKING or deadline < moment:
            return {"error": "state"}, 409
        until = str(deadline) if is_lite else deadline
        content = frozen(pk, title, json.loads(answers))
        digest, sub, line = sha(content), uuid.uuid4(), uuid.uuid4()
        c.execute(SERIES, [owner, STEM])
        receipt = f"reference-{c.fetchone()[0]:04d}"
        c.execute(MARK, [receipt, key, at, plain(pk)])
        c.execute(SUBMISSION, [plain(sub), plain(pk), owner, key, receipt, number, saved, revision, FORM, content,
                               digest, at, at, until, user])  # fmt: skip
        day = (now + CHINA).date().isoformat()
        c.execute(HOLDING, [plain(line), owner, unit, str(pk), title, unit, day, user, at])
        cases = list(zip(KINDS, (str(pk), str(line)), strict=True))
        c.execute(HEADS, [*cases[0], *cases[1]])
        last = {(kind, case): (sequence, before) for kind, case, sequence, before in c.fetchall()}
        said = _said(sub, number, digest, now), {"party": str(unit), "year": 2026}
        links = [
            (*_link(kind, case, *last.get((kind, case), (0, "")), data, (user, now)), json.dumps(data))
            for (kind, case), data in zip(cases, said, strict=True)
        ]
        c.execute(EVENTS, [v for k, case, n, b, d, text in links for v in (k, case, n, user, at, text, b, d)])
        c.execute(MOVED, [v for k, case, n, _, d, _ in links for v in (k, case, n, d)])
        letter = json.dumps({"title": title, "number": receipt, "digest": digest, "url": f"{PAGE}{sub}/"})
        about = (KINDS[0], str(pk))
        c.execute(LETTERS, [
            plain(uuid.uuid4()), f"receipt:{sub.hex}:in_app", "in_app", user, "", TEMPLATE, letter, *about, "sent", at,
            at, at,
            plain(uuid.uuid4()), f"receipt:{sub.hex}:mail", "mail", user, ADDRESS, TEMPLATE, letter, *about, "queued",
            at, at, None,
        ])  # fmt: skip
    return {"number": receipt, "digest": digest}, 200


def _said(submission: uuid.UUID, version: int, digest: str, now: datetime) -> dict[str, Any]:
    """What the event of submitting says."""
    return {"submission": str(submission), "version": version, "digest": digest, "arrived": now.isoformat()}


def _link(*said: Any) -> tuple[str, str, int, str, str]:
    kind, case, sequence, before, data, by = said
    return kind, case, sequence + 1, before, link_digest((kind, case, sequence + 1, before), data, by)
