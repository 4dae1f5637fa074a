"""What the rules say of an application as it was submitted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from keqiao.core.programme import effective
from keqiao.core.programme.rules.persons import Person
from keqiao.core.rules.answers import Judged, When
from keqiao.core.rules.framing import exceptions_in
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.models import Submission
from keqiao.web.applications.preparing import AT_SUBMITTING, WHY_ASKED, case_of
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.scope import crossing


def judged_as_submitted(submission: Submission, day: date) -> tuple[Judged, ...]:
    """Return the answer of each rule of the category to what was submitted, by what is on record on ``day``.

    Deadline and limits are left out: they were asked when it came. Who may see it was asked before.
    """
    application: Any = submission.application
    asked = asked_at(submission.revision_id, application.node)
    with crossing(WHY_ASKED):
        case = case_of(application, asked, submission.saved, day)
    answer = asked.rules.answer(asked.path, case, When.FORM)
    return tuple(each for each in answer.judged if not {each.rule, each.type} & AT_SUBMITTING)


def exceptions_of(submission: Submission) -> Mapping[str, Person]:
    """Return the rules by which the office may approve an exception, by the id of the rule that they relax."""
    application: Any = submission.application
    ready = ready_call(submission.revision_id)
    holds = effective(ready.programme, ready.path(application.node))
    return exceptions_in(tuple(stated.fact for stated in holds.rules))
