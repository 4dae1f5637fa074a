"""``keqiao verify``: read the whole database and check what must always hold."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from keqiao.web.audit.verification import Outcome, checks

FAULTS_SHOWN = 20  # per check, on a terminal; --json gives all of them


class Command(BaseCommand):
    help = "Check event chains, states, grants and stored files. Exit status 1 if anything is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        outcomes = [(name, check()) for name, check in checks()]
        broken = any(outcome.faults for _, outcome in outcomes)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(outcomes), ensure_ascii=False))
        else:
            for name, outcome in outcomes:
                self._print(name, outcome)
        if broken:
            sys.exit(1)

    def _print(self, name: str, outcome: Outcome) -> None:
        self.stdout.write(f"{name}\t{outcome.checked} checked\t{len(outcome.faults)} broken")
        for fault in outcome.faults[:FAULTS_SHOWN]:
            self.stdout.write(f"  {fault.code}\t{fault.about}")
        if len(outcome.faults) > FAULTS_SHOWN:
            self.stdout.write(f"  and {len(outcome.faults) - FAULTS_SHOWN} more; --json lists them all")


def as_json(outcomes: list[tuple[str, Outcome]]) -> dict[str, Any]:
    """Return the outcomes in the shape that programs read."""
    return {
        "ok": not any(outcome.faults for _, outcome in outcomes),
        "checks": {
            name: {
                "checked": outcome.checked,
                "broken": len(outcome.faults),
                "faults": [{"code": fault.code, "about": fault.about} for fault in outcome.faults],
            }
            for name, outcome in outcomes
        },
    }
