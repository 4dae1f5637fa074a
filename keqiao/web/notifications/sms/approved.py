"""Which approved template of the provider stands for which message of ours, from ``settings.SMS``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_VALUE = 35
"""Characters that a variable may have where the settings say nothing else; providers refuse longer ones."""


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved template: the provider's code, and the variables it takes, in their order, with their lengths."""

    code: str
    variables: tuple[tuple[str, int], ...]

    def values(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return the values for its variables, in their order, each cut to its length."""
        return {name: shortened(given[name], longest) for name, longest in self.variables}


def shortened(value: str, longest: int) -> str:
    """Return ``value`` in at most ``longest`` characters, with a sign that something is missing."""
    return value if len(value) <= longest else f"{value[: longest - 1]}…"


def approved_from(stated: Mapping[str, Any]) -> dict[str, Approved]:
    """Return the approved templates by our key.

    Raises:
        ValueError: one has no code.
    """
    found = {}
    for key, said in stated.items():
        if not said.get("code"):
            raise ValueError(f"{key}: write the code under which the provider approved it")
        lengths = said.get("longest", {})
        names = tuple((name, int(lengths.get(name, LONGEST_VALUE))) for name in said.get("variables", ()))
        found[key] = Approved(str(said["code"]), names)
    return found
