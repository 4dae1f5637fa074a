"""Objections through their acts: taken up or turned away, looked into by somebody apart, decided by a leader."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.core.lifecycle import NotAllowed
from keqiao.web.accounts.roles import Role
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.acts import NotExecuted
from keqiao.web.audit.log import ERASED
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from keqiao.web.notifications.models import Message
from keqiao.web.public_notice import actions, approving, queries
from keqiao.web.public_notice.models import Objection, Proof
from keqiao.web.public_notice.verification import CHECKS
from tests.web import make
from tests.web.public_notice import makers
from tests.web.public_notice.makers import NOW, fresh

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def rows() -> list[Any]:
    return makers.selections(makers.call())


@pytest.fixture
def officer(rows: list[Any]) -> Any:
    return makers.people(rows[0].call)[0]


@pytest.fixture
def leader(rows: list[Any]) -> Any:
    return makers.people(rows[0].call)[1]


@pytest.fixture
def notice(rows: list[Any], officer: Any, leader: Any) -> Any:
    return makers.posted(rows[:2], officer, leader)


@pytest.fixture
def item(notice: Any) -> Any:
    return queries.listed_in(notice)[0]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def duties(row: Any) -> list[str]:
    found = Duty.objects.filter(about_id=str(row.pk), settled_at__isnull=True)
    return sorted(found.values_list("kind", flat=True))


def verified() -> list[str]:
    return [fault.code for _name, check in CHECKS for fault in check().faults]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": " "}, "objection.anonymous"),
        ({"contact": ""}, "objection.anonymous"),
        ({"grounds": "不公平"}, "objection.no_grounds"),
    ],
)
def test_who_has_no_name_contact_or_grounds_is_told_so_and_nothing_is_kept(item, said, code):
    with pytest.raises(Refused) as refused:
        makers.objected(item, **said)

    assert codes(refused) == [code]
    assert not Objection.objects.exists()


def test_after_the_last_day_it_is_too_late(notice, item):
    with pytest.raises(Refused) as refused:
        makers.objected(item, at=makers.after(notice))

    assert codes(refused) == ["objection.late"]


def test_it_has_a_number_and_a_private_link_and_the_table_holds_no_secret(item):
    objection, secret = makers.objected(item)

    assert objection.number.startswith("YY2026")
    assert queries.objection_with_secret(secret) == objection
    assert queries.objection_with_secret(secret + "x") is None
    assert secret not in fresh(objection).key
    assert duties(objection) == ["public_notice.handle_objection"]


def test_who_objected_lies_locked(item):
    objection, _secret = makers.objected(item, mail="w@example.org")

    (stored,) = Objection.objects.filter(pk=objection.pk).values_list("name", "contact", "mail")
    assert "王异议" not in str(stored)
    assert "13900001234" not in str(stored)
    assert fresh(objection).contact.plain() == "13900001234"
    assert str(fresh(objection).contact) == "139****1234"


def test_a_mail_to_the_objector_names_no_project_and_no_link(item):
    _objection, secret = makers.objected(item, mail="w@example.org")

    message = Message.objects.get(template="public_notice.objection_received")
    assert message.address == "w@example.org"
    assert set(message.variables) == {"number", "day"}
    assert secret not in str(message.variables)


def test_proof_is_kept_and_read_by_the_office_alone(item, officer, notice):
    upload = SimpleUploadedFile("照片.pdf", PDF)
    objection, _secret = makers.objected(item, files=(upload,))

    (proof,) = queries.proofs_of(objection)
    assert proof.file.name == "照片.pdf"
    assert proof.file.association_id == notice.association_id
    assert Proof.objects.count() == 1


def test_taken_up_it_holds_its_own_project_and_no_other(rows, item, officer):
    objection, _secret = makers.objected(item)
    assert makers.states(rows[:2]) == ["in_notice", "in_notice"]

    actions.accept(objection.pk, actor=officer, at=NOW)

    assert makers.states(rows[:2]) == ["held", "in_notice"]
    assert verified() == []


def test_asked_for_more_it_comes_back(item, officer):
    objection, _secret = makers.objected(item)

    actions.ask_for_more(objection.pk, "请写明地点", actor=officer, at=NOW)
    assert duties(objection) == []
    actions.supply(objection.pk, "在城东新区", [], at=NOW)

    assert fresh(objection).state == "raised"
    assert fresh(objection).grounds.endswith("在城东新区")
    assert duties(objection) == ["public_notice.handle_objection"]


def test_turned_away_it_says_why(item, officer, rows):
    objection, _secret = makers.objected(item)

    actions.turn_away(objection.pk, "anonymous", "电话无法接通，姓名不实", actor=officer, at=NOW)

    objection = fresh(objection)
    assert (objection.state, objection.cause) == ("turned_away", "anonymous")
    assert makers.states(rows[:1]) == ["in_notice"]


@pytest.mark.parametrize("part", ["unit", "checked", "endorsed_nothing"])
def test_who_has_a_part_in_it_does_not_look_into_it(item, officer, rows, part):
    objection, _secret = makers.objected(item)
    actions.accept(objection.pk, actor=officer, at=NOW)
    other = make.officer(rows[0].association)
    application = rows[0].application
    if part == "unit":
        make.role_of(other, Role.APPLICANT, application.unit)
    if part == "checked":
        makers.checked(application, other)

    if part == "endorsed_nothing":
        actions.assign(objection.pk, other.pk, actor=officer, at=NOW)
        assert fresh(objection).investigator_id == other.pk
        return
    with pytest.raises(Refused) as refused:
        actions.assign(objection.pk, other.pk, actor=officer, at=NOW)

    code = {"unit": "objection.has_a_part", "checked": "objection.judged_it"}[part]
    assert codes(refused) == [code]
    assert fresh(objection).state == "accepted"


def test_nobody_from_outside_the_office_looks_into_it(item, officer):
    objection, _secret = makers.objected(item)
    actions.accept(objection.pk, actor=officer, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.assign(objection.pk, make.user().pk, actor=officer, at=NOW)

    assert codes(refused) == ["objection.not_of_the_office"]


def test_only_who_was_asked_reports(item, officer, rows):
    objection, _secret = makers.objected(item)
    actions.accept(objection.pk, actor=officer, at=NOW)
    other = make.officer(rows[0].association)
    actions.assign(objection.pk, other.pk, actor=officer, at=NOW)
    assert duties(objection) == ["public_notice.investigate"]

    with pytest.raises(Objection.DoesNotExist):
        actions.find(objection.pk, "属实", is_founded=True, actor=officer, at=NOW)


def test_upheld_its_project_is_out_and_rejected_it_goes_on(rows, notice, officer, leader):
    first, second = queries.listed_in(notice)
    investigator = make.officer(notice.association)
    upheld, rejected = makers.objected(first)[0], makers.objected(second)[0]
    for objection in (upheld, rejected):
        makers.found(objection, officer, investigator)
    assert makers.states(rows[:2]) == ["held", "held"]

    makers.decided(upheld, leader, officer=officer, upheld=True)
    makers.decided(rejected, leader, officer=officer, upheld=False)

    assert makers.states(rows[:2]) == ["dropped", "in_notice"]
    assert [fresh(each).state for each in (upheld, rejected)] == ["upheld", "rejected"]
    assert verified() == []


def test_two_objections_to_one_project_hold_it_until_both_are_decided(rows, notice, officer, leader):
    item = queries.listed_in(notice)[0]
    investigator = make.officer(notice.association)
    one, other = makers.objected(item)[0], makers.objected(item)[0]
    for objection in (one, other):
        makers.found(objection, officer, investigator)

    makers.decided(one, leader, officer=officer, upheld=False)
    assert makers.states(rows[:1]) == ["held"]
    makers.decided(other, leader, officer=officer, upheld=False)

    assert makers.states(rows[:1]) == ["in_notice"]


def test_the_leader_who_looked_into_it_does_not_decide(notice, item, officer, leader):
    objection, _secret = makers.objected(item)
    makers.found(objection, officer, leader)

    with pytest.raises(NotExecuted):
        makers.decided(objection, leader, officer=officer, upheld=True)

    assert fresh(objection).state == "found"


def test_an_officer_does_not_decide(item, officer, notice):
    objection, _secret = makers.objected(item)
    makers.found(objection, officer, make.officer(notice.association))

    with pytest.raises(NotAllowed):
        makers.decided(objection, make.officer(notice.association), officer=officer, upheld=True)


def test_an_open_objection_stands_against_concluding(notice, item, officer):
    objection, _secret = makers.objected(item)
    later = makers.after(notice)
    actions.end_due(later)
    assert duties(notice) == []

    with pytest.raises(Refused) as refused:
        actions.conclude(notice.pk, actor=officer, at=later)
    assert codes(refused) == ["public_notice.objections_open"]

    actions.turn_away(objection.pk, "no_grounds", "没有事实", actor=officer, at=later)
    assert duties(notice) == ["public_notice.conclude"]
    actions.conclude(notice.pk, actor=officer, at=later)
    assert fresh(notice).closing["not_taken_up"] == [str(objection.pk)]


def test_taken_back_it_lets_go_and_the_office_may_go_on(rows, item, officer):
    objection, _secret = makers.objected(item)
    actions.accept(objection.pk, actor=officer, at=NOW)

    actions.take_back_objection(objection.pk, "已与单位沟通", at=NOW)
    assert makers.states(rows[:1]) == ["in_notice"]
    actions.go_on(objection.pk, "情况需要核实", actor=officer, at=NOW)

    assert fresh(objection).state == "accepted"
    assert makers.states(rows[:1]) == ["held"]


def test_the_next_in_rank_takes_the_place_and_goes_a_whole_notice_of_its_own(rows, notice, officer, leader):
    objection, _secret = makers.objected(queries.listed_in(notice)[0])
    makers.found(objection, officer, make.officer(notice.association))
    makers.decided(objection, leader, officer=officer, upheld=True)

    makers.agreed(
        approving.SUBSTITUTE,
        fresh(rows[0]),
        leader,
        officer=officer,
        successor=str(rows[2].pk),
        reason="按名次递补",
    )

    assert makers.states(rows) == ["substituted", "in_notice", "approved"]
    assert fresh(rows[2]).instead_of_id == rows[0].pk
    later = makers.after(notice)
    actions.end_due(later)
    actions.conclude(notice.pk, actor=officer, at=later)
    second = makers.posted(rows[2:], officer, leader, at=later)
    actions.end_due(makers.after(second))
    actions.conclude(second.pk, actor=officer, at=makers.after(second))
    assert makers.states(rows) == ["substituted", "confirmed", "confirmed"]
    assert (fresh(second).last_day - fresh(second).first_day).days >= 4
    assert verified() == []


def test_two_years_later_nobody_knows_who_objected(notice, item, officer):
    objection, _secret = makers.objected(item, mail="w@example.org")
    later = makers.after(notice)
    actions.turn_away(objection.pk, "no_grounds", "没有事实", actor=officer, at=later)
    actions.end_due(later)
    actions.conclude(notice.pk, actor=officer, at=later)

    actions.forget_objectors_due(later + timedelta(days=730))
    assert fresh(objection).name.plain() == "王异议"
    actions.forget_objectors_due(later + timedelta(days=731))

    objection = fresh(objection)
    assert {each.plain() for each in (objection.name, objection.contact, objection.mail)} == {ERASED}
    assert Event.objects.filter(chain_id=str(objection.pk), act="forgotten").count() == 1


def test_a_project_confirmed_under_an_open_objection_is_found(rows, notice, item):
    makers.objected(item)
    type(rows[0]).objects.filter(pk=rows[0].pk).update(state="confirmed")

    assert "objection.confirmed_meanwhile" in verified()
