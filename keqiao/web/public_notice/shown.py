"""What pages show: states in words with their marks, what an objector is told, papers as downloads."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from keqiao.core.lifecycle.objection import ObjectionState as O
from keqiao.core.lifecycle.public_notice import PublicNoticeState as N
from keqiao.readers.lifecycle_words import Language, case_words
from keqiao.web.files.kinds import media_type
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.public_notice.papers import FORMS, file_name, file_of
from keqiao.web.public_notice.stated import is_topic
from keqiao.writers.letters import OfficialPaper

NOTICE_KINDS = {
    N.DRAFTED: "",
    N.SIGNED: "warn",
    N.POSTED: "active",
    N.ENDED: "warn",
    N.CONCLUDED: "done",
    N.TAKEN_DOWN: "",
    N.WITHDRAWN: "refuse",
}
OBJECTION_KINDS = {
    O.RAISED: "warn",
    O.INCOMPLETE: "",
    O.TURNED_AWAY: "refuse",
    O.ACCEPTED: "active",
    O.INVESTIGATED: "active",
    O.FOUND: "warn",
    O.UPHELD: "done",
    O.REJECTED: "done",
    O.WITHDRAWN: "",
}
TO_OBJECTOR = {
    O.RAISED: gettext_lazy("已收到，等待审查是否受理。"),
    O.INCOMPLETE: gettext_lazy("需要补充材料，请按下面的说明补充。"),
    O.TURNED_AWAY: gettext_lazy("不予受理，原因见下。"),
    O.ACCEPTED: gettext_lazy("已受理，正在办理。"),
    O.INVESTIGATED: gettext_lazy("已受理，正在办理。"),
    O.FOUND: gettext_lazy("已受理，正在办理。"),
    O.UPHELD: gettext_lazy("已办结，可下载答复。"),
    O.REJECTED: gettext_lazy("已办结，可下载答复。"),
    O.WITHDRAWN: gettext_lazy("您已撤回。"),
}
"""How far an objection is, for whoever raised it: who looks into it and what was found so far is not told."""


def notice_words(state: str) -> str:
    """Return what the state of a notice is called, in the language that is spoken now."""
    return case_words("public_notice", language()).states[state]


def objection_words(state: str) -> str:
    """Return what the state of an objection is called."""
    return case_words("objection", language()).states[state]


def result_words(letter: Any) -> str:
    """Return how an application came out: a project is awarded, a topic listed."""
    if is_topic(letter.application):
        return _("已入选") if letter.is_selected else _("未入选")
    return _("已立项") if letter.is_selected else _("未立项")


def language() -> Language:
    """Return the language that is spoken now, as the vocabulary names it."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def download(make: Callable[[], OfficialPaper], form: str, name: tuple[str, str]) -> HttpResponse:
    """Return a paper as a file to be saved, called by its title and number (``name``); 404 for other forms."""
    if form not in FORMS:
        raise Http404
    title, number = name
    content = file_of(make(), form)
    answer = HttpResponse(content, content_type=media_type(form), headers=dict(NEVER_SHOWN))
    answer.headers["Content-Disposition"] = content_disposition_header(True, file_name(title, number, form))  # noqa: FBT003
    return answer
