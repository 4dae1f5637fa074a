"""What the references of a definition may point to, each with words by which people know it."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from keqiao.readers.fact_kinds import fact_fields, fact_groups, fact_kinds
from keqiao.readers.search_words import themes
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.parts import nodes
from keqiao.web.programmes.statements.form_references import (
    columns_offered,
    fields_offered,
    numbers_offered,
    sources_offered,
)
from keqiao.web.programmes.wording.labels import language_now

REFERENCES: Mapping[tuple[str, str], str] = {
    ("Terms", "offices"): "offices",
    ("Terms", "form"): "forms",
    ("Terms", "themes"): "themes",
    ("Category", "track"): "tracks",
    ("Source", "document"): "documents",
    ("Attachment", "form"): "forms",
    ("Paper", "form"): "forms",
    ("Target", "part_of"): "targets",
    ("Target", "relative_to"): "targets",
    ("Measure", "facts"): "facts",
    ("Measure", "field"): "fact_fields",
    ("Measure", "each"): "fact_groups",
    ("ItemCondition", "of"): "fact_fields",
    ("GroupFloor", "by"): "fact_groups",
    ("EndorsementStep", "office"): "offices",
    ("EndorsementRule", "chain"): "chains",
    ("Conform", "regulation"): "regulations",
    ("BundleChild", "category"): "categories",
    ("WhichOfSeveral", "categories"): "categories",
    ("Quota", "across"): "categories",
    ("FormField", "only_in"): "categories",
    ("FormField", "rule"): "rules",
    ("FormField", "fills"): "sources",
    ("Column", "of"): "columns",
    ("ComputedField", "sum_of"): "numbers",
    ("ComputedField", "less"): "numbers",
    ("Check", "at"): "fields",
}
"""By model and field: what it refers to."""

Option = tuple[str, str]


def options_for(what: str, definition: Values) -> list[Option]:
    """Return what can be referred to: (id, how people call it), in the order of the definition."""
    return list(FOUND[what](definition))


def reference_of(model: type, name: str) -> str:
    """Return what a field refers to.

    Raises:
        StopIteration: it is no reference.
    """
    keys = ((each.__name__, name) for each in model.__mro__)
    return next(REFERENCES[key] for key in keys if key in REFERENCES)


def _of_list(name: str, *words: str) -> Callable[[Values], Iterator[Option]]:
    def found(definition: Values) -> Iterator[Option]:
        for entry in definition.get(name, ()):
            yield entry["id"], _called(entry, *words)

    return found


def _called(entry: Values, *words: str) -> str:
    said = [str(entry[word]) for word in words if entry.get(word)]
    return " ".join(said) or str(entry["id"])


def _categories(definition: Values) -> Iterator[Option]:
    for identifier, node in nodes(definition):
        if identifier and "name" in node and node not in definition.get("tracks", ()):
            yield identifier, _called(node, "code", "name")


def _everywhere(slot: str, say: Callable[[Values], str]) -> Callable[[Values], Iterator[Option]]:
    def found(definition: Values) -> Iterator[Option]:
        for _identifier, node in nodes(definition):
            where = node.get("name") or _("整个通知")
            for entry in node.get(slot, ()):
                yield entry["id"], f"{where}：{say(entry)}"

    return found


def _target(entry: Values) -> str:
    return " ".join(str(entry[name]) for name in ("metric", "value", "unit") if name in entry)


def _chain(entry: Values) -> str:
    return " → ".join(step["words"] for step in entry.get("steps", ()))


def _vocabulary(words: Callable[[], Mapping[str, Mapping[str, str]]]) -> Callable[[Values], Iterator[Option]]:
    def found(_definition: Values) -> Iterator[Option]:
        language = language_now()
        yield from ((code, said[language]) for code, said in words().items())

    return found


def _kinds_of_fact() -> Mapping[str, Mapping[str, str]]:
    return {code: kind.name for code, kind in fact_kinds().items()}


def _themes() -> Mapping[str, Mapping[str, str]]:
    return {code: theme.labels for code, theme in themes().items()}


FOUND: Mapping[str, Callable[[Values], Iterator[Option]]] = {
    "offices": _of_list("office_list", "department", "name", "scope"),
    "forms": _of_list("forms", "title"),
    "regulations": _of_list("regulations", "title", "version"),
    "tracks": _of_list("tracks", "name"),
    "documents": _of_list("documents", "title"),
    "categories": _categories,
    "targets": _everywhere("targets", _target),
    "rules": _everywhere("rules", lambda entry: str(entry["summary"])),
    "sources": sources_offered,
    "columns": columns_offered,
    "numbers": numbers_offered,
    "fields": fields_offered,
    "chains": _everywhere("endorsement", _chain),
    "facts": _vocabulary(_kinds_of_fact),
    "fact_fields": _vocabulary(fact_fields),
    "fact_groups": _vocabulary(fact_groups),
    "themes": _vocabulary(_themes),
}
