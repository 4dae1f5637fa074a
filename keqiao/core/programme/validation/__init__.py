"""Whether a definition is sound as a whole: before it is stored, and before it is published."""

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.fact_words import FactWords
from keqiao.core.programme.types import Programme
from keqiao.core.programme.validation.completeness import missing_statements
from keqiao.core.programme.validation.counts import impossible_counts
from keqiao.core.programme.validation.dates import impossible_dates, unfilled_dates
from keqiao.core.programme.validation.forms import forms_without_content, impossible_forms
from keqiao.core.programme.validation.limits import impossible_limits
from keqiao.core.programme.validation.measures import impossible_measures
from keqiao.core.programme.validation.money import impossible_money, impossible_places
from keqiao.core.programme.validation.references import broken_references, repeated_ids

__all__ = ["validate"]


def validate(
    programme: Programme, *, for_publication: bool = False, words: FactWords | None = None
) -> list[Finding]:
    """Every fault and doubt of the whole definition.

    ``refuse`` findings stand against storing it as sound (with ``for_publication``: against publishing it),
    ``warn`` findings need a look, ``ask`` findings say what is still open. Where references are broken,
    only those are reported: what hangs on them cannot be judged. ``words`` are the records that targets may
    count; without them measures are not looked at.
    """
    broken = [*repeated_ids(programme), *broken_references(programme)]
    if any(finding.weight is Weight.REFUSE for finding in broken):
        return broken
    return [
        *broken,
        *unfilled_dates(programme, for_publication=for_publication),
        *impossible_dates(programme),
        *impossible_money(programme),
        *impossible_places(programme),
        *impossible_counts(programme),
        *(impossible_measures(programme, words, for_publication=for_publication) if words else ()),
        *impossible_limits(programme),
        *impossible_forms(programme),
        *forms_without_content(programme),
        *missing_statements(programme, for_publication=for_publication),
    ]
