"""The pages of the registers: what each shows, does, and hides from other associations."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.approvals.actions import approve
from keqiao.web.approvals.models import Approval
from keqiao.web.registers.actions import keeping
from keqiao.web.registers.models import (
    Debarment,
    KeptRegister,
    Recognition,
    RecognitionScheme,
    SharingPolicy,
    TrackRecord,
)
from tests.web import make
from tests.web.registers import makers
from tests.web.registers.makers import PROGRAM

pytestmark = pytest.mark.django_db


@pytest.fixture
def association():
    return make.association("三门峡市科学技术协会", slug="smx")


@pytest.fixture
def officer(client, association):
    account = make.officer(association)
    client.force_login(account)
    return account


def post(client, name: str, args: list, /, **data) -> int:
    return client.post(reverse(f"registers:{name}", args=args), data).status_code


def lines(association, unit) -> dict[str, list]:
    """The addresses of one line of each kind, by name of the page."""
    register = makers.scheme(association, "市级科技小院")
    line = makers.recognition(register, unit)
    past = makers.past_project(association, unit)
    held = makers.holding(association, unit)
    said = keeping.state_kept(association.pk, keeping.Statement("incidents", "核对"), by=PROGRAM)
    return {
        "overview": [association.pk],
        "new_scheme": [association.pk],
        "scheme": [register.pk],
        "edit_scheme": [register.pk],
        "new_recognition": [register.pk],
        "recognition": [line.pk],
        "merge": [line.pk],
        "follow": [line.pk, "renew"],
        "debarments": [association.pk],
        "new_debarment": [association.pk],
        "debarment": [makers.debarment(association, unit).pk],
        "keeping": [association.pk],
        "sharing": [association.pk],
        "take_back_statement": [said.pk],
        "book": [association.pk, "past"],
        "new_line": [association.pk, "platforms"],
        "line": ["past", past.pk],
        "take_back": ["past", past.pk],
        "result": [past.pk],
        "end": ["holdings", held.pk],
    }


READ_BY_LEADERS = {"overview", "scheme", "recognition", "debarments", "debarment", "book", "line"}


def test_officers_open_every_page_and_officers_of_others_none(client, association, officer):
    pages = lines(association, make.organisation())
    opened = {
        name: client.get(reverse(f"registers:{name}", args=args)).status_code for name, args in pages.items()
    }
    assert opened == dict.fromkeys(pages, 200)

    client.force_login(make.officer(make.association()))
    for method in (client.get, client.post):
        refused = {
            name: method(reverse(f"registers:{name}", args=args)).status_code for name, args in pages.items()
        }
        expected = dict.fromkeys(pages, 404)
        if method == client.post:
            expected |= dict.fromkeys(("overview", "scheme", "debarments", "book"), 405)
        assert refused == expected


def test_leaders_read_and_do_not_write(client, association):
    pages = lines(association, make.organisation())
    client.force_login(make.holder(Role.LEADER, association.organisation))

    opened = {
        name: client.get(reverse(f"registers:{name}", args=args)).status_code for name, args in pages.items()
    }

    assert opened == {name: 200 if name in READ_BY_LEADERS else 404 for name in pages}
    assert post(client, "recognition", pages["recognition"], act="revoke", on="2024-01-01", reason="x") == 404
    assert (
        post(client, "debarment", pages["debarment"], act="file_appeal", on="2024-01-01", reason="x") == 404
    )


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.EXPERT, Role.FINANCE])
def test_others_open_none_of_them(client, association, role):
    pages = lines(association, make.organisation())
    client.force_login(make.holder(role, association.organisation))

    assert {
        client.get(reverse(f"registers:{name}", args=args)).status_code for name, args in pages.items()
    } == {404}


def test_the_party_page_shows_the_lines_of_ones_own_associations_only(client, association, officer):
    unit, other = make.organisation("测试学会"), make.association()
    mine, theirs = makers.past_project(association, unit), makers.past_project(other, unit, title="别家的")

    page = client.get(reverse("registers:party", args=[unit.pk]))
    assert (page.status_code, page.context["of"].past) == (200, [mine])

    client.force_login(make.officer(other))
    assert client.get(reverse("registers:party", args=[unit.pk])).context["of"].past == [theirs]


def test_a_party_is_found_by_a_former_name(client, association, officer):
    unit = make.organisation("测试学会")

    answer = client.get(reverse("registers:overview", args=[association.pk]), {"party": "测试学会"})

    assert answer["Location"] == reverse("registers:party", args=[unit.pk])


def test_an_officer_opens_a_register_and_enters_a_line_with_the_next_number(client, association, officer):
    unit = make.organisation("渑池县小米协会")
    said = {"name": "市级科技小院", "kind": "title", "holder_kind": "organisation", "grades": "优秀、合格"}
    said |= {"validity_years": "3", "number_pattern": "院{year}-{number}", "public": "on"}
    assert post(client, "new_scheme", [association.pk], **said) == 302
    scheme = RecognitionScheme.objects.get()
    assert (scheme.grades, scheme.public) == (["优秀", "合格"], True)

    line = {
        "holder": "渑池县小米协会",
        "valid_from": "2023-05-04",
        "grade": "优秀",
        "source": "文件",
        "stage": "grant",
    }
    assert post(client, "new_recognition", [scheme.pk], **line) == 302
    made = Recognition.objects.get()
    assert (made.party_id, made.number, made.valid_until) == (unit.pk, "院2023-001", date(2026, 5, 3))


def test_all_faults_of_a_line_show_at_once_and_nothing_typed_is_lost(client, association, officer):
    register = makers.scheme(association)
    said = {
        "holder": "没有这家",
        "valid_from": "2023-05-04",
        "valid_until": "2022-01-01",
        "stage": "grant",
        "basis": "甲",
    }

    answer = client.post(reverse("registers:new_recognition", args=[register.pk]), said)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"holder", "valid_until", "source"}
    assert answer.context["form"]["basis"].value() == "甲"


def test_a_step_is_taken_on_the_page_and_stands_in_the_timeline(client, association, officer):
    line = makers.recognition(makers.scheme(association), make.organisation())
    assert post(client, "recognition", [line.pk], act="revoke", on="2024-01-01") == 422
    assert post(client, "recognition", [line.pk], act="revoke", on="2024-01-01", reason="复核不合格") == 302

    page = client.get(reverse("registers:recognition", args=[line.pk]))
    assert [(str(step.words), step.on, step.reason) for step in page.context["steps"]] == [
        ("撤销认定", date(2024, 1, 1), "复核不合格"),
        ("认定", date(2023, 1, 1), ""),
    ]
    assert page.context["state"] == "revoked"


def test_a_renewal_keeps_the_number_and_the_old_line_leads_on(client, association, officer):
    unit = make.organisation("测试学会")
    line = makers.recognition(makers.scheme(association), unit, number="K1")
    said = {"holder": "测试学会", "valid_from": "2024-01-01", "source": "文件", "reason": "期满复核"}

    assert post(client, "follow", [line.pk, "renew"], **said) == 302

    line.refresh_from_db()
    assert (line.state, line.followed_by.number, line.followed_by.state) == ("renewed", "K1", "valid")


def debarring(**said) -> dict:
    said = {
        "cause": "结项验收不合格",
        "basis": "2023年度通知",
        "valid_from": "2023-11-01",
        "reason": "验收结论",
        **said,
    }
    return {"valid_until": "2026-10-31", **said}


def test_a_debarment_begins_when_a_second_person_agrees(client, association, officer):
    make.organisation("测试学会")
    makers.person("李主持")
    said = debarring(unit="测试学会", leader="李主持", scope="新的科普项目")
    assert post(client, "new_debarment", [association.pk], **said) == 302
    assert Debarment.objects.count() == 0

    approval = Approval.objects.get()
    approve(approval.pk, actor=make.officer(association), at=approval.proposed_at)

    rows = Debarment.objects.order_by("party__name")
    assert [(str(row.party), row.valid_until, row.entered_by) for row in rows] == [
        ("李主持", date(2026, 10, 31), officer),
        ("测试学会", date(2026, 10, 31), officer),
    ]
    assert len({row.decision for row in rows}) == 1


def test_asking_twice_with_other_words_is_refused_while_the_first_waits(client, association, officer):
    make.organisation("测试学会")
    assert post(client, "new_debarment", [association.pk], **debarring(unit="测试学会")) == 302
    assert post(client, "new_debarment", [association.pk], **debarring(unit="测试学会", cause="别的")) == 422


def test_an_appeal_is_written_down_at_once_and_lifting_needs_a_second_person(client, association, officer):
    line = makers.debarment(association, make.organisation())
    assert post(client, "debarment", [line.pk], act="file_appeal", on="2024-01-01", reason="来函") == 302
    line.refresh_from_db()
    assert line.state == "appealed"

    assert post(client, "debarment", [line.pk], act="lift", on="2024-02-01", reason="整改完成") == 302
    line.refresh_from_db()
    assert line.state == "appealed"

    approval = Approval.objects.get()
    approve(approval.pk, actor=make.holder(Role.LEADER, association.organisation), at=approval.proposed_at)
    line.refresh_from_db()
    assert line.state == "lifted"


def test_the_page_of_a_debarment_draws_what_is_left(client, association, officer):
    line = makers.debarment(
        association, make.organisation(), valid_from=date(2020, 1, 1), valid_until=date(2090, 1, 1)
    )

    page = client.get(reverse("registers:debarment", args=[line.pk]))

    left = page.context["remaining"]
    assert (page.context["bars"], left.passed + left.left, left.total) == (True, left.total, 25_569)


def test_shared_debarments_are_shown_with_their_owner_only_by_policy(client, association, officer):
    other = make.association("洛阳市科学技术协会")
    line = makers.debarment(other, make.organisation())
    address = reverse("registers:debarments", args=[association.pk])
    keeping.decide_sharing(other.pk, keeping.Sharing(True, False, False), by=PROGRAM)
    assert list(client.get(address).context["shared"]) == []

    assert post(client, "sharing", [association.pk], heeds="on") == 302
    assert SharingPolicy.objects.get(pk=association.pk).heeds_debarments is True
    assert list(client.get(address).context["shared"]) == [line]
    assert client.get(reverse("registers:debarment", args=[line.pk])).status_code == 404


BOOK_LINES = {
    "past": {"party": "测试学会", "kind": "project", "title": "甲", "family": "科普项目", "year": "2022"},
    "holdings": {
        "party": "测试学会",
        "title": "甲",
        "stage": "applied",
        "year": "2023",
        "since": "2023-05-01",
    },
    "affairs": {"party": "测试学会", "kind": "election", "year": "2022", "on": "2022-05-06"},
    "platforms": {"party": "测试学会", "platform": "kczg", "number": "7"},
    "incidents": {"party": "测试学会", "what": "伪科学活动", "on": "2022-06-01"},
}


@pytest.mark.parametrize("code", BOOK_LINES)
def test_each_book_takes_a_line_lists_it_and_takes_it_back(client, association, officer, code):
    make.organisation("测试学会")
    answer = client.post(
        reverse("registers:new_line", args=[association.pk, code]), BOOK_LINES[code] | {"source": "文件"}
    )
    assert answer.status_code == 302
    line = client.get(answer["Location"])
    assert line.status_code == 200

    listed = client.get(reverse("registers:book", args=[association.pk, code])).context["list"].page
    assert [row.pk for row in listed] == [line.context["row"].pk]

    assert post(client, "take_back", [code, listed[0].pk], reason="登记有误") == 302
    counts = client.get(reverse("registers:book", args=[association.pk, code]), {"standing": "counts"})
    assert list(counts.context["list"].page) == []


def test_amounts_are_typed_in_yuan_and_kept_in_fen(client, association, officer):
    make.organisation("测试学会")
    post(
        client,
        "new_line",
        [association.pk, "past"],
        **BOOK_LINES["past"],
        source="文件",
        amount_fen="15000.50",
    )

    assert TrackRecord.objects.get().amount_fen == 1_500_050


def test_a_result_is_written_down(client, association, officer):
    line = makers.past_project(association, make.organisation())
    assert (
        post(client, "result", [line.pk], outcome="poor", concluded_on="2023-11-01", words="验收不合格")
        == 302
    )

    line.refresh_from_db()
    assert (line.outcome, line.concluded_on) == ("poor", date(2023, 11, 1))


def test_a_count_is_entered_on_the_page_of_its_account(client, association, officer):
    line = makers.account(association, make.organisation())
    said = {"kind": "members", "value": "31", "on": "2024-01-01", "source": "平台页面"}

    assert client.post(reverse("registers:line", args=["platforms", line.pk]), said).status_code == 302
    assert [(count.kind, count.value) for count in line.counts.all()] == [("members", 31)]


def test_a_statement_is_made_and_taken_back(client, association, officer):
    register = makers.scheme(association)
    assert (
        post(client, "keeping", [association.pk], register=f"scheme:{register.pk}", reason="逐年核对") == 302
    )
    said = KeptRegister.objects.get()
    assert (said.scheme, said.ended_at) == (register, None)

    assert post(client, "take_back_statement", [said.pk], reason="漏登") == 302
    said.refresh_from_db()
    assert said.ended_at is not None


def test_another_associations_register_cannot_be_stated(client, association, officer):
    foreign = makers.scheme(make.association())

    assert post(client, "keeping", [association.pk], register=f"scheme:{foreign.pk}", reason="x") == 422


@pytest.mark.parametrize("name", ["scheme", "debarments", "book", "party"])
def test_lists_cost_the_same_number_of_queries_whatever_their_length(client, association, officer, name):
    unit, register = make.organisation(), makers.scheme(association)
    address = {
        "scheme": reverse("registers:scheme", args=[register.pk]),
        "debarments": reverse("registers:debarments", args=[association.pk]),
        "book": reverse("registers:book", args=[association.pk, "past"]),
        "party": reverse("registers:party", args=[unit.pk]),
    }[name]

    def more() -> None:
        number = next(makers.numbers)
        makers.recognition(register, unit, number=f"N{number}")
        makers.debarment(association, unit)
        makers.past_project(association, unit, title=f"项目{number}")

    more()
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    more()
    more()
    with CaptureQueriesContext(connection) as second:
        client.get(address)

    assert len(first) == len(second)
