"""Hunan: fourteen projects within one million, the finance bureau turns the second key, one project is closed."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db.models import Sum
from playwright.sync_api import Page

from keqiao.web.allocation.models import Selection
from keqiao.web.applications.models import Application
from tests.journeys import choosing, undertaking
from tests.journeys.chain import Chain, Filing, filed, open_call, passed
from tests.journeys.clock import Clock
from tests.web.allocation import makers as deciding
from tests.web.allocation.test_five_calls import JIANSHE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SOCIETIES = (
    "机械",
    "电工",
    "化学",
    "物理",
    "数学",
    "力学",
    "农学",
    "林学",
    "水利",
    "地质",
    "气象",
    "测绘",
    "生物",
    "药学",
    "护理",
    "营养",
)
PLACES, ENVELOPE_FEN = 14, 100_000_000
"""What the call gives to 学会建设: fourteen projects, one million yuan."""


def contenders(chain: Chain, at: datetime) -> list[Application]:
    """Sixteen applications of as many societies in the five parts of one envelope, judged; the best first."""
    scores = [(score, node) for node, given in JIANSHE.items() for score in given]
    judged = {}
    for name, (score, node) in zip(SOCIETIES, sorted(scores, reverse=True), strict=True):
        filing = Filing(f"湖南省{name}学会", node, f"{name}学会建设计划", level="province")
        application = filed(chain.call, "hunan", filing, at)
        passed(application, chain.officer, at)
        judged[application] = score
    deciding.judged(chain.call, judged)
    return list(judged)


def test_fourteen_projects_within_one_million_with_two_keys_and_one_of_them_closed(
    page: Page, clock: Clock, tmp_path: Path
):
    at = clock.stand_at("2026-06-01")
    chain = Chain(page, clock, open_call("hunan", "2026-06-30"))
    winner, *_ = contenders(chain, at)
    unit = winner.created_by
    clock.stand_at("2026-07-06")
    decision = choosing.begun(chain)
    chosen = Selection.objects.filter(decision=decision, state="proposed")
    assert chosen.count() == PLACES
    assert chosen.aggregate(sum=Sum("amount_fen"))["sum"] == ENVELOPE_FEN
    chain.hears("14 / 14")
    chain.hears("100万元 / 100万元")
    choosing.approved(chain, decision, by_finance=True)

    clock.stand_at("2026-07-13")
    notice = choosing.posted(chain)
    choosing.ended(chain, notice, "2026-07-18")
    choosing.awarded(chain, "2026-12-31")
    undertaking.grants_begun(chain, PLACES)
    chain.hears("100万元")
    grant = undertaking.agreed(chain, winner, ("2026-07-20", "2026-12-31"), tmp_path)
    undertaking.paid(chain, grant, unit)
    clock.stand_at("2026-11-20")
    acceptance = undertaking.accepted(chain, grant, unit, "2026-11-18", "主要任务完成，其余限期补齐。")
    undertaking.settled(chain, grant, unit, "2026-11-10")
    undertaking.closed(chain, acceptance)
