"""Writes everything that holds for one category, or for the whole call: each statement with the place that makes it.

Own statements and inherited ones stand together, because an applicant has to keep all of them; what comes from above
says from where.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from keqiao.core.programme import Category, Effective, Path, Programme, Stated, category_at, effective
from keqiao.core.programme.endorsement import EndorsementChain, EndorsementStep
from keqiao.core.programme.papers import Paper, Spending
from keqiao.web.portal.details import (
    Words,
    clause_of,
    quote_of,
    rules_shown,
    targets_shown,
)
from keqiao.web.portal.sheets import ITSELF, ChainShown, Origin, Sheet, SheetRow
from keqiao.web.programmes.wording.facts import (
    day_text,
    filing_text,
    funding_text,
    limit_text,
    office_text,
    outcome_text,
    places_text,
    term_text,
)
from keqiao.web.programmes.wording.labels import slot_label
from keqiao.web.programmes.wording.scorecards import totals_said

T = TypeVar("T")

OUR_WORDS = frozenset({"funding", "places", "per_unit_limit", "opens", "deadline", "completion"})
"""Statements whose values are said by us, in the language of the page."""


class Writer:
    """Writes the sheet of one place; knows the call, the tied words and what holds there."""

    def __init__(self, programme: Programme, path: Path, words: Words) -> None:
        self.programme, self.path, self.words = programme, path, words
        self.facts: Effective = effective(programme, path)

    def sheet(self) -> Sheet:
        """Return the sheet."""
        facts, card = self.facts, self.facts.scorecard
        node = category_at(self.programme, self.path) if self.path else None
        return Sheet(
            content=(node.content or "") if node else "",
            rows=list(self._rows()),
            rules=self._by_origin(
                facts.rules, lambda found: rules_shown(found, self.words, self.programme.regulations)
            ),
            targets=self._by_origin(facts.targets, lambda found: targets_shown(found, self.words)),
            spending=self._listed("spending", facts.spending, _spending_text),
            materials=self._listed("materials", facts.materials, _paper_text),
            deliverables=self._listed("deliverables", facts.deliverables, _paper_text),
            chains=[self._chain(stated) for stated in facts.endorsement],
            criteria=card.fact.criteria if card else (),
            criteria_invented=bool(card and card.fact.invented),
            totals=totals_said(card.fact) if card else (),
            questions=tuple(each.fact for each in facts.open_questions if each.path or not self.path),
        )

    def origin(self, stated: Stated[Any]) -> Origin:
        """What states a fact: a track, a category above, the whole call, or the place itself."""
        if stated.track is not None:
            return Origin(next(track.name for track in self.programme.tracks if track.id == stated.track))
        if stated.path == self.path:
            return ITSELF
        if not stated.path:
            return Origin(_("对全部类别"), is_name=False)
        return Origin(category_at(self.programme, stated.path).name)

    def _rows(self) -> Iterator[SheetRow]:
        facts = self.facts
        yield from self._one("applicants", facts.applicants, lambda s: "、".join(s.kinds))
        yield from self._one("beneficiary", facts.beneficiary, lambda s: "、".join(s.kinds))
        yield from self._one("funding", facts.funding, funding_text)
        for total in facts.totals:
            if total != facts.funding:
                yield from self._one("funding", total, funding_text, shared=True)
        for places in facts.places:
            yield from self._one("places", places, places_text, shared=True)
        for limit in facts.per_unit_limits:
            yield from self._one("per_unit_limit", limit, limit_text, shared=True)
        yield from self._one("outcome", facts.outcome, outcome_text)
        yield from self._one("opens", facts.opens, day_text)
        yield from self._one("deadline", facts.deadline, day_text)
        yield from self._one("completion", facts.completion, day_text)
        yield from self._one("term", facts.term, term_text)
        yield from self._one("filing", facts.filing, filing_text)
        yield from self._listed("preferences", facts.preferences, lambda s: s.words)
        yield from self._offices()

    def _one(
        self, slot: str, stated: Stated[T] | None, say: Callable[[T], str], *, shared: bool = False
    ) -> Iterator[SheetRow]:
        """``shared``: what a node above states is one number for everything below it together."""
        if stated is None:
            return
        fact: Any = stated.fact
        origin, key = self.origin(stated), self._key(stated, slot)
        value = say(stated.fact)
        if shared and origin:
            value = _("%(value)s（同组合计）") % {"value": value}
        clause, quote = clause_of(fact, key, self.words), quote_of(key, self.words)
        yield SheetRow(
            slot_label(slot), value, clause, quote, fact.invented, origin, worded=slot not in OUR_WORDS
        )

    def _listed(self, slot: str, found: Sequence[Stated[T]], say: Callable[[T], str]) -> list[SheetRow]:
        return [row for stated in found for row in self._one(slot, stated, say)]

    def _offices(self) -> Iterator[SheetRow]:
        known = {office.id: office for office in self.programme.office_list}
        stated = self.facts.offices
        named = stated.fact if stated else tuple(known) if len(known) == 1 else ()
        for office in (known[name] for name in named if name in known):
            clause, quote = clause_of(office, office.id, self.words), quote_of(office.id, self.words)
            origin = self.origin(stated) if stated else ITSELF
            yield SheetRow(slot_label("offices"), office_text(office), clause, quote, office.invented, origin)

    def _chain(self, stated: Stated[EndorsementChain]) -> ChainShown:
        chain = stated.fact
        limit = _("每家推荐不超过 %(n)s 项") % {"n": chain.per_endorser_max} if chain.per_endorser_max else ""
        return ChainShown(
            whom="、".join(chain.applies_to),
            steps=[(step.words, _step_notes(step)) for step in chain.steps],
            limit=limit,
            clause=clause_of(chain, chain.id, self.words),
            invented=chain.invented,
            origin=self.origin(stated),
        )

    def _by_origin(self, found: Iterable[Stated[T]], show: Callable[[list[T]], list[Any]]) -> list[Any]:
        groups: dict[Origin, list[T]] = {}
        for stated in found:
            groups.setdefault(self.origin(stated), []).append(stated.fact)
        own_first = sorted(groups.items(), key=lambda group: bool(group[0]))
        return [(origin, show(facts)) for origin, facts in own_first]

    def _key(self, stated: Stated[Any], slot: str) -> str:
        node = stated.track or (stated.path[-1] if stated.path else "")
        return f"{node}:{slot}"


def sheet_at(programme: Programme, path: Path, words: Words) -> Sheet:
    """Return what holds for the category at ``path``, or for the whole call at ``()``.

    Raises:
        KeyError: no category stands there.
    """
    return Writer(programme, path, words).sheet()


def neighbours(programme: Programme, path: Path) -> tuple[Category | None, Category | None]:
    """Return the categories before and after the one at ``path`` under the same parent."""
    siblings = category_at(programme, path[:-1]).categories if path[:-1] else programme.categories
    place = next(n for n, category in enumerate(siblings) if category.id == path[-1])
    before = siblings[place - 1] if place else None
    return before, siblings[place + 1] if place + 1 < len(siblings) else None


def _spending_text(spending: Spending) -> str:
    allowed = "、".join(spending.kinds) + (_("等") if spending.open and spending.kinds else "")
    barred = _("不得用于：%(kinds)s") % {"kinds": "、".join(spending.forbidden)} if spending.forbidden else ""
    return "；".join(filter(None, (allowed, barred)))


def _paper_text(paper: Paper) -> str:
    return paper.name + (_("（%(n)s 份）") % {"n": paper.copies} if paper.copies else "")


def _step_notes(step: EndorsementStep) -> str:
    by = _("由%(who)s") % {"who": step.by} if step.by and step.by not in step.words else ""
    until = _("不晚于 %(day)s") % {"day": step.deadline} if step.deadline else ""
    return "；".join(filter(None, (by, step.seal or "", step.letter or "", until)))
