"""The money of a grant through its acts: paid by two people, receipts judged, changes, settlement; the books agree."""

import pytest
from django.db import DatabaseError, transaction

from keqiao.core.money.ledger import broken_identities
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.actions import refuse as disagree
from keqiao.web.approvals.actions import withdraw
from keqiao.web.approvals.acts import NotExecuted
from keqiao.web.grants.actions import changes, instalments, receipts, settling
from keqiao.web.grants.actions.changes import Wanted
from keqiao.web.grants.asking import ask
from keqiao.web.grants.ledger import account_of, entries_of
from keqiao.web.grants.models import ChangeRequest, LedgerEntry, Settlement
from keqiao.web.grants.verification import CHECKS
from tests.web.append_only import triggers_off
from tests.web.grants.makers import DAY, Place, later

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def faults() -> list[str]:
    return [fault.code for _name, check in CHECKS for fault in check().faults]


def test_a_payment_needs_a_second_person_and_books_its_voucher():
    place = Place().signed()
    approval = ask("grants.pay", place.instalment().pk, "", **place.by("officer"))
    assert place.instalment().state == "requested"

    place.agreed(approval, "leader")
    instalments.pay(place.instalment().pk, "B 001", DAY, **place.by("finance"))
    instalments.confirm(place.instalment().pk, **place.by("applicant"))

    assert (place.instalment().state, place.instalment().voucher) == ("confirmed", "B001")
    assert account_of(place.grant).paid_fen == 3_000_000
    assert faults() == []


def test_a_refused_or_withdrawn_request_leaves_the_instalment_due():
    place = Place().signed()
    row = place.instalment()
    approval = ask("grants.pay", row.pk, "", **place.by("officer"))
    disagree(approval.pk, reason="账户未核对", **place.by("finance"))
    assert (place.instalment().state, place.instalment().words) == ("due", "账户未核对")

    approval = ask("grants.pay", row.pk, "", **place.by("officer"))
    withdraw(approval.pk, **place.by("officer"))
    assert place.instalment().state == "due"


def test_a_bounced_payment_is_due_again_and_is_paid_with_another_voucher():
    place = Place().signed().paid(voucher="B1")
    instalments.bounce(place.instalment().pk, "账号有误", **place.by("finance"))
    assert (place.instalment().state, place.instalment().voucher) == ("due", "")

    approval = ask("grants.pay", place.instalment().pk, "", **place.by("officer"))
    place.agreed(approval, "finance")
    with pytest.raises(Refused) as refused:
        instalments.pay(place.instalment().pk, "B1", DAY, **place.by("finance"))
    assert codes(refused) == ["ledger.twice"]

    instalments.pay(place.instalment().pk, "B2", DAY, **place.by("finance"))
    assert faults() == []


def test_what_is_held_is_asked_for_its_condition_anew():
    place = Place((60, 40)).signed()
    row = place.instalment(2)
    instalments.hold(row.pk, "进度滞后", **place.by("officer"))
    instalments.release(row.pk, "已整改", **place.by("officer"))
    instalments.meet(row.pk, **place.by("officer"))
    instalments.hold(row.pk, "再核", **place.by("leader"))
    instalments.release(row.pk, "已核", **place.by("officer"))

    assert place.instalment(2).state == "planned"
    assert not account_of(place.grant).instalments["第2期"].is_met
    assert faults() == []


def test_receipts_are_admitted_one_by_one_and_less_needs_a_reason():
    place = Place().signed().paid()
    row = place.receipt("F001", "讲师费", 900_000)

    with pytest.raises(Refused) as refused:
        receipts.admit(row.pk, 800_000, "", **place.by("officer"))
    assert codes(refused) == ["grant.reason_missing"]
    receipts.admit(row.pk, 800_000, "超标准部分不予核定", **place.by("officer"))
    with pytest.raises(Refused) as twice:
        place.receipt("F001", "讲师费", 100)
    assert codes(twice) == ["ledger.twice"]
    with pytest.raises(Refused) as above:
        receipts.admit(place.receipt("F002", "场地费", 1_500_000).pk, 1_500_000, "", **place.by("officer"))
    assert codes(above) == ["ledger.above_line"]

    row.refresh_from_db()
    assert (row.admitted_fen, row.reason) == (800_000, "超标准部分不予核定")
    assert faults() == []


def test_a_changed_budget_holds_once_a_second_person_agrees():
    place = Place().signed()
    lines = {"场地费": 500_000, "讲师费": 2_000_000, "印刷费": 500_000}
    row = changes.write(place.pk, Wanted(lines=lines), "改印科普手册", **place.by("applicant"))
    changes.submit(row.pk, **place.by("applicant"))
    approval = ask("grants.change", row.pk, "", **place.by("officer"))
    assert [(each["name"], each["before"], each["after"]) for each in approval.difference[1:]] == [
        ("场地费", "1万元", "5000元"),
        ("印刷费", "0元", "5000元"),
    ]

    place.agreed(approval, "leader")

    assert ChangeRequest.objects.get().state == "approved"
    assert account_of(place.grant).lines == lines
    assert [each["key"] for each in place.grant.lines] == ["场地费", "讲师费", "印刷费"]
    assert faults() == []


def test_a_change_above_the_grant_is_refused_when_it_is_submitted():
    place = Place().signed()
    row = changes.write(place.pk, Wanted(lines={"场地费": 9_000_000}), "增加", **place.by("applicant"))

    with pytest.raises(Refused) as refused:
        changes.submit(row.pk, **place.by("applicant"))

    assert codes(refused) == ["ledger.above_grant"]
    assert ChangeRequest.objects.get().state == "drafted"


def test_a_refused_change_leaves_everything_and_another_one_may_follow():
    place = Place().signed()
    row = changes.write(place.pk, Wanted(title="流动科技馆进乡村"), "更准确", **place.by("applicant"))
    changes.submit(row.pk, **place.by("applicant"))
    changes.refuse(row.pk, "名称以公示为准", **place.by("officer"))
    again = changes.write(place.pk, Wanted(title="流动科技馆"), "再改", **place.by("applicant"))

    changes.submit(again.pk, **place.by("applicant"))
    changes.take_note(again.pk, "管理办法第九条", **place.by("officer"))

    assert place.grant.title == "流动科技馆"
    assert faults() == []


def settled(place: Place, admitted: int) -> Settlement:
    """Everything claimed on one line, judged, and the settlement admitted by finance."""
    if admitted:
        row = place.receipt("F1", "讲师费", admitted)
        receipts.admit(row.pk, admitted, "", **place.by("officer"))
    row = settling.open_settlement(place.pk, **place.by("applicant"))
    settling.submit(row.pk, "", **place.by("applicant"))
    place.agreed(ask("grants.admit", row.pk, "", **place.by("officer")), "finance")
    return Settlement.objects.get(pk=row.pk)


def test_what_is_left_comes_back_and_the_books_are_closed():
    place = Place().signed().paid()
    row = settled(place, 2_000_000)
    assert row.state == "admitted"

    settling.demand(row.pk, later(), **place.by("finance"))
    settling.receive(row.pk, "R1", **place.by("finance"))

    row.refresh_from_db()
    assert (row.state, row.demanded_fen) == ("closed", 1_000_000)
    assert account_of(place.grant).is_closed
    assert broken_identities(entries_of(place.grant)) == []
    assert faults() == []


def test_what_is_waived_leaves_the_ledger_and_closes_it():
    place = Place().signed().paid()
    row = settled(place, 2_000_000)
    settling.demand(row.pk, later(), **place.by("finance"))

    place.agreed(ask("grants.waive", row.pk, "不足一千元", **place.by("officer")), "leader")

    row.refresh_from_db()
    assert (row.state, row.waived_fen) == ("closed", 1_000_000)
    account = account_of(place.grant)
    assert (account.waived_fen, account.in_hand_fen, account.is_closed) == (1_000_000, 0, True)
    assert faults() == []
    again = ask("grants.reopen", row.pk, "再核", **place.by("officer"))
    with pytest.raises(NotExecuted) as refused:
        place.agreed(again, "finance")
    assert isinstance(refused.value.__cause__, Refused)
    assert [each.code for each in refused.value.__cause__.findings] == ["ledger.closed"]
    row.waived_fen = 999_999
    row.save()
    assert faults() == ["grant.settlement_differs"]


def test_a_settlement_waits_for_receipts_and_payments():
    place = Place((50, 50)).signed().paid()
    receipt = place.receipt("F1", "讲师费", 100)
    row = settling.open_settlement(place.pk, **place.by("applicant"))
    settling.submit(row.pk, "", **place.by("applicant"))

    with pytest.raises(Refused) as refused:
        ask("grants.admit", row.pk, "", **place.by("officer"))
    assert codes(refused) == ["ledger.not_judged"]
    receipts.admit(receipt.pk, 100, "", **place.by("finance"))
    with pytest.raises(Refused) as unpaid:
        ask("grants.admit", row.pk, "", **place.by("officer"))
    assert codes(unpaid) == ["grant.instalments_open"]

    place.agreed(ask("grants.cancel", place.instalment(2).pk, "任务减少", **place.by("officer")), "leader")
    place.agreed(ask("grants.admit", row.pk, "", **place.by("officer")), "finance")
    assert faults() == []


def test_the_table_refuses_to_change_the_ledger_and_verification_notices_when_it_was():
    place = Place().signed().paid()
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(grant_id=place.pk).update(values={})
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(grant_id=place.pk).first().delete()

    with triggers_off():
        last = LedgerEntry.objects.filter(grant_id=place.pk, kind="Pay").get()
        LedgerEntry.objects.filter(pk=last.pk).update(values={"instalment": "第1期", "voucher": "X"})
    assert faults() == ["grant.instalments_differ"]
