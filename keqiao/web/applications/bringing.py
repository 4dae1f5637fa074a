"""What stands in a new draft before anybody typed, and from where: it is marked until somebody changes it."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from keqiao.core.forms.answers import Answers
from keqiao.core.forms.prefilling import CALL, LAST, first_answers
from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.profiles import profile_of
from keqiao.web.applications.queries.contents import specification_of, whole_answers
from keqiao.web.parties.queries import local_day

FIRST = 1
"""The number of the version with which an application begins."""
WORDS = {
    "unit": gettext_lazy("单位登记"),
    "person": gettext_lazy("账号和人员登记"),
    "category": gettext_lazy("通知"),
    CALL: gettext_lazy("通知"),
    LAST: gettext_lazy("上次申报"),
}


def brought_in(request: HttpRequest, application: Application, answers: Answers) -> Mapping[str, str]:
    """Return where the answers come from that stand as they were brought in, by field; drafts only."""
    if application.state != ApplicationState.DRAFT.value:
        return {}
    began = Version.objects.filter(application=application, number=FIRST).first()
    specification = specification_of(application)
    first = whole_answers(began) if began is not None else {}
    unchanged = {key: value for key, value in first.items() if answers.get(key) == value}
    if specification is None or not unchanged:
        return {}
    day = local_day(request.arrived_at)  # type: ignore[attr-defined]
    profile = profile_of(application, specification, application.created_by, day)
    known = first_answers(specification, {**profile, "last": first})
    return {
        key: "、".join(dict.fromkeys(str(WORDS[source]) for source in found.sources))
        for key, value in unchanged.items()
        # the register may say something else by now: then it is not told from where
        if (found := known.get(key)) is not None and found.value == value
    }
