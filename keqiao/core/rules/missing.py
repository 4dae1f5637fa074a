"""What nobody has stated, said so that somebody can state it: of whom, and which fact."""

from keqiao.core.findings import Finding, Source, Value, Weight
from keqiao.core.rules.asking import RECORD

REGISTERS = ("entries", "results", "incidents", "debarments", "holdings", "platforms")
"""Lists of ``Records``; what is not listed is unknown unless they are kept in full."""


def missing_finding(label: str, source: Source | None) -> Finding:
    """The finding for the label of a fact (its path with points, or the name of a list)."""
    code, values = _said(label)
    return Finding(f"eligibility.missing_{code}", Weight.ASK, values, source)


def _said(label: str) -> tuple[str, dict[str, Value]]:
    register = label.removeprefix("records.")
    if register in REGISTERS:
        return "register", {"register": f"word.eligibility_register.{register}"}
    root, _, rest = label.partition(".")
    if root == "question":
        return "question", {"question": f"word.eligibility_question.{rest}"}
    if root in _BY_ROOT and rest:
        return _BY_ROOT[root], {"name": rest}
    if root == "subjects":
        name, _, fact = rest.partition(".")
        return _of_body(name, fact)
    return _of_body("", rest) if root == "applicant" else _of_item(root, rest)


_BY_ROOT = {"answers": "answer", "cases": "case", "people": "people"}


def _of_body(name: str, fact: str) -> tuple[str, dict[str, Value]]:
    """A fact of the applicant (no name) or of another body; a body without id has not been named at all."""
    if name == RECORD[1]:
        name = "word.eligibility_record"
    if fact in ("id", "name", ""):
        return "body", {"name": name}
    first, _, rest = fact.partition(".")
    if first == "traits":
        return "trait", {"of": name or "word.eligibility_applicant", "trait": rest}
    return "fact", {"of": name or "word.eligibility_applicant", "fact": f"word.eligibility_fact.{first}"}


def _of_item(root: str, rest: str) -> tuple[str, dict[str, Value]]:
    """A fact of a person, partner, record: ``root`` is what the tree calls the item."""
    first, _, trait = rest.partition(".")
    if first == "traits":
        return "trait", {"of": f"word.eligibility_item.{root}", "trait": trait}
    return "fact", {"of": f"word.eligibility_item.{root}", "fact": f"word.eligibility_fact.{first or root}"}
