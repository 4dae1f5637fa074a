"""The formal check in the file: all of it to the office, its result to the unit, nothing to anybody in between."""

from typing import Any

import pytest

from keqiao.web.config.middleware.viewer_scope import scope_of
from keqiao.web.review import actions
from keqiao.web.review.forms import the_rest
from keqiao.web.review.in_the_file import parts
from keqiao.web.review.models import FormalCheck
from keqiao.web.review.queries import looked_at
from keqiao.web.scope import working_as
from keqiao.web.ui.in_file import Case
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
NOW = makers.NOW


@pytest.fixture
def call() -> Any:
    return makers.call()


@pytest.fixture
def officer(call: Any) -> Any:
    return make.officer(call.association)


@pytest.fixture
def check(call: Any, officer: Any) -> FormalCheck:
    return actions.begin(makers.submitted(call).pk, actor=officer, at=NOW)


def told(check: FormalCheck, viewer: Any, *, side: str) -> list[str]:
    """The words of the part, behind the walls of the viewer."""
    application = makers.fresh(check.application)
    about = ("applications.application", str(application.pk))
    case = Case(about, application, viewer, NOW, is_own=side == "own", is_office=side == "office")
    with working_as(scope_of(viewer, NOW)):
        return [str(entry.words) for part in parts(case) for entry in part.entries]


def test_the_unit_reads_the_result_once_there_is_one_and_the_office_all_that_was_done(check, officer):
    unit = check.application.created_by
    assert told(check, unit, side="own") == []
    assert told(check, officer, side="office") == ["开始审查"]

    points = [seen.point for seen in looked_at(check, NOW).points]
    actions.answer(check.pk, check.digest, the_rest(points, ()), actor=officer, at=NOW)
    actions.pass_check(check.pk, check.digest, actor=officer, at=NOW)

    assert told(check, unit, side="own") == ["合格"]
    assert told(check, officer, side="office") == ["开始审查", "逐项审查", "判为合格"]
    assert told(check, officer, side="between") == []
