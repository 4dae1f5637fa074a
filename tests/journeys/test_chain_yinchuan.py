"""Yinchuan: one application from the formal check to the closed project, each step by whoever does it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from keqiao.web.review.models import Task
from tests.journeys import choosing, undertaking
from tests.journeys.chain import Chain, Filing, filed, open_call
from tests.journeys.clock import Clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FILED = Filing("银川市花卉学会", "xhgz002", "花卉科普进社区")
POINTS = {"basis": "22", "plan": "27", "effect": "26", "budget": "13"}


def test_one_application_goes_from_the_formal_check_to_the_closed_project(
    page: Page, clock: Clock, tmp_path: Path
):
    at = clock.stand_at("2026-03-09")
    chain = Chain(page, clock, open_call("yinchuan", "2026-03-20"))
    application = filed(chain.call, "yinchuan", FILED, at)
    choosing.experts(chain, 3)
    choosing.check(chain, application)
    found = choosing.round_made(chain, "2026-03-20")
    first, *others = Task.objects.filter(round=found)
    choosing.judged_at_the_desk(chain, first, POINTS, (FILED.unit, "李明"))
    for task in others:
        choosing.judged(task, POINTS, clock.now())
    clock.stand_at("2026-03-23")
    choosing.closed(chain, found)
    choosing.approved(chain, choosing.begun(chain))

    clock.stand_at("2026-03-30")
    notice = choosing.posted(chain)
    choosing.ended(chain, notice, "2026-04-08")
    choosing.awarded(chain, "2026-10-30")
    undertaking.grants_begun(chain, 1)
    grant = undertaking.agreed(chain, application, ("2026-04-08", "2026-10-30"), tmp_path)
    unit = application.created_by
    undertaking.paid(chain, grant, unit)

    clock.stand_at("2026-10-12")
    session = undertaking.Session("科普宣传活动", "花卉科普进社区第一场", "60")
    undertaking.recorded(chain, grant, unit, session)
    acceptance = undertaking.accepted(chain, grant, unit, "2026-10-12", "主要任务完成，其余限期补齐。")
    undertaking.settled(chain, grant, unit, "2026-10-09")
    undertaking.closed(chain, acceptance)
