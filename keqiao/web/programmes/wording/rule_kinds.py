"""The types of rule for whoever has to choose one: by what they are about, each with a line and an example."""

from dataclasses import dataclass

from keqiao.web.programmes.wording import labels


@dataclass(frozen=True, slots=True)
class KindOffered:
    """One type of rule: its code, its name, what it is for, how a document may word it."""

    code: str
    name: str
    help: str
    example: str


def kinds_offered() -> list[tuple[str, list[KindOffered]]]:
    """Return all types by group, in the language of the page."""
    return [(group, [_offered(kind) for kind in kinds]) for group, kinds in labels.rule_types_by_group()]


def _offered(kind: str) -> KindOffered:
    return KindOffered(
        kind, labels.rule_type_label(kind), labels.rule_type_help(kind), labels.rule_type_example(kind)
    )
