"""Every fact of an answer key must rest on words that really stand in the line it cites."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

KEYS = Path(__file__).parent / "keys"
SEEDS = Path(os.environ.get("KEQIAO_SEEDS", Path(__file__).parents[2] / "../shared/seeds"))
QUOTE = re.compile(r"L(\d+)「([^」]*)」")
KEY_NAMES = ("sanmenxia-2023", "jining-2023")


def facts_that_need_a_cite(key: dict[str, Any]) -> list[dict[str, Any]]:
    """General rules, categories, conditions and targets, in document order."""
    facts: list[dict[str, Any]] = list(key["document"].get("general_rules", []))
    for category in key["categories"]:
        facts += [category, *category.get("conditions", []), *category.get("kpis", [])]
    return facts


@pytest.mark.seeds
@pytest.mark.parametrize("name", KEY_NAMES)
def test_every_fact_quotes_words_of_its_line(name: str) -> None:
    key = yaml.safe_load((KEYS / f"{name}.yaml").read_text(encoding="utf-8"))
    lines = (SEEDS / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    wrong = []
    for fact in facts_that_need_a_cite(key):
        quotes = QUOTE.findall(fact.get("cite", ""))
        if not quotes:
            wrong.append(f"no words cited: {fact}")
        wrong += [f"L{n}「{words}」" for n, words in quotes if words not in lines[int(n) - 1]]
    assert wrong == []


@pytest.mark.seeds
@pytest.mark.parametrize("name", KEY_NAMES)
def test_every_category_is_named_once_and_below_a_named_parent(name: str) -> None:
    key = yaml.safe_load((KEYS / f"{name}.yaml").read_text(encoding="utf-8"))
    seen: set[tuple[str, ...]] = {()}
    for category in key["categories"]:
        path = tuple(category["path"])
        assert path not in seen
        assert path[:-1] in seen
        seen.add(path)
