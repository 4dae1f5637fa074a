"""Says why a record does not count for a target, and why a person is needed, with the names of its fields."""

from dataclasses import replace

from keqiao.core.findings import Finding
from keqiao.readers.fact_kinds import fact_fields
from keqiao.readers.messages import Language, say


def say_reason(finding: Finding, language: Language = "zh") -> str:
    """The sentence of a reason or remark of ``core/targets``; a field is called by its name, not by its code."""
    field = finding.values.get("field")
    if not isinstance(field, str) or field not in fact_fields():
        return say(finding, language)
    return say(replace(finding, values={**finding.values, "field": fact_fields()[field][language]}), language)
