"""Lists show the first moment at which a part of a call closes."""

from keqiao.core.workdays import last_moment
from keqiao.web.programmes.actions.publication import first_deadline
from tests.web import make

EARLY = {"id": "early", "name": "先报", "deadline": {"on": "2026-06-10", "at": "17:00"}}
LATE = {"id": "late", "name": "后报"}


def closes(**statements):
    return first_deadline(make.definition(**statements))


def test_a_category_that_closes_before_the_call_decides():
    early, late = make.definition(categories=[EARLY, LATE]), make.definition(categories=[LATE])

    moment, is_invented = first_deadline(early)

    assert moment.isoformat() == "2026-06-10T17:00:00+08:00"
    assert is_invented is False
    assert first_deadline(late) == (last_moment(late.deadline.on), False)


def test_a_deadline_of_the_call_that_no_category_keeps_decides_nothing():
    assert closes(deadline={"on": "2026-06-01"}, categories=[EARLY]) == closes(categories=[EARLY])


def test_a_call_whose_days_are_blank_has_none_yet():
    assert closes(deadline={"on": "2026-xx-xx"}) == (None, False)
