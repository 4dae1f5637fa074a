"""What sheets came to, as it lies in the database (``Outcome.found``), and back. Exact totals are fractions as text."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from keqiao.core.findings import Verdict
from keqiao.core.scoring.results import Result
from keqiao.web.applications.kept_findings import from_values, to_values


def result_values(result: Result) -> dict[str, Any]:
    """Return a result as plain values."""
    return {
        "by_criterion": {name: str(points) for name, points in (result.by_criterion or {}).items()},
        "recommended": str(result.recommended),
        "sheets": list(result.sheets),
        "left_out": [str(total) for total in result.left_out],
        "findings": to_values(result.findings),
    }


def result_in(row: Any) -> Result:
    """Return the result that :func:`result_values` gave, of an outcome."""
    found: Mapping[str, Any] = row.found
    has_total = row.total != ""
    points = {name: Fraction(value) for name, value in found["by_criterion"].items()}
    return Result(
        application=str(row.application_id),
        verdict=Verdict(row.verdict),
        total=Fraction(row.total) if has_total else None,
        shown=Decimal(row.shown) if has_total else None,
        by_criterion=points if has_total else None,
        recommended=Fraction(found["recommended"]),
        sheets=tuple(found["sheets"]),
        left_out=tuple(Fraction(value) for value in found["left_out"]),
        findings=from_values(found["findings"]),
    )
