"""What can be returned of a form: the fields to be ticked, and the reasons that were typed beside them."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.http import QueryDict

from keqiao.core.forms.answers import Answers
from keqiao.core.forms.conditions import applies
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms.fields import ComputedField, HeadingField

REASON: Final = "reason."


def reasons_in(posted: QueryDict) -> dict[str, str]:
    """Return the fields that were ticked, each with the reason typed beside it."""
    return {field: posted.get(f"{REASON}{field}", "") for field in posted.getlist("field")}


def returnable(
    specification: Specification | None, answers: Answers, reasons: Mapping[str, str]
) -> Iterator[tuple[str, str, bool, str]]:
    """Give the fields that can be opened: id, label, whether ticked, the reason."""
    applying = applies(specification, answers) if specification else frozenset()
    for each in specification.fields if specification else ():
        if each.id in applying and not isinstance(each, HeadingField | ComputedField):
            yield each.id, each.label, each.id in reasons, reasons.get(each.id, "")
