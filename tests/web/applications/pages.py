"""A page as a browser without scripts sees it: what its form would post."""

from collections import defaultdict
from typing import Any

from lxml import html


def form_in(page: Any, identifier: str = "fill") -> Any:
    """The form of the page with this id."""
    return next(form for form in html.fromstring(page.content.decode()).forms if form.get("id") == identifier)


def posted_from(page: Any, identifier: str = "fill") -> dict[str, list[str]]:
    """Everything that the form would post if nothing were changed, without its buttons."""
    posted: dict[str, list[str]] = defaultdict(list)
    for name, value in form_in(page, identifier).form_values():
        posted[name].append(value.removeprefix("\n"))  # as browsers read the first line of a textarea
    return dict(posted)


def fields_of(page: Any) -> dict[str, Any]:
    """What stands in the blanks of the page: text, or the list of what is chosen."""
    posted = posted_from(page)
    return {
        name: value if name.endswith(".class") else value[0]
        for name, value in posted.items()
        if name.startswith("f.")
    }


def words_of(page: Any) -> str:
    """All words of the page, blanks joined."""
    return " ".join(html.fromstring(page.content.decode()).text_content().split())
