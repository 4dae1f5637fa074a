"""The sentence of a finding in one language, from ``keqiao/data/messages``."""

from functools import cache
from importlib.resources import files

import structlog
from ruamel.yaml import YAML

from keqiao.core.findings import Finding

log = structlog.get_logger("keqiao.sentences")


def sentence_of(finding: Finding, language: str) -> str:
    """Return the sentence of ``finding`` in ``zh`` or ``en``, its values filled in.

    A code without a sentence is shown as it is and logged: a person in the middle of work is helped more by a
    code than by an error page. The tests of the messages make sure that it does not happen.
    """
    sentence = _sentences().get(finding.code)
    if sentence is None:
        log.error("finding without a sentence", code=finding.code)
        return finding.code
    between = ", " if language == "en" else "、"
    values = {k: between.join(v) if isinstance(v, tuple) else v for k, v in finding.values.items()}
    return sentence[language].format_map(values)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    yaml = YAML(typ="safe")
    found: dict[str, dict[str, str]] = {}
    for part in sorted(files("keqiao.data").joinpath("messages").iterdir(), key=lambda part: part.name):
        if part.name.endswith(".yaml"):
            found.update(yaml.load(part.read_text(encoding="utf-8")) or {})
    return found
