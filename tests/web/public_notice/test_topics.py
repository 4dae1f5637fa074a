"""Topics that were collected go into a catalogue: no paper says that they are awarded, or for how much."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keqiao.web.allocation.models import Selection
from keqiao.web.notifications.models import Message
from keqiao.web.public_notice import actions, approving, queries
from keqiao.web.public_notice.models import Award
from keqiao.web.public_notice.papers import (
    letter_to_unit,
    paper_of_award,
    paper_of_notice,
    statement_of_notice,
)
from keqiao.web.public_notice.shown import result_words
from keqiao.web.public_notice.starting import start_of_award, start_of_notice
from keqiao.web.public_notice.verification import CHECKS
from tests.web.applications.pages import words_of
from tests.web.public_notice import makers

pytestmark = pytest.mark.django_db
OF_PROJECTS = ("立项", "万元", "金额", "项目名称", "承担单位")


def said(paper: Any) -> str:
    return str(paper.blocks)


def named(words: str) -> list[str]:
    """Which words of projects stand in it."""
    return [each for each in OF_PROJECTS if each in words]


def chosen(**statements: Any) -> tuple[list[Selection], tuple[Any, Any]]:
    """Two that were chosen, without money, and one that was not; an officer and a leader."""
    call = makers.call(**statements)
    rows = makers.selections(call)
    Selection.objects.filter(call=call).update(amount_fen=0)
    return [makers.fresh(row) for row in rows], makers.people(call)


def awarded(rows: list[Selection], people: tuple[Any, Any]) -> Award:
    """The issued award of the first two; what it is called is what the form proposes."""
    (officer, leader), call = people, rows[0].call
    start = start_of_notice(call, rows[:2], number="")
    notice = makers.posted(rows[:2], officer, leader, title=start["title"])
    over = makers.after(notice)
    actions.end_due(over)
    actions.conclude(notice.pk, actor=officer, at=over)
    wording = actions.AwardWording(start_of_award(call, number="")["title"], fields=("amount",))
    award = actions.draft_award(call.pk, wording, actor=officer, at=over)
    makers.agreed(approving.ISSUE, award, leader, officer=officer, at=over)
    return makers.fresh(award)


def test_topics_are_listed_and_no_paper_names_an_award_or_a_sum():
    rows, people = chosen(outcome={"kind": "topic"})
    award = awarded(rows, people)
    notice = rows[0].notice_items.get().notice

    paper = paper_of_notice(
        notice, [each.listed for each in notice.items.all()], queries.period_shown(notice, makers.NOW)
    )
    papers = [
        paper,
        statement_of_notice(notice),
        paper_of_award(award, [each.listed for each in award.items.all()]),
    ]
    papers += [letter_to_unit(letter) for letter in award.letters.all()]

    assert [named(said(each)) for each in papers] == [[]] * len(papers)
    assert "列入选题目录" in said(papers[0])
    assert "列入选题目录" in said(papers[2])
    page = Client().get(reverse("portal:public_award", args=[award.pk]))
    assert named(str(page.context["blocks"])) == []
    assert {result_words(letter) for letter in award.letters.all()} == {"已入选"}
    assert set(
        Message.objects.filter(about_id=str(rows[0].application_id)).values_list("template", flat=True)
    ) >= {"public_notice.topic_selected"}
    assert [check().faults for _name, check in CHECKS] == [()] * len(CHECKS)


def test_projects_without_money_are_awarded_and_no_sum_is_named():
    rows, people = chosen()
    award = awarded(rows, people)

    words = said(paper_of_award(award, [each.listed for each in award.items.all()]))
    assert named(words) == ["立项", "项目名称", "承担单位"]
    assert {result_words(letter) for letter in award.letters.all()} == {"已立项"}
    unit = Client()
    unit.force_login(rows[0].application.created_by)
    assert "已立项" in words_of(unit.get(reverse("applications:detail", args=[rows[0].application_id])))
