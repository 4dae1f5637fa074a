"""How many one may apply for or undertake: what counts, how many are left, and what a limit says about one more.

A limit belongs to the node of the call that states it and is shared by everything below it: a limit of two on a
category with three kinds leaves two in all. An application that several units make together counts for the unit that
leads it, and one project counts once, however many rows speak of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from keqiao.core.findings import Finding, Source, Value, Weight
from keqiao.core.programme.inheritance import Effective
from keqiao.core.programme.rules.limits import Quota
from keqiao.core.programme.tree import Path
from keqiao.core.rules.facts import UNKNOWN, Holding, Known, Records, Stage

STAGES = {"apply": Stage.APPLIED, "undertake": Stage.UNDERTAKEN}
"""The stage that a quota's ``at`` counts. Limits on recommending count recommendations, which are no holdings."""


class Per(StrEnum):
    """Whose projects are counted together."""

    LEAD = "lead"
    """Those that the unit leads, alone or with partners."""
    MEMBER = "member"
    """Those in which the unit takes part, leading or not."""
    PERSON = "person"
    """Those that the person leads."""


WORDS: dict[Per, tuple[str, ...]] = {
    Per.MEMBER: ("参与单位", "参加单位", "合作单位"),
    Per.PERSON: ("负责人", "主持人", "个人", "每人", "同一人", "项目组长"),
    Per.LEAD: ("单位", "主体", "学会", "团队", "牵头"),
}
"""What the words of a call count by; the first that occurs decides, so the narrower ones stand first."""

YEARLY = ("年度", "每年", "当年", "同年", "一年")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as it is counted. ``most`` and ``extra`` are projects; ``most`` None: stated to be unlimited.

    ``within`` are ids of categories: what stands in one of them or below counts; empty: the whole call. ``yearly``
    counts within the year of the question, else within the call. ``extra`` is what some may have on top of ``most``,
    which a person has to grant. ``per`` is None where the words do not say whose projects are counted.
    """

    id: str
    stage: Stage
    most: int | None
    least: int = 0
    extra: int = 0
    within: tuple[str, ...] = ()
    per: Per | None = Per.LEAD
    words: tuple[str, ...] = ()
    yearly: bool = False
    weight: Weight = Weight.REFUSE
    source: Source | None = None

    def covers(self, path: Path) -> bool:
        """Does what stands at this path of the call count?"""
        return not self.within or any(category in path for category in self.within)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for one more, where and for when.

    ``calls`` are the ids of the calls that are counted together: the call itself, and others of the same body in
    that year where a yearly limit spans them. ``person`` is the id of who is to lead the project. ``also`` are bodies
    whose projects count as the unit's: the host in whose name it applies.
    """

    unit: str
    call: str
    year: int
    path: Path
    person: str = ""
    calls: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Room:
    """What a limit leaves to who asks.

    ``held`` are the projects that count, or UNKNOWN where nobody knows whose are counted. ``complete``: there are no
    others, because the register of holdings is kept in full.
    """

    limit: Limit
    held: Known[frozenset[str]]
    complete: bool

    @property
    def left(self) -> Known[int | None]:
        """How many more there may be without anything extra; None: as many as wanted.

        UNKNOWN where there may be holdings that are not registered, unless what is registered fills the limit.
        """
        if self.limit.most is None:
            return None
        if self.held is UNKNOWN:
            return UNKNOWN
        known = max(0, self.limit.most - len(self.held))
        return known if self.complete or known == 0 else UNKNOWN


def limits_of(effective: Effective) -> tuple[Limit, ...]:
    """All limits on applying and undertaking that hold for a category, from the top of the call down."""
    on_units = (
        Limit(
            id="per_unit_limit",
            stage=Stage.APPLIED,
            most=stated.fact.max,
            within=stated.path[-1:],
            source=stated.fact.source,
        )
        for stated in effective.per_unit_limits
    )
    quotas = (
        limit_of_quota(stated.fact, stated.path)
        for stated in effective.rules
        if isinstance(stated.fact, Quota)
    )
    return (*on_units, *(limit for limit in quotas if limit is not None and limit.covers(effective.path)))


def limit_of_quota(quota: Quota, path: Path) -> Limit | None:
    """The limit that a quota states at ``path``; None for one on recommending, which is no holding."""
    if quota.at not in STAGES:
        return None
    return Limit(
        id=quota.id,
        stage=STAGES[quota.at],
        most=quota.max,
        least=quota.min or 0,
        extra=quota.extra or 0,
        within=quota.across or path[-1:],
        per=whose(quota.per),
        words=quota.per,
        yearly=any(word in per for per in quota.per for word in YEARLY),
        weight=quota.strength,
        source=quota.source,
    )


def whose(words: tuple[str, ...]) -> Per | None:
    """Whose projects these words count together: the unit's where nothing is said, None where it is not clear."""
    owners = [word for word in words if not _is_only_a_year(word)]
    if not owners:
        return Per.LEAD
    return next((per for per in WORDS for word in owners if any(name in word for name in WORDS[per])), None)


def _is_only_a_year(word: str) -> bool:
    """Does the word name a year and nobody? 同一年度 does; 每单位每年 does not."""
    names_a_year = any(year in word for year in YEARLY)
    return names_a_year and not any(name in word for names in WORDS.values() for name in names)


def room(limit: Limit, asking: Asking, records: Records) -> Room:
    """What the limit leaves, by the holdings in ``records``."""
    if limit.per is None or (limit.per is Per.PERSON and not asking.person):
        return Room(limit, UNKNOWN, complete=False)
    held = frozenset(holding.project for holding in records.holdings if _counts(holding, limit, asking))
    return Room(limit, held, _is_complete(limit, asking, records.kept))


def _counts(holding: Holding, limit: Limit, asking: Asking) -> bool:
    """Does a holding count? Whatever is undertaken has also been applied for."""
    if limit.stage is Stage.UNDERTAKEN and holding.stage is not Stage.UNDERTAKEN:
        return False
    if not limit.covers(holding.path) or not _is_of(holding, limit, asking):
        return False
    if limit.yearly:
        return holding.year == asking.year and holding.call in (asking.calls | {asking.call})
    return holding.call == asking.call


def _is_of(holding: Holding, limit: Limit, asking: Asking) -> bool:
    if limit.per is Per.PERSON:
        return holding.person == asking.person
    bodies = {asking.unit, *asking.also}
    if limit.per is Per.MEMBER:
        return not bodies.isdisjoint({holding.unit, holding.lead})
    return (holding.lead or holding.unit) in bodies


def _is_complete(limit: Limit, asking: Asking, kept: frozenset[str]) -> bool:
    if "holdings" in kept or (limit.yearly and f"holdings:{asking.year}" in kept):
        return True
    calls = {asking.call} | (asking.calls if limit.yearly else frozenset())
    return all(f"holdings:{call}" in kept for call in calls)


def check_limits(
    limits: Iterable[Limit], asking: Asking, records: Records, *, stage: Stage, more: int = 1
) -> list[Finding]:
    """May there be ``more`` projects at this stage? A finding for each limit that says no, or cannot say.

    ``limits`` are those of ``limits_of`` for the category, ``records`` hold what is applied for and undertaken (its
    ``kept`` names ``holdings:<call>`` where the caller has read all of the call, as under the lock of a submission).
    A draft that is being submitted is one more and must not be among the holdings. A limit on undertaking says nothing
    about applying: ask for ``Stage.UNDERTAKEN`` when it is awarded. Nothing found: there is room.
    """
    asked = (limit for limit in limits if limit.stage is stage and limit.covers(asking.path))
    return [found for limit in asked for found in findings_of(room(limit, asking, records), asking, more)]


def findings_of(room: Room, asking: Asking, more: int = 1) -> Iterator[Finding]:
    """What the limit says about ``more`` projects beyond those that are held."""
    limit = room.limit
    if room.held is UNKNOWN:
        if limit.most is not None or limit.least:
            yield _unclear(limit)
        return
    wanted = len(room.held) + more
    values: dict[str, Value] = {"held": len(room.held), "max": limit.most, "year": asking.year}
    if limit.most is not None and wanted > limit.most + limit.extra:
        withdraw = wanted - limit.most - limit.extra
        yield _said(limit, f"{limit.stage}_full", limit.weight, {**values, "too_many": withdraw})
    elif limit.most is not None and wanted > limit.most:
        yield _said(limit, "extra_asked", Weight.ASK, {**values, "extra": limit.extra})
    elif limit.most is not None and not room.complete:
        yield _said(limit, "not_known", _asking_weight(limit), values)
    if wanted < limit.least and room.complete:
        yield _said(limit, "too_few", Weight.ASK, {"held": len(room.held), "min": limit.least})


def _unclear(limit: Limit) -> Finding:
    if limit.per is Per.PERSON:
        return _said(limit, "person_unknown", _asking_weight(limit), {"max": limit.most})
    return _said(limit, "per_unclear", _asking_weight(limit), {"max": limit.most, "per": limit.words})


def _asking_weight(limit: Limit) -> Weight:
    """What is not known of a limit has to be asked; of a hedged one (原则上) it only warns."""
    return Weight.WARN if limit.weight is Weight.WARN else Weight.ASK


def _said(limit: Limit, code: str, weight: Weight, values: dict[str, Value]) -> Finding:
    return Finding(f"quota.{code}", weight, values, limit.source, (limit.id,))
