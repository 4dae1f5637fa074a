"""Targets judged from records: value, progress, what is missing, what counts, and what nearly does and why not."""

from keqiao.core.targets.index import Index
from keqiao.core.targets.judging import judge
from keqiao.core.targets.records import Record
from keqiao.core.targets.results import Alternatives, GroupResult, Judgement, Near, Progress, Result
from keqiao.core.targets.setting import Setting, Term

__all__ = [
    "Alternatives",
    "GroupResult",
    "Index",
    "Judgement",
    "Near",
    "Progress",
    "Record",
    "Result",
    "Setting",
    "Term",
    "judge",
]
