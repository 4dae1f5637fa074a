"""What a new notice or award says before an officer changes it, out of the call and its house."""

from collections.abc import Iterable, Sequence
from typing import Any

from keqiao.core.workdays import DayKind
from keqiao.web.public_notice.listing import ALWAYS
from keqiao.web.public_notice.queries import confirmed_of
from keqiao.web.public_notice.stated import is_topic, length_of, programme_in_force, title_of
from keqiao.writers.letters import Field

TITLE = "关于{call}拟立项名单的公示"
AWARD_TITLE = "关于公布{call}立项名单的通知"
TITLE_OF_TOPICS, AWARD_OF_TOPICS = "关于{call}拟入选选题名单的公示", "关于公布{call}入选选题名单的通知"
PROCEDURE = ("形式审查", "专家评审")
SHOWN = (Field.CATEGORY, Field.AMOUNT)
ENDINGS = ("申报通知", "申报指南", "的通知", "通知", "指南")


def start_of_notice(call: Any, ready: Sequence[Any], *, number: str) -> dict[str, Any]:
    """Return the beginning of a notice about everything that is ready; days as the call states them."""
    stated = length_of(call)
    days = {"day_kind": DayKind.WORKING.value, "first_day_counts": True}
    if stated is not None:
        days = {
            "days": stated.days,
            "day_kind": stated.kind.value,
            "first_day_counts": stated.first_day_counts,
        }
    title = TITLE_OF_TOPICS if _all_topics(ready) else TITLE
    return {
        "title": title.format(call=subject_of(call)),
        "number": number,
        "procedure": PROCEDURE,
        "fields_shown": shown_of(ready),
        "office": call.association.organisation.name,
        "chosen": [str(each.pk) for each in ready],
        **days,
    }


def start_of_award(call: Any, *, number: str) -> dict[str, Any]:
    """Return the beginning of the notice of an award."""
    programme = programme_in_force(call)
    completion = programme.completion if programme else None
    confirmed = list(confirmed_of(call.pk))
    title = AWARD_OF_TOPICS if _all_topics(confirmed) else AWARD_TITLE
    return {
        "title": title.format(call=subject_of(call)),
        "number": number,
        "procedure": (*PROCEDURE, "公示"),
        "fields_shown": shown_of(confirmed),
        "finish_by": completion.on if completion else None,
        "agreement_copies": 3,
    }


def titles_of(call: Any) -> list[str]:
    """Return the titles that the call confers on those who are confirmed, sorted."""
    return sorted({title_of(each.application) for each in confirmed_of(call.pk)} - {""})


def register_named(title: str, registers: Iterable[tuple[Any, str]]) -> Any:
    """Return the key of the register whose name stands in a title, where just one does; else nothing."""
    named = [key for key, name in registers if key and name in title]
    return named[0] if len(named) == 1 else ""


def _all_topics(selections: Iterable[Any]) -> bool:
    kinds = {is_topic(each.application) for each in selections}
    return kinds == {True}


def shown_of(selections: Iterable[Any]) -> list[str]:
    """Return the columns that a list begins with: what it gives where it gives money, not where it lists topics."""
    has_money = any(each.amount_fen for each in selections)
    return [each.value for each in SHOWN if each not in ALWAYS and (has_money or each is not Field.AMOUNT)]


def subject_of(call: Any) -> str:
    """Return what a call is about: its title without the words that say that it is a call."""
    title = (
        str(call.title)
        .removeprefix("关于")
        .removeprefix("申报")
        .removeprefix("开展")
        .removeprefix("组织申报")
    )
    ending = next((each for each in ENDINGS if title.endswith(each)), "")
    return title.removesuffix(ending)
