"""A slip in the name of a parameter is refused and not passed over: it would quietly answer another question."""

import re
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keqiao.web.api.problems import problem

OF_EVERY_PAGE = frozenset({"lang"})
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")

Names = Mapping[tuple[str, str], Collection[str]]
"""Names of parameters by method and path, as the description writes it."""


def names_in(described: Mapping[str, Any]) -> Names:
    """Return the parameters behind the question mark that the description knows."""
    return {
        (method.upper(), path): {each["name"] for each in said.get("parameters", ()) if each["in"] == "query"}
        for path, operations in described["paths"].items()
        for method, said in operations.items()
    }


def refusing_unknown(
    view: Callable[..., HttpResponse], route: str, known: Names
) -> Callable[..., HttpResponse]:
    """Return ``view`` behind a look at the names of what is asked; ``route`` is its address from the root."""
    path = CONVERTER.sub(r"{\1}", route)

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        names = known.get((request.method or "", path))
        strange = set(request.GET) - set(names) - OF_EVERY_PAGE if names is not None else set()
        if strange:
            said = "、".join(sorted(strange))[:300]
            return problem(422, _("没有这样的参数：%(names)s。") % {"names": said})
        return view(request, *args, **kwargs)

    return asked
