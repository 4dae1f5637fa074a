"""What templates write: amounts, dates, what is left, sentences of findings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context
from django.test import RequestFactory
from django.utils import translation

from keqiao.core.findings import Finding, Weight
from keqiao.web.ui.templatetags import shell

NOW = datetime(2025, 4, 1, 8, 0, tzinfo=UTC)


def asked(address: str = "/") -> Context:
    request = RequestFactory().get(address)
    request.arrived_at = NOW
    return Context({"request": request})


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (15_000_000, "15万元", "CNY 150,000"),
        (350_000, "3500元", "CNY 3,500"),
        (123_450, "1234.5元", "CNY 1,234.50"),
        (None, "—", "—"),
    ],
)
def test_amounts(fen, chinese, english):
    assert shell.money(fen) == chinese
    with translation.override("en"):
        assert shell.money(fen) == english


def test_a_moment_is_written_as_a_day_in_shanghai():
    assert shell.cn_date(datetime(2025, 3, 2, 16, 30, tzinfo=UTC)) == "2025年3月3日"
    assert shell.cn_time(datetime(2025, 3, 2, 16, 30, tzinfo=UTC)) == "2025年3月3日 00:30"
    assert shell.weekday(date(2025, 3, 3)) == "周一"
    with translation.override("en"):
        assert shell.cn_date(date(2025, 3, 3)) == "3 Mar 2025"


@pytest.mark.parametrize(
    ("left", "words", "state"),
    [
        (timedelta(days=23, hours=2), "余 23 天", "far"),
        (timedelta(days=1), "余 1 天", "soon"),
        (timedelta(hours=23, minutes=59), "余 23 小时", "soon"),
        (timedelta(seconds=40), "余 1 分钟", "soon"),
        (timedelta(milliseconds=300), "余 1 分钟", "soon"),
        (timedelta(0), "余 1 分钟", "soon"),
        (timedelta(milliseconds=-1), "已截止", "over"),
        (timedelta(days=-2), "已截止", "over"),
    ],
)
def test_what_is_left_counts_from_the_arrival_of_the_request(left, words, state):
    found = shell.time_left(asked(), NOW + left)

    assert (found.words, found.state) == (words, state)


def test_a_finding_speaks_the_active_language():
    finding = Finding("unreadable.empty", Weight.REFUSE, {"name": "通知.docx"})

    assert shell.say(finding).startswith("文件“通知.docx”中没有文字")
    with translation.override("en"):
        assert shell.say(finding).startswith('The file "通知.docx" holds no text')


def test_links_keep_the_language_that_the_address_asked_for():
    assert shell.lang(asked("/?lang=en")) == "?lang=en"
    assert shell.lang(asked("/")) == ""
    assert shell.lang(asked('/?lang="><script>')) == ""


@pytest.mark.parametrize(
    ("part", "whole", "width"), [(1, 4, "25.0"), (9, 4, "100.0"), (-1, 4, "0.0"), (1, 0, "0")]
)
def test_a_drawing_never_leaves_its_frame(part, whole, width):
    assert shell.share(part, whole) == width
