"""How far the targets of a project are reached on a day, from its records: at most three queries, however many."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.programme.facts import Number
from keqiao.core.programme.targets import Target
from keqiao.core.targets import Index, Judgement, Setting, judge
from keqiao.readers.base_figures import figure_kind_called
from keqiao.readers.fact_kinds import fact_words
from keqiao.web.activities.queries import records_of
from keqiao.web.activities.queries.facts import areas_round, project_name
from keqiao.web.indicators.projects import SettingFacts
from keqiao.web.parties.queries import figures_of, local_day, region_with_those_round


def judgement_of(
    project_kind: str, project_id: UUID, targets: Sequence[Target], facts: SettingFacts, at: datetime
) -> Judgement:
    """Judge the targets of a project by its records as they stand now. Who may see it was asked before."""
    setting = setting_of(project_kind, project_id, targets, facts, at)
    records = records_of(project_kind, project_id, facts.payer)
    return judge(targets, Index(records, fact_words()), setting)


def setting_of(
    project_kind: str, project_id: UUID, targets: Sequence[Target], facts: SettingFacts, at: datetime
) -> Setting:
    """Return the setting of a project on the day of ``at``, with the base figures and the areas of its region."""
    on = local_day(at)
    region = _region(facts.region_id)
    own = {level: (code,) for level, code in areas_round(region).items()}
    figures = _figures(targets, region, facts.year or on.year)
    return Setting(
        project=project_name(project_kind, project_id),
        on=on,
        term=facts.term,
        year=facts.year,
        areas={**own, **facts.areas},
        area_counts=facts.area_counts,
        figures={**figures, **facts.figures},
        promised=facts.promised,
        tolerance_percent=facts.tolerance_percent,
        payer=facts.payer,
        shares_of_one_payer=facts.shares_of_one_payer,
    )


def _region(pk: int | None) -> Any:
    return None if pk is None else region_with_those_round(pk)


def _figures(targets: Sequence[Target], region: Any, year: int) -> Mapping[str, Number]:
    """The base figures that targets name, by their words: the latest up to the year of the call that counts."""
    named = {each.measure.denominator for each in targets if each.measure and each.measure.denominator}
    kinds = {words: kind.code for words in named if (kind := figure_kind_called(words))}
    if region is None or not kinds:
        return {}
    latest = {row.kind: row.value for row in figures_of(region.code, set(kinds.values()), year)}
    return {words: latest[code] for words, code in kinds.items() if code in latest}
