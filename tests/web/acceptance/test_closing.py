"""The way of an acceptance: opened, filled in, handed in, returned, put right, passed, failed, closed; who may."""

from datetime import timedelta

import pytest

from keqiao.core.lifecycle import NotAllowed
from keqiao.web.acceptance import actions
from keqiao.web.acceptance.actions import Prepared, Said, Wanted
from keqiao.web.acceptance.facts import facts_of
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.acceptance.verification import CHECKS
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.actions import approve as agree
from keqiao.web.audit.queries import timeline
from keqiao.web.duties.models import Duty
from keqiao.web.grants.actions import settling, working
from keqiao.web.grants.asking import ask
from keqiao.web.grants.models import Grant
from keqiao.web.indicators.models import Snapshot
from keqiao.web.notifications.models import Message
from tests.web import make
from tests.web.acceptance.makers import Closed
from tests.web.grants.makers import DAY, NOW, later

pytestmark = pytest.mark.django_db
PAPERS = [{"name": "总结报告", "source": {"clause": "二3"}}, {"name": "典型案例"}]


def codes(refused):
    return sorted(each.code for each in refused.value.findings)


def acts(closed):
    return [row.act for row in timeline(closed.row)]


def holds():
    return [name for name, check in CHECKS if check().faults]


def open_duties():
    """Kinds of what is owed; each holder of a role has a line of their own."""
    rows = Duty.objects.filter(settled_at__isnull=True, kind__startswith="acceptance")
    return sorted(set(rows.values_list("kind", flat=True)))


def letters(template, to):
    """How many letters of this kind stand in somebody's inbox."""
    return Message.objects.filter(template=template, recipient_id=to.pk, channel="in_app").count()


def test_opened_it_owes_what_the_call_asks_for_until_the_work_is_due():
    closed = Closed(deliverables=PAPERS)

    assert [(paper.name, paper.clause) for paper in closed.row.papers.all()] == [
        ("总结报告", "二3"),
        ("典型案例", ""),
    ]
    assert closed.row.due_on == closed.grant.ends_on
    assert open_duties() == ["acceptance.hand_in"]
    assert letters("acceptance.opened", closed.applicant) == 1
    assert actions.open_for(closed.pk, **closed.by("officer")).pk == closed.acceptance_pk


def test_everything_that_is_missing_is_told_at_once():
    closed = Closed(deliverables=PAPERS)

    with pytest.raises(Refused) as refused:
        actions.submit(closed.acceptance_pk, **closed.by("applicant"))

    assert codes(refused) == [
        "acceptance.day_missing",
        "acceptance.paper_missing",
        "acceptance.paper_missing",
        "acceptance.reason_for_row",
    ]
    assert closed.state == ("due", "running")


def test_handed_in_the_work_is_done_and_the_office_has_to_judge():
    closed = Closed(deliverables=PAPERS).handed_in()

    assert closed.state == ("submitted", "finished")
    assert acts(closed)[-1] == "submitted"
    assert open_duties() == ["acceptance.judge"]
    assert [(paper.file.name, paper.chars) for paper in closed.row.papers.all()] == [("总结.pdf", 3200)] * 2
    assert holds() == []


def test_what_is_open_or_missed_is_not_passed_without_a_reason():
    closed = Closed().handed_in()

    with pytest.raises(Refused) as refused:
        actions.ask_conclusion(closed.acceptance_pk, Wanted("pass"), **closed.by("officer"))

    assert "performance.target_unmet" in codes(refused) or "performance.target_open" in codes(refused)
    closed.concluded("pass", "疫情期间改为线上，效果相当")
    assert closed.state == ("passed", "finished")
    assert closed.row.found["advice"] == "person"
    assert closed.row.words == "疫情期间改为线上，效果相当"
    assert open_duties() == ["acceptance.close"]
    assert holds() == []


def test_a_second_person_agrees_and_not_the_same_one():
    closed = Closed().handed_in()
    asked = actions.ask_conclusion(closed.acceptance_pk, Wanted("fail", "没有开展"), **closed.by("officer"))

    with pytest.raises(NotAllowed):
        agree(asked.pk, **closed.by("officer"))
    assert closed.state == ("submitted", "finished")
    with pytest.raises(Refused) as refused:
        actions.ask_conclusion(closed.acceptance_pk, Wanted("pass", "开展了"), **closed.by("officer"))
    assert codes(refused) == ["acceptance.waits_already"]


def test_put_right_until_a_day_the_project_goes_on_and_comes_again():
    closed = Closed().handed_in()
    until = DAY + timedelta(days=30)

    closed.concluded("rectify", "场次不足", until)
    assert closed.state == ("rectifying", "running")
    assert closed.row.until == until
    assert open_duties() == ["acceptance.put_right"]

    actions.submit(closed.acceptance_pk, **closed.by("applicant"))
    assert closed.state == ("submitted", "finished")


def test_a_day_that_is_over_is_no_day_to_put_right():
    closed = Closed().handed_in()

    with pytest.raises(Refused) as refused:
        actions.ask_conclusion(
            closed.acceptance_pk, Wanted("rectify", "场次不足", DAY), **closed.by("officer")
        )
    assert codes(refused) == ["acceptance.day_past"]


def test_returned_for_papers_and_more_time():
    closed = Closed(deliverables=PAPERS)
    later = DAY + timedelta(days=60)

    actions.extend(closed.acceptance_pk, later, "经费到位晚", **closed.by("officer"))
    assert closed.row.until == later
    closed.handed_in()
    actions.return_to_unit(closed.acceptance_pk, "案例不完整", later, **closed.by("officer"))

    assert closed.state == ("returned", "finished")
    assert acts(closed)[-1] == "returned"
    assert letters("acceptance.returned", closed.applicant) == 1


def test_a_unit_that_never_reports_fails():
    closed = Closed().concluded("fail", "逾期未提交结项材料")

    assert closed.state == ("failed", "failed")
    assert holds() == []


def test_a_conclusion_is_taken_back_by_the_leader_and_the_project_opens_again():
    closed = Closed().handed_in().concluded("fail", "没有开展")
    closed.concluded("anew", "补充了证明材料")

    assert closed.state == ("submitted", "finished")
    assert closed.row.digest == ""
    assert holds() == []


@pytest.mark.parametrize("is_handed_in", [False, True])
def test_the_acceptance_of_a_project_that_is_terminated_falls_away(is_handed_in):
    closed = Closed().handed_in() if is_handed_in else Closed()
    assert open_duties() != []

    closed.agreed(ask("grants.terminate", closed.pk, "单位已注销", **closed.by("officer")), "leader")

    assert closed.state == ("dropped", "terminated")
    assert acts(closed)[-1] == "dropped"
    assert open_duties() == []
    assert holds() == []
    with pytest.raises(Refused) as refused:
        actions.submit(closed.acceptance_pk, **closed.by("applicant"))
    assert codes(refused) == ["acceptance.wrong_state"]


def test_a_project_that_has_passed_is_not_terminated_before_that_is_taken_back():
    closed = Closed().handed_in().concluded("pass", "同意")
    stop = {"act": "terminate", "reason": "单位已注销", **closed.by("leader")}

    with pytest.raises(Refused) as refused:
        working.stop(closed.pk, **stop)
    assert codes(refused) == ["acceptance.wrong_state"]
    assert closed.state == ("passed", "finished")

    closed.concluded("anew", "补充了证明材料")
    working.stop(closed.pk, **stop)
    assert closed.state == ("dropped", "terminated")
    assert holds() == []


def test_an_open_acceptance_of_a_project_that_ended_is_noticed():
    closed = Closed()
    Grant.objects.filter(pk=closed.pk).update(state="terminated")

    assert holds() == ["conclusions of acceptances"]


def test_closing_waits_for_the_settlement():
    closed = Closed().handed_in().concluded("pass", "同意")

    with pytest.raises(Refused) as refused:
        actions.close_project(closed.acceptance_pk, **closed.by("officer"))
    assert codes(refused) == ["grant.not_settled"]

    closed.paid()
    settlement = settling.open_settlement(closed.pk, **closed.by("applicant"))
    settling.submit(settlement.pk, "没有支出", **closed.by("applicant"))
    closed.agreed(ask("grants.admit", settlement.pk, "", **closed.by("officer")), "finance")
    settling.demand(settlement.pk, later(), **closed.by("finance"))
    settling.receive(settlement.pk, "R1", **closed.by("finance"))
    actions.close_project(closed.acceptance_pk, **closed.by("officer"))

    assert closed.state == ("passed", "closed")
    assert open_duties() == []
    assert holds() == []
    assert list(Snapshot.objects.values_list("project_kind", "project_id")) == [("grant", closed.pk)]


def test_points_by_hand_need_a_reason_and_stay_within_the_row():
    closed = Closed().handed_in()
    row = facts_of(closed.row, NOW).table.parts[-1].rows[0]

    with pytest.raises(Refused) as refused:
        actions.give_points(
            closed.acceptance_pk,
            [Said(row.row.key, row.points + 1, "多"), Said("没有", row.points, "无")],
            **closed.by("officer"),
        )
    assert codes(refused) == ["performance.given_outside", "performance.no_such_row"]

    actions.give_points(
        closed.acceptance_pk, [Said(row.row.key, row.points, "有照片")], **closed.by("officer")
    )
    again = {each.row.key: each for part in facts_of(closed.row, NOW).table.parts for each in part.rows}
    assert again[row.row.key].score == row.points
    assert acts(closed)[-1] == "points_given"


@pytest.mark.parametrize("who", ["stranger", "other_officer"])
def test_for_others_it_is_not_there(who):
    closed = Closed()
    other = make.organisation() if who == "stranger" else None
    closed.other = make.user() if other else make.officer(make.association())

    for act in (
        lambda: actions.prepare(closed.acceptance_pk, Prepared(), **closed.by("other")),
        lambda: actions.submit(closed.acceptance_pk, **closed.by("other")),
        lambda: actions.ask_conclusion(closed.acceptance_pk, Wanted("fail", "无"), **closed.by("other")),
        lambda: actions.give_points(closed.acceptance_pk, [], **closed.by("other")),
    ):
        with pytest.raises(Acceptance.DoesNotExist):
            act()


def test_the_unit_does_not_conclude_and_the_office_does_not_hand_in():
    closed = Closed()

    with pytest.raises(Acceptance.DoesNotExist):
        actions.ask_conclusion(closed.acceptance_pk, Wanted("pass", "好"), **closed.by("applicant"))
    with pytest.raises(Refused) as refused:
        actions.submit(closed.acceptance_pk, **closed.by("officer"))
    assert codes(refused) == ["acceptance.wrong_state"]


def test_a_planted_change_of_what_was_found_is_noticed():
    closed = Closed().handed_in().concluded("pass", "同意")
    Acceptance.objects.filter(pk=closed.acceptance_pk).update(found={"total": "100"})
    assert holds() == ["conclusions of acceptances"]

    Grant.objects.filter(pk=closed.pk).update(state="failed")
    (fault,) = [each for each in CHECKS[1][1]().faults if each.code == "acceptance.grant_differs"]
    assert fault.about == str(closed.acceptance_pk)
