"""What pages show of grants: words and marks of states, so that templates decide nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.change_request import ChangeRequestState
from keqiao.core.lifecycle.grant import TABLE, GrantState
from keqiao.core.lifecycle.instalment import InstalmentState
from keqiao.core.lifecycle.settlement import SettlementState
from keqiao.readers.lifecycle_words import Language, case_words
from keqiao.web.accounts.queries import names_of
from keqiao.web.audit.queries import timeline
from keqiao.web.grants.models import Grant

S, P, C, E = GrantState, InstalmentState, ChangeRequestState, SettlementState
KINDS = {
    "grant": {
        S.SENT: "active", S.SIGNED: "active", S.RUNNING: "active", S.SUSPENDED: "warn", S.FINISHED: "active",
        S.CLOSED: "done", S.FAILED: "refuse", S.TERMINATED: "refuse", S.GIVEN_UP: "refuse",
    },
    "instalment": {
        P.DUE: "active", P.REQUESTED: "active", P.APPROVED: "active", P.PAID: "done", P.CONFIRMED: "done",
        P.HELD: "warn", P.CANCELLED: "refuse",
    },
    "change_request": {
        C.SUBMITTED: "active", C.RETURNED: "warn", C.APPROVED: "done", C.NOTED: "done", C.REFUSED: "refuse",
    },
    "settlement": {
        E.SUBMITTED: "active", E.RETURNED: "warn", E.ADMITTED: "active", E.REPAYMENT_DUE: "warn", E.CLOSED: "done",
    },
}  # fmt: skip
"""Marks of states; what is not here waits."""
CHANGED_WORDS = {"title": _("项目名称"), "ends_on": _("结束日期"), "leader": _("项目负责人")}
BEGUN = {"awarded": _("立项"), "place_freed": _("空出名额")}


def language() -> Language:
    """Return the language that is spoken now, as the vocabulary names it."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def chip(case: str, state: str) -> tuple[str, str]:
    """Return the mark and the word of a state."""
    return KINDS[case].get(state, ""), case_words(case, language()).states[state]  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as the timeline shows it."""

    at: datetime
    words: str
    who: str
    reason: str


def history(grant: Grant, *, is_office: bool) -> list[Happening]:
    """Return what happened to a grant, newest first; who did it is told to the office only."""
    rows = list(timeline(grant))
    names = names_of({row.actor_id for row in rows if row.actor_id}) if is_office else {}
    acts = case_words(TABLE.case, language()).acts
    words = {TABLE.events[act]: said for act, said in acts.items()} | {
        act: str(said) for act, said in BEGUN.items()
    }
    found = [
        Happening(row.at, words.get(row.act, row.act), str(names.get(row.actor_id, "")), row.reason_words)
        for row in rows
    ]
    return found[::-1]
