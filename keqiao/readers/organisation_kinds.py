"""Reads the kinds of organisation (``keqiao/data/vocabulary/organisation_kinds.yaml``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    """One kind: its labels, the usual beginnings of its credit code, and whether a host stands for it."""

    code: str
    labels: Mapping[str, str]
    credit_codes: tuple[str, ...]
    is_hosted: bool

    def label(self, language: str) -> str:
        """Return the label for a language code such as ``zh-hans`` or ``en``; Chinese for all others."""
        return self.labels[language[:2] if language[:2] in self.labels else "zh"]


@cache
def organisation_kinds() -> Mapping[str, OrganisationKind]:
    """Return the kinds by code, in the order of the file, read once."""
    text = files("keqiao.data").joinpath("vocabulary", "organisation_kinds.yaml").read_text(encoding="utf-8")
    data = YAML(typ="safe", pure=True).load(text)
    return {
        code: OrganisationKind(
            code,
            {"zh": entry["zh"], "en": entry["en"]},
            tuple(entry.get("credit_codes", ())),
            bool(entry.get("hosted", False)),
        )
        for code, entry in data.items()
    }
