"""From the confirmed selection to the signed agreement: begun together, carried over, sent, stamped, given up."""

import io
from datetime import date

import docx
import pytest
from django.urls import reverse

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from keqiao.web.grants import queries
from keqiao.web.grants.actions import agreements
from keqiao.web.grants.actions.agreements import Drafted, Payment
from keqiao.web.grants.actions.beginning import Beginning, begin_grants
from keqiao.web.grants.agreement_paper import file_of
from keqiao.web.grants.asking import ask
from keqiao.web.grants.ledger import entries_of
from keqiao.web.grants.models import Grant
from keqiao.web.grants.terms import fingerprint
from keqiao.web.notifications.models import Message
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.grants import makers
from tests.web.grants.makers import AMOUNT, NOW, Place

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def events(pk) -> list[str]:
    return list(Event.objects.filter(chain_id=str(pk)).order_by("sequence").values_list("act", flat=True))


def open_duties(pk) -> list[str]:
    rows = Duty.objects.filter(about_id=str(pk), settled_at__isnull=True)
    return sorted(set(rows.values_list("kind", flat=True)))


def test_a_grant_takes_over_what_was_submitted_untouched():
    grant = Place().grant

    assert grant.number.endswith("-P001")
    assert (grant.title, grant.amount_fen) == ("流动科技馆进乡镇", AMOUNT)
    assert (grant.begins_on, grant.ends_on) == (makers.DAY, date(2027, 5, 31))
    assert [(row["metric"], row["value"]) for row in grant.targets] == [("活动", 8), ("志愿者", 30)]
    assert [(row["key"], row["grant_fen"], row["own_fen"]) for row in grant.lines] == [
        ("场地费", 1_000_000, 500_000),
        ("讲师费", 2_000_000, 0),
    ]
    assert grant.content == [["项目内容", "面向六个乡镇开展巡展。"]]


def test_the_targets_have_the_numbers_that_were_promised():
    targets = queries.targets_of(Place().grant)

    assert [(each.id, int(each.value), each.unit) for each in targets] == [
        ("c1.t1", 8, "场"),
        ("own1", 30, "人"),
    ]


def test_a_part_of_what_was_applied_for_shrinks_budget_and_targets():
    call = makers.call()
    makers.selected(call, 1_500_000, scope={"c1.t1": 4})
    (grant,) = begin_grants(call.pk, Beginning(), 1, actor=make.officer(call.association), at=NOW)

    assert [row["grant_fen"] for row in grant.lines] == [500_000, 1_000_000]
    assert [row["value"] for row in grant.targets] == [4, 15]


def test_all_that_were_shown_begin_or_none():
    call = makers.call()
    makers.selected(call)
    makers.selected(call)
    officer = make.officer(call.association)

    with pytest.raises(Refused) as refused:
        begin_grants(call.pk, Beginning(), 1, actor=officer, at=NOW)
    assert (codes(refused), Grant.objects.count()) == (["grant.other_number"], 0)

    begun = begin_grants(call.pk, Beginning(shares=(60, 40)), 2, actor=officer, at=NOW)
    assert [each.ordinal for each in begun] == [1, 2]
    rows = begun[0].instalments.values_list("name", "amount_fen", "condition")
    assert list(rows) == [("第1期", 1_800_000, "signed"), ("第2期", 1_200_000, "acceptance")]
    with pytest.raises(Refused) as again:
        begin_grants(call.pk, Beginning(), 0, actor=officer, at=NOW)
    assert codes(again) == ["grant.none_waiting"]


def test_a_topic_without_money_has_an_agreement_and_no_ledger():
    forms = [{"id": "f1", "title": "申报书", "fields": applying.FIELDS}]
    place = Place(call=makers.call(categories=[makers.NO_MONEY], forms=forms), amount=None, answers={})

    place.signed()

    assert (place.grant.state, place.grant.outcome, place.grant.lines) == ("running", "topic", [])
    assert entries_of(place.grant) == []


def test_it_is_signed_once_its_stamped_page_has_come_and_its_money_is_booked():
    place = Place().sent()
    assert open_duties(place.pk) == ["grants.sign"]
    assert (
        Message.objects.filter(template="grants.sent", channel="mail").get().recipient_id
        == place.applicant.pk
    )

    with pytest.raises(Refused) as refused:
        agreements.sign(place.pk, fingerprint(place.grant), **place.by("officer"))
    assert codes(refused) == ["grant.page_none"]

    place.stamped()
    agreements.sign(place.pk, fingerprint(place.grant), **place.by("officer"))

    assert events(place.pk) == ["awarded", "sent", "signed", "started"]
    assert [type(each).__name__ for each in entries_of(place.grant)] == ["Approve", "Plan", "Meet"]
    assert place.instalment().state == "due"


def test_a_page_stamped_before_a_change_does_not_count():
    place = Place().sent().stamped()
    agreements.take_back(place.pk, "期限有误", **place.by("officer"))
    payment = Payment("第1期", AMOUNT, "signed")
    agreements.draft(
        place.pk,
        Drafted(makers.DAY, date(2027, 3, 31), None, ["成果标注来源。"], [payment]),
        **place.by("officer"),
    )
    place.sent()

    with pytest.raises(Refused) as refused:
        agreements.sign(place.pk, fingerprint(place.grant), **place.by("officer"))

    assert codes(refused) == ["grant.page_outdated"]


def test_instalments_that_are_not_the_amount_are_refused():
    place = Place()

    drafted = Drafted(makers.DAY, None, None, [], [Payment("首期", 100)])

    with pytest.raises(Refused) as refused:
        agreements.draft(place.pk, drafted, **place.by("officer"))

    assert codes(refused) == ["grant.plan_not_amount"]


def test_what_the_unit_gives_up_is_freed_by_another_person():
    place = Place().sent()
    agreements.give_up(place.pk, "人手不足", **place.by("applicant"))
    assert fresh_state(place) == SelectionState.CONFIRMED.value

    agreements.free_place(place.pk, **place.by("officer"))

    assert fresh_state(place) == SelectionState.DROPPED.value
    assert events(place.pk) == ["awarded", "sent", "given_up", "place_freed"]


def test_an_officer_does_not_free_what_the_same_officer_gave_up():
    place = Place().sent()
    agreements.give_up(place.pk, "来函放弃", **place.by("officer"))

    with pytest.raises(Refused) as refused:
        agreements.free_place(place.pk, **place.by("officer"))

    assert codes(refused) == ["grant.same_person"]


def fresh_state(place: Place) -> str:
    return str(makers.fresh(place.selection).state)


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_agreement_is_a_file_of_the_same_values(form, begins):
    place = Place()

    name, content = file_of(queries.grant_for(place.officer, place.pk, NOW), form)

    assert name == f"{place.grant.number} 项目任务书.{form}"
    assert content.startswith(begins)


def test_the_agreement_stays_readable_when_an_instalment_was_given_up(client):
    place = Place((50, 50)).signed().paid()
    place.agreed(ask("grants.cancel", place.instalment(2).pk, "任务减少", **place.by("officer")), "leader")
    client.force_login(place.officer)

    page = client.get(reverse("grants:agreement", args=[place.pk]))
    file = client.get(reverse("grants:agreement_file", args=[place.pk, "docx"]))

    assert "其余 1.5万元 不再拨付" in page.content.decode()
    words = [each.text for each in docx.Document(io.BytesIO(file.content)).paragraphs]
    assert "（二）其余1.5万元不再拨付。" in words


def test_nobody_else_sees_a_grant_and_its_unit_only_once_it_was_sent():
    place, other = Place(), Place()
    assert [_sees(place, who) for who in ("officer", "finance", "leader", "applicant")] == [
        True,
        True,
        True,
        False,
    ]

    place.sent()

    assert [_sees(place, who) for who in ("applicant",)] == [True]
    assert not Grant.objects.filter(queries.grants.grants_seen(other.officer, NOW), pk=place.pk).exists()


def _sees(place: Place, who: str) -> bool:
    return Grant.objects.filter(queries.grants.grants_seen(getattr(place, who), NOW), pk=place.pk).exists()
