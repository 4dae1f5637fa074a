"""Answers as a program sends them: they have to fit the form before anything looks into them."""

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from keqiao.core.forms.specification import Specification
from keqiao.writers.forms.schema import answers_schema

MOST_FAULTS = 50


class Misshapen(Exception):
    """The answers are not of the shape that the form asks for; ``faults`` say where, in the words of the schema."""

    def __init__(self, faults: list[dict[str, Any]]) -> None:
        super().__init__(f"{len(faults)} faults of shape")
        self.faults = faults


def sound(answers: Mapping[str, Any], specification: Specification | None) -> dict[str, Any]:
    """Return the answers if they fit the schema of a draft of the form.

    Raises:
        Misshapen: they do not; with the first faults, each with its place.
    """
    said = dict(answers)
    schema = answers_schema(specification, is_draft=True) if specification else {"maxProperties": 0}
    found = Draft202012Validator(schema).iter_errors(said)
    faults = [
        {"at": list(each.absolute_path), "keyword": str(each.validator), "words": each.message[:300]}
        for each, _count in zip(found, range(MOST_FAULTS), strict=False)
    ]
    if faults:
        raise Misshapen(faults)
    return said
