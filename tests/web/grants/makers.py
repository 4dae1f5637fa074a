"""Makers of grants: a call whose form has targets and a budget, confirmed selections, a signed agreement."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.accounts.roles import Role
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.approvals.actions import approve as agree
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.filing.actions.stamped import make_page, take_scan
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.printed_pages import page_pdf
from keqiao.web.grants.actions import agreements, instalments, receipts
from keqiao.web.grants.actions.beginning import Beginning, begin_grants
from keqiao.web.grants.asking import ask
from keqiao.web.grants.models import Grant, Instalment, Receipt
from keqiao.web.grants.owed import GRANT
from keqiao.web.grants.papers import PURPOSE
from keqiao.web.grants.terms import fingerprint
from keqiao.web.grants.to_be_stamped import KINDS
from keqiao.web.parties.queries import local_day
from tests.web import make
from tests.web.applications import makers as applying

NOW = applying.NOW
DAY = local_day(NOW)
AMOUNT = 3_000_000
"""Fen: what the category of ``make.definition`` gives."""
FIELDS = [
    *applying.FIELDS,
    {"id": "targets", "kind": "targets", "label": "绩效指标"},
    {"id": "budget", "kind": "budget", "label": "经费预算", "basis": False},
]
ANSWERS = {
    "targets": [
        {"target": "c1.t1", "metric": "活动", "op": ">=", "value": 8, "unit": "场"},
        {"metric": "志愿者", "op": ">=", "value": 30, "unit": "人"},
    ],
    "budget": [
        {"item": "场地费", "grant": 1_000_000, "own": 500_000},
        {"item": "讲师费", "grant": 2_000_000},
    ],
}
NO_MONEY = {"id": "c1", "name": "选题", "outcome": {"kind": "topic"}, "funding": {"kind": "none"}}


def call(**statements: Any) -> Any:
    """A published call whose form asks for targets and a budget, with its last day of work."""
    forms = [{"id": "f1", "title": "申报书", "fields": FIELDS}]
    stated = {"forms": forms, "completion": {"on": "2027-05-31"}, **statements}
    return make.published_call(make.association(), applying.definition(**stated))


def selected(of: Any, amount_fen: int | None = AMOUNT, actor: Any = None, **details: Any) -> Selection:
    """A confirmed selection of a submitted application."""
    answers = details.pop("answers", ANSWERS)
    application = applying.submitted(of, actor, **answers)
    officer = make.officer(of.association)
    made = {
        "association": of.association,
        "revision": application.revision,
        "made_by": officer,
        "made_at": NOW,
    }
    decision = Decision.objects.get_or_create(call=of, defaults=made)[0]
    return Selection.objects.create(
        association=of.association,
        decision=decision,
        call=of,
        application=application,
        state=SelectionState.CONFIRMED.value,
        amount_fen=amount_fen,
        decided_at=NOW,
        **details,
    )


def fresh(row: Any) -> Any:
    """A row as it stands in the table now."""
    return type(row).objects.get(pk=row.pk)


class Place:
    """A call with one grant, and everybody who acts on it."""

    def __init__(self, shares: tuple[int, ...] = (100,), **statements: Any) -> None:
        self.call = statements.pop("call", None) or call(**statements)
        self.unit = applying.unit()
        self.applicant = applying.applicant(self.unit)
        body = self.call.association.organisation
        self.officer = make.officer(self.call.association)
        self.leader, self.finance = make.holder(Role.LEADER, body), make.holder(Role.FINANCE, body)
        details = {"answers": statements.pop("answers", ANSWERS)}
        amount = statements.pop("amount", AMOUNT)
        self.selection = selected(self.call, amount, self.applicant, **details)
        waiting = Selection.objects.filter(call=self.call, grant__isnull=True).count()
        begun = begin_grants(self.call.pk, Beginning(shares=shares), waiting, actor=self.officer, at=NOW)
        self.pk = next(each.pk for each in begun if each.selection_id == self.selection.pk)

    @property
    def grant(self) -> Grant:
        """The grant as it stands now."""
        return Grant.objects.get(pk=self.pk)

    def by(self, who: str) -> dict[str, Any]:
        """Who acts, and when."""
        return {"actor": getattr(self, who), "at": NOW}

    def instalment(self, ordinal: int = 1) -> Instalment:
        """One of its instalments."""
        return Instalment.objects.get(grant_id=self.pk, ordinal=ordinal)

    def sent(self) -> "Place":
        """The agreement is sent."""
        agreements.send(self.pk, **self.by("officer"))
        return self

    def stamped(self, at: Any = NOW) -> "Place":
        """Its page is printed, and comes back as a PDF."""
        page = make_page((GRANT, self.pk), actor=self.applicant, at=at)
        pdf = page_pdf(page, KINDS[0].to_sign(self.applicant, self.pk, at))
        wanted = Announced(STAMPED, "page.pdf", len(pdf), self.grant.association_id)
        file = store_upload(SimpleUploadedFile("page.pdf", pdf), wanted, actor=self.applicant, at=at)
        take_scan(file, actor=self.applicant, at=at)
        return self

    def signed(self) -> "Place":
        """All have signed."""
        self.sent().stamped()
        agreements.sign(self.pk, fingerprint(self.grant), **self.by("officer"))
        return self

    def paid(self, ordinal: int = 1, voucher: str = "") -> "Place":
        """An instalment is asked for, approved and paid."""
        row = self.instalment(ordinal)
        self.agreed(ask("grants.pay", row.pk, "", **self.by("officer")), "finance")
        instalments.pay(row.pk, voucher or f"B{ordinal}", DAY, **self.by("finance"))
        return self

    def agreed(self, approval: Any, who: str) -> None:
        """A second person agrees."""
        agree(approval.pk, **self.by(who))

    def receipt(self, number: str, line: str, fen: int) -> Receipt:
        """A receipt that the unit hands in."""
        content = b"%PDF-1.4\n" + number.encode() + b"\n%%EOF\n"
        wanted = Announced(PURPOSE, f"{number}.pdf", len(content), self.grant.association_id)
        file = store_upload(SimpleUploadedFile(f"{number}.pdf", content), wanted, **self.by("applicant"))
        claimed = receipts.Claimed(number, line, "付讲课费", DAY, fen, file.pk)
        return receipts.claim(self.pk, claimed, **self.by("applicant"))


def later() -> Any:
    """A day ahead of the clock of the machine."""
    return local_day(timezone.now()) + timedelta(days=30)
