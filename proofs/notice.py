"""A call worded as a notice reads back to the same facts, in eight ways of wording and numbering, and as PDF.

Size counts random definitions, issued by one office or by two; each is worded in all eight ways, and set as PDF in
one of them, the ways in turn.
"""

import argparse
import warnings
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisWarning

from keqiao.core.programme import Programme
from keqiao.writers.notice import WAYS
from tests.writers.notices import calls
from tests.writers.round_trip import differences, expected_facts, pdf_differences

FULL, SMALL, PIECE = 240, 4, 60
FAULTS = ("number",)
SHOWN = 10


def main(argv: list[str]) -> int:
    """Prove; print a line of figures and the first differences."""
    parser = argparse.ArgumentParser(prog="proofs.notice")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    warnings.simplefilter("ignore", HypothesisWarning)
    found, compared = go_round(asked.size, asked.seed, asked.fault)
    for line in found[:SHOWN]:
        print(f"notice: {line}")
    counted = ("definitions", "of two offices", "facts", "PDF", "facts of PDF")
    figures = ", ".join(f"{name}={compared[name]}" for name in counted) + f", ways={len(WAYS)}"
    print(f"notice: {len(found) or 'no'} differences; {figures} seed={asked.seed}", flush=True)
    return 1 if found or compared["definitions"] < asked.size else 0


def go_round(size: int, number: int, fault: str | None) -> tuple[list[str], Counter[str]]:
    """Word ``size`` definitions in all ways and read them back; the differences, and how much was compared."""
    found: list[str] = []
    compared: Counter[str] = Counter()

    @seed(number)
    @settings(
        max_examples=size,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(calls())
    def once(programme: Programme) -> None:
        in_pdf = list(WAYS)[compared["definitions"] % len(WAYS)]
        compared["definitions"] += 1
        compared["of two offices"] += len(programme.issuers) == 2
        for way, plan in WAYS.items():
            compared["facts"] += sum(expected_facts(programme).values())
            found.extend(f"{way}: {line}" for line in differences(programme, plan, fault=fault))
        compared["PDF"] += 1
        compared["facts of PDF"] += sum(expected_facts(programme).values())
        set_in_type = pdf_differences(programme, WAYS[in_pdf], fault=fault)
        found.extend(f"{in_pdf} as PDF: {line}" for line in set_in_type)

    once()
    return found, compared
