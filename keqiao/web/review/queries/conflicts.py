"""Conflicts between experts and applications of a call: the facts from registers, forms and opinions, for the core."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from keqiao.core.conflicts.facts import Round
from keqiao.core.conflicts.matrix import Asked, Conflicts, conflicts
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.readers.conflict_rules import conflict_rules
from keqiao.readers.endorsing_words import endorsing_words
from keqiao.web.applications.queries import applications_of_call
from keqiao.web.endorsement.queries import opinions_given
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.surroundings import bodies_round
from keqiao.web.programmes.queries import calls_continued
from keqiao.web.review.models import Relation, Task
from keqiao.web.review.queries.known import Wanted, known_of
from keqiao.web.review.queries.named import named_in
from keqiao.web.review.queries.recusal import Facts


def conflicts_of(call: Any, experts: Iterable[Any], applications: Iterable[Any], at: datetime) -> Conflicts:
    """Return every conflict between these experts and these applications of ``call``, by their ids as text.

    Other applications of the same categories are looked at as well: who has one of the same kind judges none of them.
    A constant number of queries, however many there are. Who may see them was asked before.
    """
    judges, asked_for = list(experts), {each.pk: each for each in applications}
    if not judges or not asked_for:
        return Conflicts()
    facts, day = _gather(call, judges, asked_for, at), local_day(at)
    asked = Asked(
        policy=conflict_rules(),
        round=Round(day, call.year or day.year, facts.offices(), facts.finance()),
        relations=tuple(facts.relation(each) for each in facts.relations),
    )
    bids = [facts.application(each) for each in facts.applications]
    found = conflicts([facts.expert(each) for each in judges], bids, asked)
    wanted = {str(pk) for pk in asked_for}
    pairs = {pair: reasons for pair, reasons in found.pairs.items() if pair[1] in wanted}
    return Conflicts(pairs, tuple(each for each in found.findings if each.values["application"] in wanted))


def _gather(call: Any, judges: Collection[Any], asked_for: dict[UUID, Any], at: datetime) -> Facts:
    """Read everything, each kind of fact once."""
    day, experts = local_day(at), [each.pk for each in judges]
    alike = applications_of_call(call.pk).filter(node__in={each.node for each in asked_for.values()})
    rows: list[Any] = list({**{each.pk: each for each in alike}, **asked_for}.values())
    prefetch_related_objects(rows, "partners")
    naming, opinions = named_in(rows), opinions_given([each.pk for each in rows])
    declared = Relation.objects.filter(expert__in=experts, ended_at__isnull=True).select_related("expert")
    relations = list(declared.order_by("declared_at", "pk"))
    bureaus = bodies_round(call.association_id, day, endorsing_words().finance_names)["finance_bureaus"]
    wanted = Wanted(people={each.person_id for each in judges}, bodies=set(bureaus))
    for row in rows:
        wanted.application(row, naming[row.pk])
        wanted.opinions(opinions.get(row.pk, ()))
    for each in relations:
        wanted.relation(each)
    return Facts(
        known=known_of(wanted, call.association_id, day),
        applications=rows,
        naming=naming,
        opinions=opinions,
        relations=relations,
        bureaus=bureaus,
        served=_served(call, experts),
        recused=_recused(experts, list(asked_for)),
    )


def _served(call: Any, experts: Collection[UUID]) -> Mapping[UUID, frozenset[int]]:
    """In which years each expert judged in the calls that this one continues."""
    years = calls_continued(call)
    judged = Task.objects.filter(
        expert__in=experts, round__call__in=years, state=ReviewTaskState.SEALED.value
    ).values_list("expert_id", "round__call_id")
    found: dict[UUID, set[int]] = defaultdict(set)
    for expert, before in judged.distinct() if years else ():
        found[expert].add(years[before])
    return {expert: frozenset(known) for expert, known in found.items()}


def _recused(experts: Collection[UUID], applications: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
    """Which applications each expert has stood back from."""
    tasks = Task.objects.filter(
        expert__in=experts, application__in=applications, state=ReviewTaskState.RECUSED.value
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for expert, application in tasks.values_list("expert_id", "application_id"):
        found[expert].add(str(application))
    return {expert: frozenset(known) for expert, known in found.items()}
