"""Patterns under attack: no pattern of the guides takes long on 50,000 hostile characters.

Collected are the patterns of all modules of ``core.guides`` (names of modules, patterns written inside functions) and
those that the word lists make. Each searches runs of the words that it is made of, of list marks, brackets and
digits, with and without an end that spoils the match. The planted fault adds a pattern that tries all pairs.
"""

import argparse
import ast
import importlib
import pkgutil
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keqiao.core.guides
from keqiao.core.guides.applicants import ApplicantReader
from keqiao.core.guides.targets import TargetReader
from keqiao.readers.vocabulary import guide_vocabulary

FULL, SMALL = 400, 4
ALONE = True
FAULTS = ("all-pairs",)
LENGTH = 50_000
SECONDS_MAX = 0.050
HOPELESS = 10
TRIES = 6
"""Runs before a pattern counts as slow: processor time grows too where others use the same caches."""
BASE = (
    "一",
    "1",
    "1,",
    "1.",
    "0",
    "1-",
    "(",
    "()",
    "“",
    "《",
    "《<",
    "“《",
    "的",
    "汉",
    " ",
    "1月",
    "一(",
    ",",
    "。",
    "a",
    "a.",
    "每",
)
_WORDS = re.compile(r"[\u4e00-\u9fff“《]{1,8}")


def main(argv: list[str]) -> int:
    """Prove; print one line of figures, and one for each pattern that is too slow."""
    parser = argparse.ArgumentParser(prog="proofs.pattern_time")
    parser.add_argument("--size", type=int, required=True, help="hostile strings for each pattern, at most")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    chosen = random.Random(asked.seed)
    known = patterns()
    if asked.fault:
        known = {"planted": re.compile("须[^。]*报")}
    slow = [(name, *found) for name, p in known.items() if (found := slowest(p, asked.size, chosen))]
    for name, seconds, unit in slow:
        print(f"pattern_time: {name} takes {seconds * 1000:.0f} ms on a run of {unit!r}")
    state = "BROKEN" if slow else "holds"
    print(f"pattern_time: {state}; patterns={len(known)} strings<={asked.size} of {LENGTH} seed={asked.seed}")
    return 1 if slow else 0


def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns of the guides by where they stand."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(keqiao.core.guides.__path__, "keqiao.core.guides."):
        loaded = importlib.import_module(module.name)
        short = module.name.removeprefix("keqiao.core.guides.")
        for name, value in vars(loaded).items():
            found.update((f"{short}.{name}{at}", p) for at, p in _patterns_in(value))
        found.update((f"{short}:{line}", p) for line, p in _written_inside(loaded))
    vocabulary = guide_vocabulary()
    holders = (vocabulary.counts, TargetReader(vocabulary), ApplicantReader(vocabulary.applicant_words))
    for holder in holders:
        for name, value in vars(holder).items():
            found.update((f"{type(holder).__name__}.{name}", p) for _, p in _patterns_in(value))
    found |= {"label_pattern": vocabulary.label_pattern, "inline_labels": vocabulary.inline_labels}
    for number, recogniser in enumerate(vocabulary.recognisers):
        for index, pattern in enumerate(recogniser.patterns):
            found[f"rules.yaml {recogniser.words.type} {number}.{index}"] = pattern
    return found


def _patterns_in(value: Any) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield "", value
    elif isinstance(value, tuple | list):
        for number, item in enumerate(value):
            yield from ((f"[{number}]{at}", p) for at, p in _patterns_in(item))


def _written_inside(module: Any) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Patterns given to functions of ``re`` on the spot; local names make those kept elsewhere."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
            written = node.args[0]
            if isinstance(written, ast.Constant) and isinstance(written.value, str):
                yield node.lineno, re.compile(written.value)
            elif isinstance(written, ast.JoinedStr) and _global_only(written, module):
                made = eval(compile(ast.Expression(written), module.__file__, "eval"), vars(module))
                yield node.lineno, re.compile(made)


def _global_only(written: ast.JoinedStr, module: Any) -> bool:
    names = {node.id for node in ast.walk(written) if isinstance(node, ast.Name)}
    return names <= set(vars(module))


def slowest(pattern: re.Pattern[str], strings: int, chosen: random.Random) -> tuple[float, str] | None:
    """The slowest run and what it consists of, where it is over the limit; short runs are tried first."""
    words = sorted(set(_WORDS.findall(pattern.pattern)))
    own = [*words, *(f"{word}汉" for word in words), *(f"{word}1" for word in words)]
    tried = [unit for units in (own, BASE) for unit in chosen.sample(units, min(strings, len(units)))]
    worst = max(((_seconds(pattern, unit), unit) for unit in tried), default=(0.0, ""))
    return worst if worst[0] > SECONDS_MAX else None


def _seconds(pattern: re.Pattern[str], unit: str) -> float:
    """CPU seconds on a full run; a tenth of it first, so that a hopeless pattern does not stop the proof."""
    short = min(_search(pattern, unit, LENGTH // 10) for _ in range(2))
    if short > SECONDS_MAX:
        return short * HOPELESS
    least = float("inf")
    for _ in range(TRIES):
        least = min(least, _search(pattern, unit, LENGTH))
        if least <= SECONDS_MAX:
            break
    return least


def _search(pattern: re.Pattern[str], unit: str, length: int) -> float:
    text = (unit * (length // len(unit) + 1))[:length]
    begun = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
