"""Old autosaves are thinned: a day whole, a month by hours, then by days; whatever was meant to stay stays."""

from datetime import timedelta

import pytest

from keqiao.web.applications import actions
from keqiao.web.applications.actions import thinning
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.verification import CHECKS
from keqiao.web.audit.queries import timeline
from keqiao.web.audit.verification import check_chains
from keqiao.web.config.due import DUE_WORK
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATER = makers.NOW + 2 * DAY


@pytest.fixture
def draft() -> Application:
    return makers.draft(makers.call())


def typed(draft: Application, words: str, at, act: str = "autosaved") -> int:
    """Save other words; the number of the version."""
    standing = makers.fresh(draft).version
    edit = actions.Edit(draft.pk, standing, {**makers.ANSWERS, "summary": words}, act)
    return actions.save(edit, actor=draft.created_by, at=at).version


def kept(draft: Application) -> list[int]:
    return sorted(draft.versions.values_list("number", flat=True))


def test_of_yesterday_the_last_of_each_hour_stays_and_of_today_everything(draft):
    first, second, third = (typed(draft, f"第{n}次", makers.NOW + n * MINUTE) for n in (1, 2, 3))
    next_hour = typed(draft, "下一小时", makers.NOW + HOUR)
    today = [typed(draft, f"今天{n}", LATER - n * MINUTE) for n in (3, 2, 1)]

    assert thinning.thin(LATER) == 2
    assert kept(draft) == [1, 2, third, next_hour, *today]
    assert first < second < third


def test_after_a_month_the_last_of_each_day_stays(draft):
    numbers = [typed(draft, f"{n}点", makers.NOW + n * HOUR) for n in range(1, 5)]
    standing = typed(draft, "最后", makers.NOW + 39 * DAY, act="typed")

    thinning.thin(makers.NOW + 40 * DAY)

    assert kept(draft) == [1, 2, numbers[-1], standing]


@pytest.mark.parametrize("act", ["typed", "merged", "read_from_word", "taken_from_last_year", "attached"])
def test_what_was_done_on_purpose_stays(draft, act):
    meant = typed(draft, "有意保存", makers.NOW + MINUTE, act=act)
    numbers = [typed(draft, f"第{n}次", makers.NOW + n * MINUTE) for n in (2, 3, 4)]

    thinning.thin(LATER)

    assert kept(draft) == [1, 2, meant, *numbers[1:]]  # the last one stands, the one before is of its hour


def test_what_was_submitted_and_what_stands_stay_and_everything_verifies(draft):
    submitted = typed(draft, "提交的内容", makers.NOW + MINUTE)
    makers.submit(draft, at=makers.NOW + MINUTE)
    makers.withdraw(draft, at=makers.NOW + 2 * MINUTE)
    makers.take_up_again(draft, at=makers.NOW + 2 * MINUTE)
    spare, standing = (typed(draft, f"之后{n}", makers.NOW + n * MINUTE) for n in (3, 4))
    earlier = typed(draft, "之后5", makers.NOW + 5 * MINUTE)

    thinning.thin(LATER)

    assert (submitted in kept(draft), earlier in kept(draft), spare in kept(draft)) == (True, True, False)
    assert standing in kept(draft)
    assert [check().faults for _name, check in CHECKS] + [check_chains().faults] == [()] * (len(CHECKS) + 1)


def test_undo_goes_to_the_last_version_that_was_kept(draft):
    typed(draft, "第一", makers.NOW + MINUTE)
    typed(draft, "第二", makers.NOW + 2 * MINUTE)
    typed(draft, "第三", makers.NOW + 3 * MINUTE)
    Version.objects.filter(application=draft, number=4).delete()

    saved = actions.undo(draft.pk, 5, actor=draft.created_by, at=LATER)

    assert saved.answers["summary"] == "第一"


def test_the_worker_thins_once_a_day_and_leaves_one_event_each_run(draft, monkeypatch):
    monkeypatch.setattr(thinning, "AT_ONCE", 2)
    for n in range(1, 6):
        typed(draft, f"第{n}次", makers.NOW + n * MINUTE)

    for beat in range(4):
        thinning.thin_due(LATER + beat * MINUTE)
    thinning.thin_due(LATER + DAY + 10 * MINUTE)

    said = [(event.act, event.role, event.data) for event in timeline(thinning.ROUNDS)]
    counts = [
        ({"versions": 2, "applications": 1}),
        {"versions": 1, "applications": 1},
        {"versions": 0, "applications": 0},
    ]
    assert said == [("thinned", "clock", data) for data in counts]
    assert thinning.thin_due in DUE_WORK
