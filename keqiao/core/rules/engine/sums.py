"""What a column of a table adds up to.

A field left empty (``None``) counts as nothing; where one number is unknown, so is the total.
"""

from decimal import Decimal

from keqiao.core.rules.engine.closures import Closure
from keqiao.core.rules.engine.paths import Getter, Scope, items_of
from keqiao.core.rules.facts import UNKNOWN, Known

Number = int | Decimal


def total(items: Getter, where: Closure, value: Getter) -> Getter:
    """What the items of a list add up to that fulfil a condition."""

    def get(scope: Scope) -> Known[Number]:
        listed, found = items(scope), 0
        for item in (UNKNOWN,) if listed is UNKNOWN else items_of(listed):
            counts = UNKNOWN if item is UNKNOWN else where((item, None))
            number = value((item, None)) if counts is True else 0
            if counts is UNKNOWN or number is UNKNOWN:
                return UNKNOWN
            found += number or 0
        return found

    return get
