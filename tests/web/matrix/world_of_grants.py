"""A signed grant in the world with a receipt, a change and a settlement; its private words marked."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.filing.actions.stamped import make_page, take_scan
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.printed_pages import page_pdf
from keqiao.web.grants.actions import agreements, changes, receipts, settling
from keqiao.web.grants.actions.beginning import Beginning, begin_grants
from keqiao.web.grants.owed import GRANT
from keqiao.web.grants.papers import PURPOSE
from keqiao.web.grants.terms import fingerprint
from keqiao.web.grants.to_be_stamped import KINDS
from keqiao.web.parties.queries import local_day
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.grants import makers


def fill(world: Any) -> None:
    """Put it into the world."""
    at = timezone.now()
    programme = applying.definition(
        title=f"第{world.number}号立项通知",
        forms=[{"id": "f1", "title": "申报书", "fields": makers.FIELDS}],
        completion={"on": "2035-05-31"},
        deadline={"on": make.LATER.isoformat()},
    )
    call = make.published_call(world.association, programme)
    applicant = world.people["applicant"]
    application = applying.submitted(call, applicant, **makers.ANSWERS, project=f"{world.owned}进社区")
    made = {"association": world.association, "revision": application.revision}
    decision = Decision.objects.create(call=call, made_by=world.officer, made_at=at, **made)
    Selection.objects.create(
        association=world.association,
        decision=decision,
        call=call,
        application=application,
        state=SelectionState.CONFIRMED.value,
        amount_fen=makers.AMOUNT,
        decided_at=at,
    )
    (grant,) = begin_grants(call.pk, Beginning(), 1, actor=world.officer, at=at)
    agreements.send(grant.pk, actor=world.officer, at=at)
    page = make_page((GRANT, grant.pk), actor=applicant, at=at)
    pdf = page_pdf(page, KINDS[0].to_sign(applicant, grant.pk, at))
    take_scan(_stored(STAMPED, pdf, world, applicant, at), actor=applicant, at=at)
    grant.refresh_from_db()
    agreements.sign(grant.pk, fingerprint(grant), actor=world.officer, at=at)
    file = _stored(PURPOSE, b"%PDF-1.4\n%%EOF\n", world, applicant, at)
    claimed = receipts.Claimed("F1", "讲师费", world.owned, local_day(at), 100, file.pk)
    receipt = receipts.claim(grant.pk, claimed, actor=applicant, at=at)
    wanted = changes.Wanted(title=f"{world.owned}新名")
    change = changes.write(grant.pk, wanted, world.owned, actor=applicant, at=at)
    changes.submit(change.pk, actor=applicant, at=at)
    settlement = settling.open_settlement(grant.pk, actor=applicant, at=at)
    world.objects |= {
        "granted_call": call.pk,
        "grant": grant.pk,
        "instalment": grant.instalments.get().pk,
        "grant_receipt": receipt.pk,
        "grant_change": change.pk,
        "settlement": settlement.pk,
    }


def _stored(purpose: str, content: bytes, world: Any, actor: Any, at: Any) -> Any:
    wanted = Announced(purpose, "page.pdf", len(content), world.association.pk)
    return store_upload(SimpleUploadedFile("page.pdf", content), wanted, actor=actor, at=at)
