"""Forms and specifications for tests, made from a few words."""

from keqiao.core.forms.specification import Specification, specification_of
from keqiao.core.programme.forms import Form
from keqiao.core.programme.inheritance import effective
from keqiao.core.programme.types import Programme

CALL = {"id": "demo", "title": "演示通知", "year": 2026}


def field(kind, identifier="a", label="甲", **more):
    """One field as the model makes it."""
    return form(({"id": identifier, "kind": kind, "label": label, **more},)).fields[0]


def form(fields, **more):
    """A form of these fields."""
    return Form.model_validate(
        {"id": "f", "title": "申报书", "fields": fields, "source": {"clause": "附件1"}, **more}
    )


def specification(*fields, category=None, checks=()) -> Specification:
    """What a category with these statements asks for in a form of these fields."""
    stated = {"id": "c", "name": "类别", **(category or {})}
    made = form(fields, checks=checks)
    programme = Programme.model_validate({**CALL, "form": "f", "forms": [made], "categories": [stated]})
    return specification_of(programme.forms[0], effective(programme, ("c",)))


def told(findings):
    """Code and place of each finding."""
    return [(finding.code, finding.at) for finding in findings]


def compares(left, op, right):
    """A condition that compares two values."""
    return {"kind": "compares", "left": left, "op": op, "right": right}


def check(holds, at="a", **more):
    """A check over several fields."""
    return {"id": "k", "says": "前后不一致", "at": at, "holds": holds, **more}
