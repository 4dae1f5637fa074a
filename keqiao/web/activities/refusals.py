"""Why an act on a record is refused."""

from typing import Any

from keqiao.core.findings import Finding, Weight


class Refused(Exception):
    """The rules do not allow an act; ``findings`` are all that stand against it. Nothing was written."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


def refusal(code: str, **values: Any) -> Refused:
    """Return the refusal with one finding."""
    return Refused(finding(code, **values))


def finding(code: str, **values: Any) -> Finding:
    """Return one finding that refuses."""
    return Finding(f"activity.{code}", Weight.REFUSE, values)
