"""What stands in an application comes back from its page as it was: every form of the five calls, filled and empty."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from lxml import html

from keqiao.core.forms.answers import tidied
from keqiao.core.forms.specification import Specification, specification_for
from keqiao.core.programme import Programme, leaves
from keqiao.core.programme.tree import Path
from keqiao.readers.form_examples import example
from keqiao.readers.programmes import demonstration, shipped
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.posted import Typing, answers_from
from keqiao.web.applications.filling.shown import Page, Situation, parts_of_page

CALLS = tuple(shipped())
REGIONS = (("411202", "湖滨区"), ("410000", "河南省"))


def categories() -> list[Any]:
    found = []
    for name in CALLS:
        programme = demonstration(name)
        found += [
            pytest.param(programme, path, id="/".join((name, *path))) for path, _category in leaves(programme)
        ]
    return found


def through_the_page(specification: Specification, answers: dict[str, Any]) -> dict[str, Any]:
    """Show the answers, post the page unchanged, read it again."""
    shown = Page(specification, answers, Situation(regions=REGIONS))
    page = render_to_string("applications/parts.html", {"parts": parts_of_page(shown, made)})
    form = html.fromstring(f"<form>{page}</form>")
    posted = QueryDict(mutable=True)
    for name, value in form.form_values():
        posted.appendlist(name, value.removeprefix("\n"))
    picked = {
        str(value["id"]): str(value.get("name"))
        for value in answers.values()
        if isinstance(value, dict) and "id" in value
    }
    return answers_from(specification, posted, answers, Typing("赵知行", date(2026, 3, 1), picked))


@pytest.mark.parametrize(("programme", "path"), categories())
def test_a_filled_form_comes_back_as_it_was(programme: Programme, path: Path):
    specification = specification_for(programme, path)
    assert specification is not None
    answers = tidied(example(programme, path))

    assert tidied(through_the_page(specification, answers)) == answers


def test_what_could_not_be_read_comes_back_as_it_was_typed():
    programme = demonstration("sanmenxia-2023")
    path = next(path for path, _category in leaves(programme))
    specification = specification_for(programme, path)
    assert specification is not None
    answers = {
        "period": {"from": "开春以后", "to": "2026-12"},
        "budget": [{"item": "资料费", "grant": "大约三万", "basis": "300份"}],
    }

    assert through_the_page(specification, answers)["period"] == answers["period"]
    assert through_the_page(specification, answers)["budget"] == answers["budget"]
