"""Reads the wordings of consent that come with the program: ``keqiao/data/consents``, in both languages."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

LANGUAGES = ("zh", "en")


@cache
def shipped_consents() -> Mapping[str, Mapping[str, str]]:
    """Return, by kind (the name of the file), the wording in each language.

    Raises:
        ValueError: a file is not exactly the two languages; the message names it.
    """
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted(files("keqiao.data").joinpath("consents").iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml"):
            wordings = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
            if set(wordings) != set(LANGUAGES):
                raise ValueError(f"{path.name}: needs exactly {', '.join(LANGUAGES)}")
            found[path.name.removesuffix(".yaml")] = wordings
    return found
