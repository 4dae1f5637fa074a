"""What pages show of experts: words and marks, and conflicts told with names and clause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from keqiao.core.findings import Finding, Verdict
from keqiao.core.lifecycle.expert import TABLE, ExpertState
from keqiao.readers.expert_fields import field_words
from keqiao.readers.lifecycle_words import case_words
from keqiao.web.accounts.queries import names_of as account_names
from keqiao.web.parties.finding import identifier_in, names_of
from keqiao.web.review.queries.barring import conflicts_now
from keqiao.web.review.shown import language

MARKS = {ExpertState.ACTIVE: "done", ExpertState.RESTING: "warn", ExpertState.LEFT: ""}


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Whether an expert may judge an application, and everything that stands against it."""

    application: Any
    verdict: str
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with an expert, by whom and when."""

    at: datetime
    words: str
    who: str
    reason: str = ""


def state_choices() -> list[tuple[str, str]]:
    """Return the states of experts with their words."""
    return [(key, str(words)) for key, words in case_words(TABLE.case, language()).states.items()]


def state_words(state: str) -> str:
    """Return what a state is called."""
    return str(case_words(TABLE.case, language()).states[state])


def field_names(expert: Any) -> list[str]:
    """Return the names of an expert's fields of work."""
    known = field_words()
    return [known[each][language()] for each in expert.fields if each in known]


def steps_of(events: Iterable[Any]) -> list[Step]:
    """Return what was done, in words."""
    rows = list(events)
    names = account_names({row.actor_id for row in rows if row.actor_id})
    words = {TABLE.events[act]: said for act, said in case_words(TABLE.case, language()).acts.items()}
    return [Step(row.at, str(words.get(row.act, _("登记"))), names.get(row.actor_id, "")) for row in rows]


def looked_up(expert: Any, application: Any, at: datetime) -> LookedUp:
    """Return the conflicts of one expert and one application as they stand, with names instead of ids: doubts that
    an officer has settled are dropped or certain.
    """
    found = conflicts_now(application.call, [expert], [application], at)
    pair = (str(expert.pk), str(application.pk))
    reasons = found.between(*pair)
    ids = {pk for each in reasons if (pk := identifier_in(each.about)) is not None}
    names = {str(pk): name for pk, name in names_of(ids).items()} | {str(application.pk): application.number}
    told = [_named(each.finding(), names) for each in reasons]
    return LookedUp(application, _verdict(found.verdict(*pair)), told)


def _named(finding: Finding, names: dict[str, str]) -> Finding:
    about = str(finding.values["about"])
    return replace(finding, values={**finding.values, "about": names.get(about, _unknown(about))})


def _unknown(about: str) -> str:
    """A digest or an id says nothing to people."""
    is_code = len(about) >= 32 and about.isascii()
    return (
        _("身份证号码相同") if is_code and not _is_id(about) else _("另一项申报") if _is_id(about) else about
    )


def _is_id(about: str) -> bool:
    try:
        UUID(about)
    except ValueError:
        return False
    return "-" in about


def _verdict(verdict: Verdict) -> str:
    return verdict.value
