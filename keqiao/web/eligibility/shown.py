"""An answer as pages show it: its rules in groups, the most urgent first, each with its words and its clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme import effective
from keqiao.core.rules.answers import CategoryAnswer, Judged, Verdict, When
from keqiao.core.rules.category import Decision
from keqiao.web.eligibility.queries import OpenCategory
from keqiao.web.eligibility.seen import SeenFact, seen_in_words
from keqiao.web.ui.templatetags.shell import say

Words = str | Promise
Tied = Mapping[str, Mapping[str, Any]]
"""Words of a notice by what they are tied to, as a revision holds them: ``words`` and the clause ``where``."""

VERDICTS: Mapping[Verdict, Words] = {
    Verdict.PASSES: _("可申报"),
    Verdict.PERSON: _("需人工"),
    Verdict.FAILS: _("不可申报"),
}
CHIPS = {Verdict.PASSES: "done", Verdict.PERSON: "warn", Verdict.FAILS: "refuse"}
"""Kinds of the component ``c-chip``."""

STANDING: Mapping[str, Words] = {
    "applicants": _("申报对象"),
    "beneficiary": _("受益单位"),
    "open_to_applicants": _("是否受理外部申报"),
    "opens": _("开始受理"),
    "deadline": _("申报截止"),
    "per_unit_limit": _("每单位限报"),
    "debarment": _("禁报"),
    "bundle": _("配套申报"),
}
"""What is judged in every category though it is no rule of the call, by the id that the answer gives it."""


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule with its answer: what it is about in the words of the definition, its clause, what the notice says.

    ``quote`` is empty where no words of the notice are tied to it.
    """

    judged: Judged
    words: Words
    clause: str = ""
    quote: str = ""

    @property
    def why(self) -> tuple[Finding, ...]:
        """What is wrong, has to be asked, or is not known."""
        return _once(self.judged)

    @property
    def seen(self) -> tuple[SeenFact, ...]:
        """The facts that decided, in words."""
        return seen_in_words(self.judged.seen)


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that stand together on the page. ``is_open``: they are shown without a click."""

    code: str
    title: Words
    rules: tuple[ShownRule, ...]
    is_open: bool = False


def groups_of(category: OpenCategory, answer: CategoryAnswer, tied: Tied) -> list[Group]:
    """Return the rules of an answer in groups; empty groups are left out. ``tied`` are the words of the notice."""
    words = words_of(category)
    rules = [shown(judged, words.get(judged.rule, judged.rule), tied) for judged in answer.judged]
    now = [rule for rule in rules if rule.judged.when is When.BEFORE]
    stops = [r for r in now if r.judged.verdict is Verdict.FAILS and r.judged.weight is Weight.REFUSE]
    warns = [r for r in now if r.judged.verdict is Verdict.FAILS and r.judged.weight is not Weight.REFUSE]
    made = [
        Group("stops", _("不符合"), tuple(stops), is_open=True),
        Group("person", _("需要人工核实"), _with(now, Verdict.PERSON), is_open=True),
        Group("warns", _("请注意"), tuple(warns), is_open=True),
        Group("form", _("填写申报书时核对"), tuple(r for r in rules if r.judged.when is When.FORM)),
        Group("passes", _("已符合"), _with(now, Verdict.PASSES)),
        Group(
            "later", _("以后各环节"), tuple(r for r in rules if r.judged.when not in (When.BEFORE, When.FORM))
        ),
    ]
    return [group for group in made if group.rules]


def shown(judged: Judged, words: Words, tied: Tied) -> ShownRule:
    """Return a rule as a page shows it.

    Words are tied by the id of a rule, or by the category that states the list, a colon and its name.
    """
    node = judged.path[-1] if judged.path else ""
    notice = tied.get(f"{node}:{judged.rule}" if judged.rule in STANDING else judged.rule, {})
    clause = (judged.source and judged.source.clause) or notice.get("where", "")
    return ShownRule(judged, words, clause, notice.get("words", ""))


def words_of(category: OpenCategory) -> dict[str, Words]:
    """Return what each rule of a category says, by its id."""
    holds = effective(category.call.programme, category.path)
    return {**STANDING, **{stated.fact.id: stated.fact.summary for stated in holds.rules}}


def first_reason(decision: Decision) -> tuple[Judged, Finding] | None:
    """Return the rule that decides, with the first thing to say of it; nothing where all is well."""
    judged = decision.reason()
    return (judged, _once(judged)[0]) if judged is not None else None


def reason_in_words(decision: Decision) -> str:
    """Return the sentence of the first reason, for a file; empty where all is well."""
    found = first_reason(decision)
    return say(found[1]) if found else ""


def _with(rules: Iterable[ShownRule], verdict: Verdict) -> tuple[ShownRule, ...]:
    return tuple(rule for rule in rules if rule.judged.verdict is verdict)


def _once(judged: Judged) -> tuple[Finding, ...]:
    """What is said of a rule, each sentence once."""
    said: list[Finding] = []
    for finding in (*judged.findings, *judged.missing):
        if finding not in said:
            said.append(finding)
    return tuple(said)
