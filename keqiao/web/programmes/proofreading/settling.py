"""Take the mark of an unsettled statement away from the values of a definition."""

from collections.abc import Iterable
from typing import Any

from keqiao.web.programmes.definitions import Values, copy_of
from keqiao.web.programmes.parts import NotThere


def settled(values: Values, at: Iterable[str | int]) -> Values:
    """Return values in which the statement at these keys and positions needs no answer any more."""
    changed = copy_of(values)
    stated: Any = changed
    try:
        for step in at:
            stated = stated[step]
    except (LookupError, TypeError) as error:
        raise NotThere(".".join(map(str, at))) from error
    if not isinstance(stated, dict):
        raise NotThere(".".join(map(str, at)))
    stated.pop("needs_answer", None)
    return changed
