"""Forms as data: what an applicant is asked, in the order of the paper. One specification, four faces."""

from keqiao.core.programme.forms.conditions import Check, Condition
from keqiao.core.programme.forms.fields import AnyField, Column
from keqiao.core.programme.forms.form import Blank, Form, OfficePaper, OpinionBox, asked_at

__all__ = [
    "AnyField",
    "Blank",
    "Check",
    "Column",
    "Condition",
    "Form",
    "OfficePaper",
    "OpinionBox",
    "asked_at",
]
