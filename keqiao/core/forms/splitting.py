"""Part of the whole: how many sessions or issues are asked for, where the call lets an applicant take some of them."""

from decimal import Decimal

from keqiao.core.forms.answers import Answers
from keqiao.core.forms.quantities import number_of
from keqiao.core.forms.specification import Specification


def sessions_asked(specification: Specification, answers: Answers) -> int | None:
    """The number in the field that answers the call's rule on splitting; None where nobody asked or answered."""
    if specification.split is None:
        return None
    rule = specification.split.fact.id
    asked = (number_of(answers.get(each.id)) for each in specification.fields if each.rule == rule)
    found = next((number for number in asked if number is not None), None)
    return _whole(found) if found is not None else None


def _whole(number: Decimal) -> int | None:
    return int(number) if number == number.to_integral_value() and number >= 0 else None
